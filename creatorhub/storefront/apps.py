from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "creatorhub.storefront"
    label = "storefront"
    default_auto_field = "django.db.models.BigAutoField"
