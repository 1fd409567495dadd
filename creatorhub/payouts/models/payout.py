"""Runs, and the payments they made."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creatorhub.ledger.models import Posting
from creatorhub.money import Money
from creatorhub.payouts.models.batch import PayoutBatch
from creatorhub.payouts.models.payee import Payee


def private_storage() -> Storage:
    """Where proofs lie: never under a public address."""
    return storages["private"]


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
    """One payment to one payee: the payable postings in (after, until], and nothing else.

    sending → paid | failed | unknown (asked about, then one of the others).
    By hand: sending → draft (in a batch) → sent → paid | returned; a refused batch: returned.
    `returned_minor` of it went back to payable: nothing of a paid one, all of a failed or
    returned one, the refused parts of one that was sent in parts.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("Being sent")
        DRAFT = "draft", _("Being prepared")
        SENT = "sent", _("Handed to the bank")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Came back")
        RETURNED = "returned", _("Sent back by the bank")
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
    destination = models.CharField(
        max_length=120, blank=True, db_default="", help_text="Frozen when the run wrote it"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENDING)
    reason_code = models.CharField(max_length=60, blank=True)
    provider_reference = models.CharField(max_length=120, blank=True)
    returned_minor = models.BigIntegerField(default=0, db_default=0)
    batch = models.ForeignKey(
        PayoutBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="payouts"
    )
    proof_file = models.FileField(
        storage=private_storage, upload_to="payout-proofs/", blank=True, db_default=""
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
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
            models.CheckConstraint(
                condition=Q(returned_minor__gte=0, returned_minor__lte=F("amount_minor")),
                name="payout_returns_at_most_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee}: {self.amount_minor} {self.currency}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def returned(self) -> Money:
        """What of it is payable again."""
        return Money(self.returned_minor, self.currency)

    @property
    def arrived(self) -> Money:
        """What of it is the payee's for good, once it is paid."""
        return self.amount - self.returned
