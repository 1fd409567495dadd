"""What was given back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creatorhub.money import Money
from creatorhub.sales.models.checkout import Checkout
from creatorhub.sales.models.sale import Sale, SaleLine


class Refund(models.Model):
    """Money given back to a buyer for lines of one sale. Buyer first, recovery second."""

    class State(models.TextChoices):
        SENDING = "sending", _("On its way back")
        PAID = "paid", _("Given back")
        FAILED = "failed", _("Could not be given back")

    class Way(models.TextChoices):
        PROCESSOR = "processor", _("The way it was paid")
        BANK = "bank", _("From the market's own bank account")

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    reason_code = models.CharField(max_length=60)
    note = models.CharField(max_length=500, blank=True)
    way = models.CharField(
        max_length=9, choices=Way.choices, default=Way.PROCESSOR, db_default=Way.PROCESSOR.value
    )
    proof = models.CharField(
        max_length=200, blank=True, db_default="", help_text="Of a payment by bank: its reference"
    )
    repeats = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="repeated_by",
        help_text="The failed refund that this one makes good",
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.SENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_gives_something"),
            models.CheckConstraint(
                condition=~Q(way="bank") | ~Q(proof=""), name="refund_by_bank_has_its_proof"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sale}: {self.amount_minor}"


class RefundLine(models.Model):
    """What one refund reversed of one line: refunded = fee + commission + the shop's share."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    sale_line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="refund_lines")
    refunded_minor = models.BigIntegerField()
    quantity = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Pieces given back; 0 is a part of the price only"
    )
    restocked = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Pieces that can be sold again"
    )
    fee_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["refund", "sale_line"], name="line_once_per_refund")
        ]

    def __str__(self) -> str:
        return f"{self.refund_id}: {self.sale_line}"


class ReturnedPayment(models.Model):
    """A payment that became no sale, or what was paid too much: it goes back to its buyer."""

    checkout = models.ForeignKey(
        Checkout, on_delete=models.PROTECT, related_name="returned_payments"
    )
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason_code = models.CharField(max_length=60)
    way = models.CharField(max_length=9, choices=Refund.Way.choices, default=Refund.Way.PROCESSOR)
    proof = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=7, choices=Refund.State.choices, default=Refund.State.SENDING
    )
    tries = models.PositiveSmallIntegerField(default=1)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkout", "reason_code"], name="payment_returned_once_per_reason"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="returned_payment_of_something"
            ),
            models.CheckConstraint(
                condition=~Q(way="bank") | ~Q(proof=""), name="returned_by_bank_has_its_proof"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checkout}: {self.amount_minor}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
