from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "creatorhub.sales"
    label = "sales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give our postings words. Oscar is a guest: it answers no signal about people."""
        from creatorhub.sales import (  # noqa: F401  Registers them.
            cash_words,
            dispute_words,
            reasons,
            sentences,
        )
        from creatorhub.sales.receivers import disconnect_oscar

        disconnect_oscar()
