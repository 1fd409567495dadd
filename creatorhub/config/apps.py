from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "creatorhub.config"
    label = "wiring"

    def ready(self) -> None:
        """Fill the registries of the lower rooms, by name."""
        from creatorhub.config import registries

        registries.fill()
