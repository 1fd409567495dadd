from django.urls import path

from creatorhub.studio.orders import refund_views, views

urlpatterns = [
    path("", views.orders, name="orders"),
    path("export.csv", views.orders_csv, name="orders_csv"),
    path("<int:pk>/", views.order, name="order"),
    path("<int:pk>/packing/", views.packing, name="packing"),
    path("<int:pk>/send/", views.order_send, name="order_send"),
    path("<int:pk>/refund/", refund_views.order_refund, name="order_refund"),
    path("requests/<int:pk>/", refund_views.refund_request, name="refund_request"),
]
