from django.urls import path

from creatorhub.studio.desk.ledger import views

urlpatterns = [
    path("", views.ledger, name="desk_ledger"),
    path("accounts/<slug:name>/<slug:currency>/", views.account_list, name="desk_accounts"),
    path("accounts/<int:pk>/", views.account, name="desk_account"),
    path("accounts/<int:pk>/postings.csv", views.account_csv, name="desk_account_csv"),
    path("entries/<int:pk>/", views.entry, name="desk_entry"),
    path("postings/<int:pk>/", views.posting, name="desk_posting"),
    path("orders/<slug:number>/", views.order, name="desk_order_money"),
    path("payees/<int:pk>/", views.payee, name="desk_payee_money"),
    path("payouts/<int:pk>/", views.payout, name="desk_payout_money"),
]
