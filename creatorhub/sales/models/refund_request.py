"""A buyer asks for money back: what they ask for, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creatorhub.money import Money
from creatorhub.sales.models.refund import Refund
from creatorhub.sales.models.sale import Sale, SaleLine


class RefundRequest(models.Model):
    """A buyer's wish for money back from one sale.

    asked -> accepted | declined | escalated | closed; declined -> accepted | escalated;
    escalated -> accepted | closed. Closed: staff said no, or the buyer took it back.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the shop")
        ACCEPTED = "accepted", _("Given back")
        DECLINED = "declined", _("The shop said no")
        ESCALATED = "escalated", _("Waiting for our team")
        CLOSED = "closed", _("Closed")

    class Escalation(models.TextChoices):
        BUYER = "buyer", _("The buyer asked our team")
        CLOCK = "clock", _("The shop did not answer in time")

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="refund_requests")
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    reason_code = models.CharField(max_length=60)
    note = models.CharField(max_length=1000, blank=True, help_text="The buyer's own words")
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="Until when the shop has to have answered")
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer_note = models.CharField(max_length=1000, blank=True, help_text="The shop's words")
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_by = models.CharField(max_length=5, choices=Escalation.choices, blank=True)
    escalation_note = models.CharField(max_length=1000, blank=True)
    decide_by = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision_note = models.CharField(max_length=1000, blank=True, help_text="Our team's words")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    refund = models.OneToOneField(
        Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="request"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sale"],
                condition=Q(state__in=["asked", "escalated"]),
                name="one_open_refund_request_per_sale",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(refund__isnull=False),
                name="accepted_request_has_its_refund",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(answered_at__isnull=False) & ~Q(answer_note=""),
                name="declined_request_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="escalated")
                | Q(escalated_at__isnull=False, decide_by__isnull=False) & ~Q(escalated_by=""),
                name="escalated_request_has_its_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(withdrawn_at__isnull=False)
                | Q(decided_at__isnull=False) & ~Q(decision_note=""),
                name="closed_request_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"], name="refund_request_due", condition=Q(state="asked")
            ),
            models.Index(
                fields=["decide_by"], name="refund_escalation_due", condition=Q(state="escalated")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sale}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether somebody has to answer it: the shop, or our team."""
        return self.state in OPEN_STATES

    @property
    def asked(self) -> Money:
        """What the buyer asks for, all lines together."""
        return Money.total((line.amount for line in self.lines.all()), self.sale.currency)

    @property
    def given(self) -> Money | None:
        """What went back for it."""
        if self.refund is None:
            return None
        return Money(self.refund.amount_minor, self.sale.currency)

    @property
    def shop_said_yes(self) -> bool:
        return self.state == self.State.ACCEPTED and self.decided_at is None

    @property
    def shop_said_no(self) -> bool:
        return self.answered_at is not None and not self.shop_said_yes

    @property
    def is_by_clock(self) -> bool:
        """The money went back because nothing was sent; nobody had to answer."""
        return self.shop_said_yes and self.answered_by is None

    @property
    def can_be_answered(self) -> bool:
        """Whether the shop can still give the money back: a yes is never too late."""
        return self.state in (self.State.ASKED, self.State.DECLINED, self.State.ESCALATED)


OPEN_STATES = (RefundRequest.State.ASKED, RefundRequest.State.ESCALATED)


class RefundRequestLine(models.Model):
    """What is asked for of one line: so many pieces, and what they came to then."""

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="lines")
    sale_line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="request_lines")
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "sale_line"], name="line_once_per_request"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount_minor__gt=0), name="request_line_asks_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.sale_line}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.sale_line.sale.currency)
