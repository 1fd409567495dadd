from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "creatorhub.sales"
    label = "sales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Oscar is a guest: it answers none of its signals about shoppers."""
        from creatorhub.sales.receivers import disconnect_oscar

        disconnect_oscar()
