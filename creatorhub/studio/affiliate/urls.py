from django.urls import URLPattern, path

from creatorhub.studio.affiliate.views import home, join, links, programme, share

urlpatterns: list[URLPattern] = [
    path("", home.affiliate_home, name="affiliate_home"),
    path("links/", links.links, name="links"),
    path("links/<str:code>/", links.link, name="link"),
    path("links/<str:code>/switch/", links.link_switch, name="link_switch"),
    path("kit/<str:kind>/<int:pk>/", share.share, name="share"),
    path("kit/<str:kind>/<int:pk>/pictures/", share.share_pictures, name="share_pictures"),
    path("discover/", join.discover, name="discover"),
    path("join/<str:handle>/", join.join, name="join"),
    path("leave/<int:pk>/", join.leave, name="leave"),
    path("programme/", programme.programme, name="programme"),
    path("programme/members/<int:pk>/", programme.member_exclude, name="member_exclude"),
]
