from django.urls import URLPattern, path, re_path

from creatorhub.social_share import views

app_name = "social_share"
urlpatterns: list[URLPattern] = [
    re_path(r"^s/(?P<slug>[^/]+)/?$", views.follow_link, name="link"),
    path("qr/<str:code>.svg", views.qr, name="qr"),
    path("cards/<str:key>.jpg", views.card, name="card"),
]
