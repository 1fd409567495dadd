from django.urls import path

from creatorhub.studio.home import views

urlpatterns = [path("", views.home, name="home")]
