"""Programmes, who joined them, and what clicks earned."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.models import Line

from creatorhub.accounts.models import Party
from creatorhub.money import Money
from creatorhub.shops.models import Shop
from creatorhub.social_share.models import ShareLink


class Programme(models.Model):
    """What a shop pays those who bring buyers."""

    class State(models.TextChoices):
        OPEN = "open", _("Open to everyone")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed")

    shop = models.OneToOneField(Shop, on_delete=models.PROTECT, related_name="programme")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    rate_bps = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    window_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rate_bps__gt=0), name="programme_pays_something"),
            models.CheckConstraint(
                condition=Q(window_days__gte=1, window_days__lte=90), name="programme_window"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shop}: {self.rate_bps} bps"


class RateLock(models.Model):
    """The rate before a cut: those who had joined by then keep it until `ends_at`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rate_locks")
    rate_bps = models.PositiveIntegerField()
    cut_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("cut_at")), name="rate_lock_lasts")
        ]

    def __str__(self) -> str:
        return f"{self.rate_bps} bps until {self.ends_at}"


class Enrolment(models.Model):
    """One person in one programme."""

    class State(models.TextChoices):
        APPROVED = "approved", _("Member")
        BANNED = "banned", _("Excluded")
        LEFT = "left", _("Left")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="enrolments")
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=8, choices=State.choices, default=State.APPROVED)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "owner"], name="enrolled_once")]

    def __str__(self) -> str:
        return f"{self.owner} in {self.programme}"


class Touch(models.Model):
    """A click that may still earn: held by an account, a basket or an order until it is too old."""

    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="touches")
    click_id = models.UUIDField(help_text="Signed in the cookie; no foreign key, it may be late")
    clicked_at = models.DateTimeField()
    channel = models.CharField(max_length=30, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    basket_id = models.BigIntegerField(null=True, blank=True)
    order_number = models.CharField(max_length=64, blank=True)
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["click_id", "user", "basket_id", "order_number"],
                nulls_distinct=False,
                name="touch_bound_once",
            )
        ]
        indexes = [
            models.Index(fields=["order_number"], name="touch_of_order"),
            models.Index(fields=["basket_id"], name="touch_of_basket"),
        ]

    def __str__(self) -> str:
        return f"{self.link} at {self.clicked_at}"


class Attribution(models.Model):
    """Who is credited for one order line, and why everyone else is not."""

    order_line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="attribution")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attributions")
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="attributions")
    channel = models.CharField(max_length=30, blank=True)
    click_id = models.UUIDField()
    clicked_at = models.DateTimeField()
    window_days = models.PositiveSmallIntegerField()
    explain: models.JSONField[Any] = models.JSONField(
        default=list, help_text="Every candidate, and why it won or lost"
    )
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_line}: {self.enrolment}"


class Refusal(models.Model):
    """A line that shared links led to, and for which nobody is credited; it says why."""

    order_line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="refusal")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    explain: models.JSONField[Any] = models.JSONField(
        default=list, help_text="Every candidate, and why it lost"
    )
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_line}: nobody"


class Commission(models.Model):
    """What one attributed line earns. Rate, base and currency are frozen here."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for its date")
        APPROVED = "approved", _("Yours, in the next payout")
        VOIDED = "voided", _("Taken back")

    attribution = models.OneToOneField(
        Attribution, on_delete=models.PROTECT, related_name="commission"
    )
    base_minor = models.BigIntegerField()
    rate_bps = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    reversed_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    expected_on = models.DateField(help_text="When it is released if nothing changes")
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, amount_minor__lte=F("base_minor")),
                name="commission_within_its_base",
            ),
            models.CheckConstraint(
                condition=Q(reversed_minor__gte=0, reversed_minor__lte=F("amount_minor")),
                name="commission_reversed_at_most_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribution.enrolment.owner}: {self.amount_minor} {self.currency}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def remaining(self) -> Money:
        return Money(self.amount_minor - self.reversed_minor, self.currency)


class CommissionAdjustment(models.Model):
    """A correction of a commission: always a new row, with its reason."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=80, help_text="What caused it, e.g. refund:12")
    delta_minor = models.BigIntegerField(help_text="Negative: the affiliate earns less")
    reason_code = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "kind", "source"], name="adjusted_once_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commission_id} {self.delta_minor}"
