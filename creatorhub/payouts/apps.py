from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "creatorhub.payouts"
    label = "payouts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make our rails known, give our reasons words, hear of changes to sign-in."""
        from django.conf import settings

        from creatorhub.payments.registry import recipient_gateway_names
        from creatorhub.payouts import reasons, receivers  # noqa: F401  Registers them.
        from creatorhub.payouts.rails.manual_bank import ManualBankRail
        from creatorhub.payouts.rails.registry import register_rail
        from creatorhub.payouts.rails.sandbox import SandboxRail
        from creatorhub.payouts.rails.stripe_connect import StripeConnectRail

        if recipient_gateway_names():
            register_rail(StripeConnectRail())
        register_rail(ManualBankRail())
        if "sandbox" in settings.PAYMENT_GATEWAYS:
            register_rail(SandboxRail())
