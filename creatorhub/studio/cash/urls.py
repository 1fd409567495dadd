from django.urls import path

from creatorhub.studio.cash import views

urlpatterns = [
    path("transfers/<int:pk>/", views.transfer, name="transfer"),
    path(
        "transfers/<int:pk>/receipts/<int:receipt_id>/",
        views.transfer_receipt,
        name="transfer_receipt",
    ),
    path("<int:pk>/collected/", views.order_collected, name="order_collected"),
    path("<int:pk>/not-taken/", views.order_not_taken, name="order_not_taken"),
    path("<int:pk>/given-back/<int:refund_id>/", views.order_given_back, name="order_given_back"),
]
