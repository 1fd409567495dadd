from django.urls import URLPattern

app_name = "social_share"
urlpatterns: list[URLPattern] = []
