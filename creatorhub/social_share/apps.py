from django.apps import AppConfig


class SocialShareConfig(AppConfig):
    name = "creatorhub.social_share"
    label = "social_share"
    default_auto_field = "django.db.models.BigAutoField"
