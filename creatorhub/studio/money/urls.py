from django.urls import path

from creatorhub.studio.money import views

urlpatterns = [
    path("", views.money, name="money"),
    path("movements/<int:pk>/", views.movement, name="movement"),
    path("payouts/<int:pk>/", views.statement, name="statement"),
    path("payouts/<int:pk>/statement.csv", views.statement_csv, name="statement_csv"),
    path("payouts/<int:pk>/statement.pdf", views.statement_as_pdf, name="statement_pdf"),
]
