"""Addresses for machines: health, robots, and what people uploaded."""

from django.urls import URLPattern, path

from creatorhub.operations import views

app_name = "operations"
urlpatterns: list[URLPattern] = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("media/<path:name>", views.media, name="media"),
]
