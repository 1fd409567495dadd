"""What a payout is sent as through a processor, and what came back of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from creatorhub.ledger.models import JournalEntry
from creatorhub.money import Money
from creatorhub.payouts.models.payout import Payout


class PayoutPart(models.Model):
    """One transfer of a payout: what one order earned its payee. The parts sum to the payout.

    `order_reference` is empty for money of no single order; `source_payment` is empty when the
    transfer draws on no charge of the same processor (cash, netting, an earlier return).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        UNKNOWN = "unknown"
        SENT = "sent"
        REFUSED = "refused"

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField(help_text="From 1; part of the transfer's name for ever")
    order_reference = models.CharField(max_length=64, blank=True)
    source_payment = models.CharField(max_length=120, blank=True)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    reason_code = models.CharField(max_length=60, blank=True)
    provider_id = models.CharField(max_length=120, blank=True)
    reversed_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["payout", "number"]
        constraints = [
            models.UniqueConstraint(fields=["payout", "number"], name="payout_part_numbered_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payout_part_is_positive"),
            models.CheckConstraint(
                condition=Q(reversed_minor__gte=0, reversed_minor__lte=F("amount_minor")),
                name="part_reversed_at_most_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | ~Q(provider_id=""), name="sent_part_names_its_transfer"
            ),
            models.CheckConstraint(
                condition=Q(reversed_minor=0) | Q(state="sent"), name="only_sent_parts_come_back"
            ),
        ]
        indexes = [
            models.Index(fields=["order_reference"], name="part_by_order"),
            models.Index(fields=["source_payment"], name="part_by_source"),
        ]

    def __str__(self) -> str:
        return f"payout {self.payout_id}, part {self.number}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.payout.currency)

    @property
    def left(self) -> Money:
        """What of it could still come back."""
        return Money(self.amount_minor - self.reversed_minor, self.payout.currency)


class TransferReversal(models.Model):
    """Money asked back from a payee's transfer, because of one entry that left them owing it."""

    class State(models.TextChoices):
        ASKED = "asked"
        DONE = "done"
        REFUSED = "refused"

    part = models.ForeignKey(PayoutPart, on_delete=models.PROTECT, related_name="reversals")
    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, related_name="+", help_text="What left the debt"
    )
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.ASKED)
    reason_code = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "entry"], name="one_reversal_per_part_and_debt"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="reversal_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.amount_minor}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.part.payout.currency)
