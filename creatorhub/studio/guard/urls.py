from django.urls import path

from creatorhub.studio.guard import views

urlpatterns = [path("<str:token>/", views.not_me, name="not_me")]
