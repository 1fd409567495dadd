"""Accounts, journal entries and postings. PostgreSQL keeps them append-only and balanced."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Account(models.Model):
    """One account of the book in one currency. `balance_minor` is on its normal side."""

    class Kind(models.TextChoices):
        ASSET = "asset"
        LIABILITY = "liability"
        INCOME = "income"
        EXPENSE = "expense"

    code = models.CharField(max_length=120, help_text="e.g. payee_held:17 or platform_fees")
    name = models.CharField(max_length=60, help_text="The code without its owner: payee_held")
    owner = models.CharField(max_length=60, blank=True, help_text="The code's owner, or nothing")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    currency = models.CharField(max_length=3)
    balance_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "currency"], name="account_once_per_currency")
        ]
        indexes = [models.Index(fields=["owner", "name"], name="account_by_owner")]

    def __str__(self) -> str:
        return f"{self.code} {self.currency}"

    @property
    def grows_on_debit(self) -> bool:
        return self.kind in (self.Kind.ASSET, self.Kind.EXPENSE)


class JournalEntry(models.Model):
    """One event of money, written once."""

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=120, help_text="What it is about, e.g. order:100017")
    idempotency_key = models.CharField(max_length=160, unique=True)
    occurred_at = models.DateTimeField()
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "journal entries"
        indexes = [
            models.Index(fields=["reference"], name="entry_by_reference"),
            models.Index(fields=["kind"], name="entry_by_kind"),
            # Entries are written in the order of time: one small range a page of rows is enough.
            BrinIndex(fields=["occurred_at"], name="entry_by_day", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Posting(models.Model):
    """One side of an entry. `explanation` is kind and parameters, frozen when posted."""

    class Side(models.TextChoices):
        DEBIT = "debit"
        CREDIT = "credit"

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    side = models.CharField(max_length=6, choices=Side.choices)
    amount_minor = models.BigIntegerField()
    explanation: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="posting_is_positive"
            )
        ]
        indexes = [models.Index(fields=["account", "id"], name="posting_by_account")]

    def __str__(self) -> str:
        return f"{self.side} {self.amount_minor} {self.account}"
