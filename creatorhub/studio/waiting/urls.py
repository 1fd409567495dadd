from django.urls import path

from creatorhub.studio.waiting import views

urlpatterns = [
    path("", views.waiting, name="holds"),
    path("payouts/<int:pk>/", views.hold, name="hold"),
    path("sales/<int:pk>/", views.freeze, name="freeze"),
    path("orders/<int:sale_pk>/disputes/<int:pk>/", views.order_dispute, name="order_dispute"),
]
