from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "creatorhub.studio"
    label = "studio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed, user_logged_in

        from creatorhub.studio import receivers

        user_logged_in.connect(receivers.claim_at_sign_in, dispatch_uid="studio.claim_at_sign_in")
        email_confirmed.connect(
            receivers.claim_for_new_address, dispatch_uid="studio.claim_for_new_address"
        )
