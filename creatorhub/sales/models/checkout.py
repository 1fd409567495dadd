"""An order as its buyer reaches it, and what sending it costs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from oscar.apps.order.models import Order

from creatorhub.shops.models import Shop


class Checkout(models.Model):
    """An order as its buyer reaches it: unguessable, in their language, with their e-mail."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="checkout")
    token = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="From the buyer to the shops")
    language = models.CharField(max_length=5)
    attempt_reference = models.CharField(max_length=64, unique=True)
    placed_at = models.DateTimeField()
    email_corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(Lower("email"), name="checkout_by_email")]

    def __str__(self) -> str:
        return f"{self.order.number}"


class ShippingCharge(models.Model):
    """What one shop asks for sending its part of an order, frozen when the order was placed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shipping_charges")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "shop"], name="one_shipping_charge_per_shop_and_order"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0), name="shipping_charge_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.number} from {self.shop}"
