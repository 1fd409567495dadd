from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "creatorhub.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make our gateways known."""
        from creatorhub.payments.offline.gateway import OFFLINE, OfflineGateway
        from creatorhub.payments.registry import register_gateway
        from creatorhub.payments.sandbox.gateway import SandboxGateway

        register_gateway(SandboxGateway())
        for name in OFFLINE:
            register_gateway(OfflineGateway(name))
