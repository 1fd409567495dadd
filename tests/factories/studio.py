"""What waits on somebody's desk, brought there the way it really gets there where it can be."""

from __future__ import annotations

from itertools import count
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from creatorhub.accounts.models import Party, User
from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import Quarantine, WebhookEvent
from creatorhub.payments.services.quarantine_payment import quarantine
from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.services import payee_of
from creatorhub.payouts.services.run_payouts import run_payouts
from tests.factories.accounts import a_staff_user
from tests.factories.payouts import earn
from tests.factories.sales import an_order, attempt_of
from tests.factories.shops import a_published_listing

_numbers = count(1)
AUTHENTICATED_USER_SESSION_KEY = "account_authentication_methods_user"


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def a_staff_browser(*, user: User | None = None) -> Client:
    """A browser of staff whose session a second factor confirmed."""
    person = user or a_staff_user()
    client = signed_in(person)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session[AUTHENTICATED_USER_SESSION_KEY] = str(person.pk)
    session.save()
    return client


def words_of(answer: Any) -> str:
    """A page with its no-break spaces (amounts have them) as plain ones."""
    return str(answer.content.decode().replace("\u00a0", " "))


def a_payout(*, owner: Party, minor: int = 5_000) -> tuple[Payout, PayoutRun]:
    """One payout of this party, and the run that made it."""
    payee = payee_of(party=owner)
    earn(payee, minor, currency="SAR")
    run = run_payouts(key=f"test:{next(_numbers)}")
    return Payout.objects.filter(run=run, payee=payee).get(), run


def a_quarantine() -> Quarantine:
    """A payment whose amount is not what was asked for."""
    attempt = attempt_of(an_order(a_published_listing()))
    return quarantine(attempt=attempt, reason_code="amount_differs", payload={"paid_minor": 1})


def a_dead_message() -> OutboxMessage:
    """An effect that was tried too often."""
    number = next(_numbers)
    moment = now()
    return OutboxMessage.objects.create(
        topic="mail.unknown",
        key=f"dead:{number}",
        created_at=moment,
        due_at=moment,
        dead_at=moment,
        attempts=8,
        last_error="UnknownTopicError: mail.unknown",
    )


def a_dead_event() -> WebhookEvent:
    """An event nobody could handle."""
    moment = now()
    return WebhookEvent.objects.create(
        provider="sandbox",
        event_id=f"evt_dead_{next(_numbers)}",
        type="checkout.paid",
        payload={},
        received_at=moment,
        due_at=moment,
        dead_at=moment,
        attempts=8,
        last_error="UnknownAttemptError",
    )
