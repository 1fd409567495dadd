"""What people said about money that went from hand to hand: the far side of the offline ways."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from creatorhub.money import Money


class OfflinePayment(models.Model):
    """One order's money on its way from a buyer to a shop."""

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        CLOSED = "closed"

    public_id = models.CharField(max_length=40, unique=True)
    gateway = models.CharField(max_length=20)
    idempotency_key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=64, help_text="The attempt's")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    payment_id = models.CharField(max_length=40, blank=True)
    refunded_minor = models.BigIntegerField(default=0)
    is_kept_open = models.BooleanField(default=False, help_text="No clock closes it, people do")
    created_at = models.DateTimeField()

    class Meta:
        app_label = "payments"
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("amount_minor")),
                name="offline_refunds_at_most_paid",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | ~Q(payment_id=""), name="offline_paid_has_its_payment"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class OfflineRefund(models.Model):
    """Money a shop has to hand back itself; one per idempotency key."""

    payment = models.ForeignKey(OfflinePayment, on_delete=models.PROTECT, related_name="refunds")
    public_id = models.CharField(max_length=40, unique=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    amount_minor = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        app_label = "payments"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="offline_refund_is_positive"
            )
        ]

    def __str__(self) -> str:
        return self.public_id
