from django.urls import path

from creatorhub.studio.desk.holds import appeals, views

urlpatterns = [
    path("holds/", views.hold_list, name="desk_holds"),
    path("holds/payees/<int:pk>/", views.payee_freeze, name="desk_freeze_payee"),
    path("holds/sales/<int:pk>/", views.sale_freeze, name="desk_freeze_sale"),
    path("holds/<int:pk>/end/", views.payee_hold_end, name="desk_hold_end"),
    path("holds/sales/<int:pk>/end/", views.sale_freeze_end, name="desk_freeze_end"),
    path("appeals/<int:pk>/", appeals.appeal, name="desk_appeal"),
]
