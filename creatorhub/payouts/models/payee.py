"""Who is paid, how, and why it may wait."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import Party
from creatorhub.money import Money


class Payee(models.Model):
    """Somebody the market owes money: creator and affiliate are the same kind of thing.

    `is_ready` is the rail's word, kept here so that a run asks nobody: the rail's own status
    (a recipient's requirements, a bank account) changes it, never a run.
    """

    class Schedule(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Once a month")

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="payee")
    rail = models.CharField(max_length=20, default="sandbox", blank=True)
    destination = models.CharField(max_length=120, blank=True, help_text="As the rail knows it")
    is_ready = models.BooleanField(default=True, db_default=True)
    due_by = models.DateTimeField(
        null=True, blank=True, help_text="Until when the rail waits for something from the payee"
    )
    has_second_factor = models.BooleanField(
        default=False, db_default=False, help_text="Kept by `receivers`, so that a run asks nobody"
    )
    schedule = models.CharField(
        max_length=7, choices=Schedule.choices, default=Schedule.WEEKLY, db_default="weekly"
    )
    threshold_minor: models.JSONField[dict[str, int]] = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        help_text="Per currency, in minor units; counts only above the policy's minimum",
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.party.name

    @property
    def ledger_owner(self) -> str:
        """How the book names this payee: accounts are payee_held:<this>."""
        return str(self.pk)

    def threshold(self, currency: str) -> Money:
        """What they want to come together before they are paid; zero when they never said."""
        return Money(self.threshold_minor.get(currency, 0), currency)


class PayeeHold(models.Model):
    """Why a payee is not paid for now. Frozen, never confiscated."""

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="holds")
    reason_code = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    expected_until = models.DateTimeField()
    ends_by_clock = models.BooleanField(
        default=False, db_default=False, help_text="Closed by itself at expected_until"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    note = models.CharField(
        max_length=500, blank=True, db_default="", help_text="The payee reads it"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.payee}: {self.reason_code}"


class DestinationChange(models.Model):
    """One change of where a payee's money goes; the old place is kept for ever."""

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="destination_changes")
    old_rail = models.CharField(max_length=20, blank=True)
    old_destination = models.CharField(max_length=120, blank=True)
    new_rail = models.CharField(max_length=20)
    new_destination = models.CharField(max_length=120, blank=True)
    hold = models.ForeignKey(
        PayeeHold, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.payee}: {self.old_rail} → {self.new_rail}"
