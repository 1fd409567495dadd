"""The buyer comes back at the very moment the provider tells us: one sale, and nobody sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creatorhub.affiliates.models import Commission
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import SandboxEvent, WebhookEvent
from creatorhub.payments.sandbox.events import body_of
from creatorhub.payments.sandbox.signing import SIGNATURE_HEADER, sign
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Checkout, Sale
from tests.crashes.children import Children
from tests.databases import CommittedDatabase
from tests.figures import Figures
from tests.live_market import LiveMarket, serve
from tests.races.crowd import Person
from tests.races.unheard import Counts, prepare

PAIRS = 8


def come_back(market: LiveMarket, token: str) -> Callable[[], int]:
    return lambda: Person(market.url).get(f"/en/orders/{token}/return/").status


def tell(market: LiveMarket, event: SandboxEvent) -> Callable[[], int]:
    """The provider's call, and the worker that it wakes."""
    payload = body_of(event)
    headers = {SIGNATURE_HEADER: sign(payload), "Content-Type": "application/json"}

    def call() -> int:
        answer = Person(market.url).send("/webhooks/sandbox/", payload, headers)
        handle_due_events()
        return answer.status

    return call


def race(database: CommittedDatabase, market: LiveMarket) -> Counter[Any]:
    """Both at once for every order; how they were answered."""
    told = {event.data["reference"]: event for event in SandboxEvent.objects.all()}
    calls: list[Callable[[], int]] = []
    for checkout in Checkout.objects.all():
        calls += [
            come_back(market, checkout.token),
            tell(market, told[checkout.attempt_reference]),
        ]
    answers: Counter[Any] = Counter()
    for first in range(0, len(calls), 2 * PAIRS):
        answers.update(database.at_once(*calls[first : first + 2 * PAIRS]))
    return answers


@pytest.mark.parametrize("attempts", [16, pytest.param(500, marks=pytest.mark.long)])
def test_each_order_is_sold_once(
    committed_database: CommittedDatabase,
    children: Children,
    tmp_path: Path,
    figures: Figures,
    attempts: int,
) -> None:
    prepare(children, Counts(paid=attempts))
    with serve(committed_database, tmp_path) as market:
        answers = race(committed_database, market)
    assert answers == {302: attempts, 200: attempts}
    while handle_due_events():
        pass
    assert WebhookEvent.objects.exclude(handled_at=None).count() == attempts
    assert Sale.objects.count() == Commission.objects.count() == attempts
    for topic in ("mail.receipt", "mail.sold", "mail.commission"):
        assert OutboxMessage.objects.filter(topic=topic).count() == attempts
    check_invariants()
    figures(f"{attempts} orders, return page and event at once: one sale each")


def test_without_the_lock_somebody_sees_an_error(
    committed_database: CommittedDatabase, children: Children, tmp_path: Path
) -> None:
    """The control: constraints still keep the book right, and people pay for it with a 500."""
    prepare(children, Counts(paid=24))
    with serve(
        committed_database,
        tmp_path,
        application="tests.races.careless_wsgi:application",
        CARELESS="lock",
    ) as market:
        answers = race(committed_database, market)
    assert answers[500] or WebhookEvent.objects.filter(handled_at=None).exists()
