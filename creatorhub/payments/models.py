"""What we asked a processor for, and what it told us. No foreign key leads to an order."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from creatorhub.money import Money
from creatorhub.payments.offline.models import OfflinePayment, OfflineRefund

__all__ = [
    "OfflinePayment",
    "OfflineRefund",
    "PaymentAttempt",
    "PaymentRefund",
    "Quarantine",
    "SandboxCheckout",
    "SandboxControls",
    "SandboxDispute",
    "SandboxEvent",
    "SandboxMovement",
    "SandboxRecipient",
    "WebhookEvent",
]


class PaymentAttempt(models.Model):
    """One frozen request for money. `reference` is opaque here (the order's number)."""

    class State(models.TextChoices):
        CREATED = "created"
        AWAITING = "awaiting"
        PAID = "paid"
        COMPLETED = "completed"
        EXPIRED = "expired"
        QUARANTINED = "quarantined"

    reference = models.CharField(max_length=64, unique=True)
    gateway = models.CharField(max_length=20)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    request: models.JSONField[Any] = models.JSONField(help_text="Frozen: lines, e-mail, urls")
    request_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.CREATED)
    provider_id = models.CharField(max_length=120, blank=True)
    page_url = models.CharField(max_length=500, blank=True)
    payment_id = models.CharField(max_length=120, blank=True, help_text="The succeeded payment")
    received_minor = models.BigIntegerField(
        null=True, blank=True, help_text="What came in, where it is not what was asked for"
    )
    received_currency = models.CharField(max_length=3, blank=True, db_default="")
    fee_minor = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="What the processor kept, in the currency that came in; nothing: none, or unsaid",
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="attempt_asks_for_money"),
            models.UniqueConstraint(
                fields=["gateway", "provider_id"],
                condition=~Q(provider_id=""),
                name="attempt_one_per_provider_page",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="attempt_due")]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def received(self) -> Money:
        """What the provider says came in; of refunds, never more goes back."""
        if self.received_minor is None:
            return self.amount
        return Money(self.received_minor, self.received_currency)

    @property
    def fee(self) -> Money | None:
        """What the processor kept of the payment; None when it kept nothing or did not say."""
        return Money(self.fee_minor, self.received.currency) if self.fee_minor else None


class Quarantine(models.Model):
    """A payment that is not what was asked for. Nothing delivered, nothing lost: staff decide."""

    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT)
    reason_code = models.CharField(max_length=60)
    payload: models.JSONField[Any] = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.attempt}: {self.reason_code}"


class WebhookEvent(models.Model):
    """One event as a provider told it. Stored first, handled after."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    type = models.CharField(max_length=80)
    account = models.CharField(max_length=120, blank=True)
    payload: models.JSONField[Any] = models.JSONField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="event_received_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="event_due", condition=Q(handled_at=None, dead_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"


class PaymentRefund(models.Model):
    """Money asked back from a provider for one attempt."""

    class State(models.TextChoices):
        REQUESTED = "requested"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="refunds")
    reference = models.CharField(max_length=80, unique=True, help_text="Opaque: the refund it pays")
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    provider_id = models.CharField(max_length=120, blank=True)
    requested_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_is_positive")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.attempt.received.currency)


class SandboxCheckout(models.Model):
    """The sandbox provider's own record of a hosted page: a stand-in for the far side."""

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        EXPIRED = "expired"

    public_id = models.CharField(max_length=40, unique=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    request: models.JSONField[Any] = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    payment_id = models.CharField(max_length=40, blank=True)
    refunded_minor = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_minor__lte=models.F("amount_minor")),
                name="sandbox_refunds_at_most_paid",
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class SandboxMovement(models.Model):
    """The sandbox provider's own record of a refund or a transfer, keyed for safe repeats."""

    class Kind(models.TextChoices):
        REFUND = "refund"
        TRANSFER = "transfer"
        REVERSAL = "reversal"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    public_id = models.CharField(max_length=40, unique=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    destination = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=80, blank=True, db_default="", help_text="Its order")
    source_payment = models.CharField(max_length=40, blank=True, db_default="")
    reversed_minor = models.BigIntegerField(
        default=0, db_default=0, help_text="Of a transfer: what came back"
    )
    is_refused = models.BooleanField(default=False, help_text="The far bank said no")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.public_id


class SandboxDispute(models.Model):
    """The sandbox provider's own record of a buyer's complaint to their bank."""

    class State(models.TextChoices):
        INQUIRY = "inquiry"
        NEEDS_RESPONSE = "needs_response"
        UNDER_REVIEW = "under_review"
        WON = "won"
        LOST = "lost"
        WITHDRAWN = "withdrawn"

    public_id = models.CharField(max_length=40, unique=True)
    payment_id = models.CharField(max_length=40)
    state = models.CharField(max_length=14, choices=State.choices)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=40)
    due_by = models.DateTimeField()
    evidence = models.TextField(blank=True)
    answer_key = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["payment_id"], name="sandbox_dispute_by_payment")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="sandbox_dispute_positive")
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class SandboxRecipient(models.Model):
    """The sandbox provider's own record of somebody it may pay, and what it still asks of them."""

    public_id = models.CharField(max_length=40, unique=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    email = models.EmailField()
    due: models.JSONField[list[str]] = models.JSONField(default=list)
    due_by = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.public_id


class SandboxEvent(models.Model):
    """An event as the sandbox provider keeps it: it may be held back, doubled or sent late."""

    public_id = models.CharField(max_length=40, unique=True)
    type = models.CharField(max_length=40)
    data: models.JSONField[Any] = models.JSONField()
    created_at = models.DateTimeField()
    deliveries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.type} {self.public_id}"


class SandboxControls(models.Model):
    """How the sandbox provider behaves. One row; absent means it behaves well."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    refuses_refunds = models.BooleanField(default=False)
    refuses_transfers = models.BooleanField(default=False)
    refuses_reversals = models.BooleanField(default=False, db_default=False)
    loses_answers = models.BooleanField(
        default=False, db_default=False, help_text="Transfers happen, and their answer never comes"
    )
    holds_events = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "sandbox controls"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sandbox_controls_one_row")]

    def __str__(self) -> str:
        return "sandbox controls"
