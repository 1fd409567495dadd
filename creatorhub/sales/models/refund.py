"""What was given back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creatorhub.sales.models.sale import Sale, SaleLine


class Refund(models.Model):
    """Money given back to a buyer for lines of one sale. Buyer first, recovery second."""

    class State(models.TextChoices):
        SENDING = "sending", _("On its way back")
        PAID = "paid", _("Given back")
        FAILED = "failed", _("Could not be given back")

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    reason_code = models.CharField(max_length=60)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.SENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_gives_something")
        ]

    def __str__(self) -> str:
        return f"{self.sale}: {self.amount_minor}"


class RefundLine(models.Model):
    """What one refund reversed of one line: refunded = fee + commission + the shop's share."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    sale_line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="refund_lines")
    refunded_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["refund", "sale_line"], name="line_once_per_refund")
        ]

    def __str__(self) -> str:
        return f"{self.refund_id}: {self.sale_line}"
