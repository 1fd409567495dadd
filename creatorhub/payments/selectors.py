"""Reading attempts, refunds and the inbox."""

from __future__ import annotations

from django.db.models import QuerySet

from creatorhub.payments.models import PaymentAttempt, PaymentRefund, Quarantine, WebhookEvent


def attempt_by_reference(reference: str) -> PaymentAttempt:
    """The attempt of an order; DoesNotExist when there is none."""
    return PaymentAttempt.objects.get(reference=reference)


def open_quarantines() -> QuerySet[Quarantine]:
    """Payments waiting for staff, oldest first."""
    return Quarantine.objects.filter(closed_at=None).select_related("attempt").order_by("opened_at")


def dead_events() -> QuerySet[WebhookEvent]:
    """Events nobody could handle; staff may revive them."""
    return WebhookEvent.objects.exclude(dead_at=None).filter(handled_at=None).order_by("-id")


def recent_attempts() -> QuerySet[PaymentAttempt]:
    """Newest first."""
    return PaymentAttempt.objects.order_by("-id")


def recent_refunds() -> QuerySet[PaymentRefund]:
    """Newest first."""
    return PaymentRefund.objects.select_related("attempt").order_by("-id")
