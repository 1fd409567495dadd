from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "creatorhub.offers"
    label = "offers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give our reasons words."""
        from creatorhub.offers import reasons  # noqa: F401  Registers them.
