"""Each invariant of payments names the row that breaks it, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now
from creatorhub.payments import invariants
from creatorhub.payments.models import PaymentAttempt, PaymentRefund
from creatorhub.payments.services import quarantine
from tests.factories.payments import a_paid_attempt, an_open_page

pytestmark = pytest.mark.django_db

ALL = [
    invariants.paid_without_completion,
    invariants.refunded_more_than_paid,
    invariants.completed_without_payment,
    invariants.payment_counted_twice,
]


def rows(report) -> list[str]:
    return [broken.row for broken in report()]


def test_sound_payments_report_nothing() -> None:
    an_open_page()
    a_paid_attempt()
    assert [report() for report in ALL] == [[], [], [], []]


def test_a_payment_nobody_completed_is_found_after_five_minutes() -> None:
    attempt = a_paid_attempt()
    attempt.paid_at = now() - dt.timedelta(minutes=6)
    attempt.save()
    assert rows(invariants.paid_without_completion) == [f"attempt {attempt.reference}"]
    quarantine(attempt=attempt, reason_code="amount_differs", payload={})
    PaymentAttempt.objects.update(state="paid")
    assert rows(invariants.paid_without_completion) == []


def test_refunds_above_the_payment_are_found_unless_they_failed() -> None:
    attempt = a_paid_attempt(minor=100)
    for number, state in enumerate(["succeeded", "requested", "failed"]):
        PaymentRefund.objects.create(
            attempt=attempt,
            reference=str(number),
            amount_minor=50,
            state=state,
            requested_at=now(),
        )
    assert rows(invariants.refunded_more_than_paid) == []
    PaymentRefund.objects.filter(state="failed").update(state="succeeded")
    assert rows(invariants.refunded_more_than_paid) == [f"attempt {attempt.reference}"]


def test_a_completed_attempt_without_a_payment_is_found() -> None:
    attempt = an_open_page()
    PaymentAttempt.objects.update(state="completed", paid_at=now())
    assert rows(invariants.completed_without_payment) == [f"attempt {attempt.reference}"]


def test_one_payment_for_two_attempts_is_found() -> None:
    first, second = a_paid_attempt(), a_paid_attempt()
    PaymentAttempt.objects.filter(pk=second.pk).update(payment_id=first.payment_id)
    assert rows(invariants.payment_counted_twice) == [f"attempt {second.reference}"]
