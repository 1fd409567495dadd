from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "creatorhub.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make our gateways known."""
        from django.conf import settings
        from django.core.checks import Tags, register

        from creatorhub.payments.checks import stripe_is_heard
        from creatorhub.payments.offline.gateway import OFFLINE, OfflineGateway
        from creatorhub.payments.registry import register_gateway, register_recipient_gateway
        from creatorhub.payments.sandbox.gateway import SandboxGateway
        from creatorhub.payments.sandbox.recipient_gateway import SandboxRecipientGateway

        register_gateway(SandboxGateway())
        if "sandbox" in settings.PAYMENT_GATEWAYS:
            register_recipient_gateway(SandboxRecipientGateway())
        for name in OFFLINE:
            register_gateway(OfflineGateway(name))
        register(stripe_is_heard, Tags.security, deploy=True)
        if settings.STRIPE_SECRET_KEY:
            from creatorhub.payments.stripe_gateway import StripeGateway, keys_of_instance

            stripe = StripeGateway(keys_of_instance())
            register_gateway(stripe)
            register_recipient_gateway(stripe)
