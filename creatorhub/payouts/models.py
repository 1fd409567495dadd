"""Payees, why their money may wait, and payouts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import Party
from creatorhub.ledger.models import Posting
from creatorhub.money import Money


class Payee(models.Model):
    """Somebody the market owes money: creator and affiliate are the same kind of thing."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="payee")
    rail = models.CharField(max_length=20, default="sandbox")
    destination = models.CharField(max_length=120, blank=True, help_text="As the rail knows it")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.party.name

    @property
    def ledger_owner(self) -> str:
        """How the book names this payee: accounts are payee_held:<this>."""
        return str(self.pk)


class PayeeHold(models.Model):
    """Why a payee is not paid for now. Frozen, never confiscated."""

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="holds")
    reason_code = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    expected_until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.payee}: {self.reason_code}"


class PayoutRun(models.Model):
    """One sweep over everybody who is owed money in one currency or more."""

    key = models.CharField(max_length=60, unique=True, help_text="One run per key, however asked")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    skipped: models.JSONField[list[dict[str, object]]] = models.JSONField(
        default=list, help_text='[{"payee": 3, "currency": "SAR", "reason_code": …, "minor": …}]'
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.key


class Payout(models.Model):
    """One payment to one payee: the payable postings in (after, until], and nothing else."""

    class State(models.TextChoices):
        SENDING = "sending", _("Being sent")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Came back")
        UNKNOWN = "unknown", _("Being checked")

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="payouts")
    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="payouts")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    after_posting_id = models.BigIntegerField(help_text="Exclusive")
    until_posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, related_name="+", help_text="Inclusive"
    )
    rail = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENDING)
    reason_code = models.CharField(max_length=60, blank=True)
    provider_reference = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "payee", "currency"], name="payee_paid_once_per_run"
            ),
            models.UniqueConstraint(
                fields=["payee", "currency", "after_posting_id"], name="payout_ranges_never_overlap"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payout_is_positive"),
            models.CheckConstraint(
                condition=Q(until_posting__gt=F("after_posting_id")), name="payout_range_runs_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee}: {self.amount_minor} {self.currency}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
