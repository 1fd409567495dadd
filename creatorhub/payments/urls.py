"""Where providers deliver their events."""

from django.urls import path

from creatorhub.payments import views

app_name = "payments"

urlpatterns = [
    path("<slug:provider>/", views.webhook, name="webhook"),
]
