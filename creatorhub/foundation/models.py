"""Rows every room stands on: the virtual clock, the policy, the audit log, throttle counters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class ClockOffset(models.Model):
    """How far the sandbox has let time pass. One row; absent or zero in production."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="clock_offset_is_one_row"),
            models.CheckConstraint(condition=models.Q(seconds__gte=0), name="clock_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.seconds} s ahead"


class PlatformPolicy(models.Model):
    """What the instance decided about money and clocks. One row; each change is audited."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    platform_fee_bps = models.PositiveIntegerField(default=1000)
    refund_window_days = models.PositiveSmallIntegerField(default=14)
    minimum_hold_days = models.PositiveSmallIntegerField(default=7)
    ship_within_days = models.PositiveSmallIntegerField(default=5)
    checkout_minutes = models.PositiveSmallIntegerField(default=45)
    payout_weekday = models.PositiveSmallIntegerField(default=3, help_text="0 is Monday")
    payout_minimum_minor = models.JSONField(
        default=dict,
        blank=True,
        help_text="Per currency code, in minor units; absent means 10 charge minimums",
    )
    default_commission_bps = models.PositiveIntegerField(default=1000)
    attribution_window_days = models.PositiveSmallIntegerField(default=30)
    refund_answer_days = models.PositiveSmallIntegerField(
        default=3, db_default=3, help_text="Until a shop has answered a buyer who asks for money"
    )
    escalation_answer_days = models.PositiveSmallIntegerField(
        default=5, db_default=5, help_text="Until staff have decided what a shop did not settle"
    )
    unsent_grace_days = models.PositiveSmallIntegerField(
        default=7,
        db_default=7,
        help_text="After the promised day, until what was not sent is given back by itself",
    )
    cash_confirm_days = models.PositiveSmallIntegerField(
        default=7,
        db_default=7,
        help_text="After sending, until the shop says whether it was paid at the door",
    )
    transfer_pay_days = models.PositiveSmallIntegerField(
        default=3, db_default=3, help_text="Until a buyer who transfers has sent the receipt"
    )
    transfer_confirm_days = models.PositiveSmallIntegerField(
        default=3, db_default=3, help_text="Until the shop has looked whether a transfer arrived"
    )
    shop_debt_days = models.PositiveSmallIntegerField(
        default=30, db_default=30, help_text="A shop that owes longer may not collect money itself"
    )
    shop_debt_limit_minor = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        help_text="Per currency code, in minor units; absent means 100 charge minimums",
    )
    pay_in_details = models.TextField(
        blank=True,
        default="",
        db_default="",
        max_length=500,
        help_text="Where shops transfer what they owe",
    )
    processor_fee_bearer = models.CharField(
        max_length=6,
        choices=[("market", "the market"), ("shop", "the shops of the order")],
        default="market",
        db_default="market",
        help_text="Who bears what the processor keeps of each payment",
    )
    dispute_fee_bearer = models.CharField(
        max_length=6,
        choices=[("market", "the market"), ("shop", "the shop, when it is lost")],
        default="market",
        db_default="market",
        help_text="Who bears what the processor keeps for a dispute",
    )
    appeal_answer_days = models.PositiveSmallIntegerField(
        default=5, db_default=5, help_text="Until staff have answered somebody whose money waits"
    )
    change_guard_hours = models.PositiveSmallIntegerField(
        default=72,
        db_default=72,
        help_text="Payouts wait this long after a destination, e-mail or second factor changed",
    )
    payouts_need_second_factor = models.BooleanField(
        null=True, blank=True, help_text="Nothing: in production yes, in the sandbox no"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="policy_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(platform_fee_bps__lte=5000), name="policy_fee_at_most_half"
            ),
        ]

    def __str__(self) -> str:
        return "platform policy"


class AuditEntry(models.Model):
    """Who decided what, and why. Append-only: PostgreSQL refuses changes."""

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    details: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "-id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class ThrottleCount(models.Model):
    """How often something was tried in one window of time; shared by all workers."""

    key = models.CharField(max_length=160)
    window_starts_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window_starts_at"], name="throttle_one_window")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
