from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AffiliatesConfig(AppConfig):
    name = "creatorhub.affiliates"
    label = "affiliates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from creatorhub.affiliates.receivers import keep_clicks_of_signed_in

        user_logged_in.connect(keep_clicks_of_signed_in, dispatch_uid="affiliates.keep_clicks")
