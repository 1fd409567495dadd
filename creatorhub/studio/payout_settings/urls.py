from django.urls import path

from creatorhub.studio.payout_settings import views

urlpatterns = [
    path("", views.settings_page, name="payout_settings"),
    path("country/", views.choose_country, name="payout_country"),
    path("provider/", views.connect, name="payout_connect"),
    path("provider/back/", views.connect_back, name="payout_connect_back"),
    path("bank/", views.bank, name="payout_bank"),
    path("play-money/", views.play_money, name="payout_play_money"),
    path("schedule/", views.schedule, name="payout_schedule"),
]
