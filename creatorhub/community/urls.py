from django.urls import path

from creatorhub.community import views

app_name = "community"
urlpatterns = [path("report/<slug:kind>/<int:pk>/", views.report, name="report")]
