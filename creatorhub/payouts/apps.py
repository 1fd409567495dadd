from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "creatorhub.payouts"
    label = "payouts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make our rails known, give our reasons words, hear of changes to sign-in."""
        from creatorhub.payouts import reasons, receivers  # noqa: F401  Registers them.
        from creatorhub.payouts.rails.registry import register_rail
        from creatorhub.payouts.rails.sandbox import SandboxRail

        register_rail(SandboxRail())
