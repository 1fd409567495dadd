"""Where people play with the sandbox."""

from django.urls import path

from creatorhub.payments.sandbox import bank, desk, mailbox, onboarding, pages

app_name = "sandbox"

urlpatterns = [
    path("", desk.controls, name="controls"),
    path("time/", desk.pass_time, name="pass_time"),
    path("behaviour/", desk.behave, name="behave"),
    path("events/", desk.deliver_held, name="deliver_held"),
    path("events/<slug:public_id>/", desk.deliver_again, name="deliver_again"),
    path("disputes/", bank.open_dispute, name="open_dispute"),
    path("disputes/<slug:public_id>/", bank.decide, name="decide_dispute"),
    path("onboarding/<str:token>/", onboarding.onboarding, name="onboarding"),
    path("recipients/<slug:public_id>/", onboarding.control_recipient, name="control_recipient"),
    path("mail/", mailbox.mail, name="mail"),
    path("mail/<int:pk>/", mailbox.mail_message, name="mail_message"),
    path("mail/<int:pk>/html/", mailbox.mail_html, name="mail_html"),
    path("pay/<slug:token>/", pages.page, name="page"),
    path("pay/<slug:token>/confirm/", pages.confirm, name="confirm"),
    path("pay/<slug:token>/leave/", pages.walk_away, name="walk_away"),
]
