"""Where a payee's money can go: known to a processor, or a bank account known to us."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from creatorhub.payouts.models.payee import Payee


class Recipient(models.Model):
    """A payee as a processor knows them, and its last word on what is still missing."""

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="recipients")
    gateway = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    is_ready = models.BooleanField(default=False)
    due: models.JSONField[list[str]] = models.JSONField(
        default=list, help_text="What is still asked for, in the processor's words"
    )
    due_by = models.DateTimeField(null=True, blank=True)
    disabled_reason = models.CharField(max_length=120, blank=True)
    bank_refused_at = models.DateTimeField(
        null=True, blank=True, help_text="When their bank last sent a payment back to the processor"
    )
    wanted_at = models.DateTimeField(
        null=True, blank=True, help_text="Chosen; used as soon as it is ready"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payee", "gateway", "country"], name="one_recipient_per_gateway_and_country"
            ),
            models.UniqueConstraint(
                fields=["gateway", "provider_id"],
                condition=~Q(provider_id=""),
                name="recipient_once_per_gateway",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} at {self.gateway}"


class BankAccount(models.Model):
    """A bank account as its owner typed it and we checked it. Never changed: replaced.

    `number` is an IBAN without spaces, or the country's own account number. It is private: only
    the file for the bank carries it whole.
    """

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="bank_accounts")
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    holder = models.CharField(max_length=120)
    number = models.CharField(max_length=40)
    is_iban = models.BooleanField()
    bank_code = models.CharField(
        max_length=20,
        blank=True,
        db_default="",
        help_text="Where there is no IBAN: routing number, branch code",
    )
    bic = models.CharField(max_length=11, blank=True)
    bank_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Enough to recognise it, too little to use it: the ends only."""
        shown = self.number[:2] if self.is_iban else ""
        return f"{shown}•••• {self.number[-4:]}"
