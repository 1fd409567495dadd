"""Payments a buyer's bank took back or asks about, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.models import Order

from creatorhub.money import Money
from creatorhub.sales.models.sale import Sale, SaleLine


class Dispute(models.Model):
    """One complaint of a buyer to their bank. Its state only moves on, never back.

    An inquiry takes no money; `taken_at` says when the bank took it.
    """

    class State(models.TextChoices):
        INQUIRY = "inquiry", _("The bank asks")
        NEEDS_RESPONSE = "needs_response", _("Waiting for our answer")
        UNDER_REVIEW = "under_review", _("The bank decides")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")
        WITHDRAWN = "withdrawn", _("Taken back")

    OPEN = (State.INQUIRY, State.NEEDS_RESPONSE, State.UNDER_REVIEW)

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="disputes")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120)
    payment_id = models.CharField(max_length=120)
    state = models.CharField(max_length=14, choices=State.choices, default=State.INQUIRY)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0, help_text="What the processor kept for it")
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=60, help_text="As the buyer's bank calls it")
    due_by = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="What was sent to the bank, word for word")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True, help_text="The bank has our answer")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="dispute_known_once"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, fee_minor__gte=0), name="dispute_is_about_money"
            ),
        ]
        indexes = [
            models.Index(fields=["due_by"], name="dispute_open", condition=Q(closed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.order.number}: {self.provider_id}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_answerable(self) -> bool:
        """Whether the bank still waits for words of ours."""
        waits = (self.State.INQUIRY, self.State.NEEDS_RESPONSE)
        return self.state in waits and self.answered_at is None


class DisputeLine(models.Model):
    """How much of a dispute falls on one line, and what its loss reversed of the line's shares."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="lines")
    sale_line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="dispute_lines")
    disputed_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0, help_text="Reversed when it was lost")
    fee_minor = models.BigIntegerField(default=0)
    commission_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "sale_line"], name="line_once_per_dispute"),
            models.CheckConstraint(
                condition=Q(disputed_minor__gte=0, refunded_minor__gte=0),
                name="dispute_line_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}: {self.sale_line}"


class DisputeStatement(models.Model):
    """A shop's own side of a dispute, added before the answer leaves."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="statements")
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="dispute_statements")
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "sale"], name="one_statement_per_shop")
        ]

    def __str__(self) -> str:
        return f"{self.dispute}: {self.sale.shop}"


class Rehold(models.Model):
    """Released money of a line that was taken back to held, because nobody had been paid it yet.

    The line's next release is a new entry in the book: one more for each row here.
    """

    sale_line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="reholds")
    reason_code = models.CharField(max_length=60)
    net_minor = models.BigIntegerField(default=0)
    commission_minor = models.BigIntegerField(default=0)
    reheld_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(net_minor__gte=0, commission_minor__gte=0)
                & (Q(net_minor__gt=0) | Q(commission_minor__gt=0)),
                name="rehold_holds_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sale_line}: {self.reason_code}"


class SaleFreeze(models.Model):
    """Staff stopped the money of one sale. Frozen, never confiscated."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="freezes")
    reason_code = models.CharField(max_length=60)
    note = models.CharField(max_length=500, blank=True, help_text="The shop reads it")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expected_until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sale"], condition=Q(closed_at=None), name="sale_frozen_once"
            ),
            models.CheckConstraint(
                condition=Q(expected_until__gt=F("opened_at")), name="freeze_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sale}: {self.reason_code}"
