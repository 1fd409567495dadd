"""Two hundred payment events, shuffled, doubled and raced, leave the same book as in order."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import JournalEntry
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.services import deliver_due
from creatorhub.payments import event_registry
from creatorhub.payments.models import SandboxControls, SandboxEvent, WebhookEvent
from creatorhub.payments.sandbox import events
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Refund, Sale
from tests.databases import CommittedDatabase, clone, drop, repointed
from tests.factories.sales import an_affiliate, an_order, pay, refund, the_buyer_pays
from tests.factories.shops import a_download_listing, a_shop

PAID_ONLY, REFUNDED, REFUSED = 80, 30, 30
EVENTS = PAID_ONLY + 2 * REFUNDED + 2 * REFUSED


def held_events() -> None:
    """Orders paid and refunds answered on the far side, none of whose news has arrived yet."""
    SandboxControls.objects.create(holds_events=True)
    shop = a_shop()
    an_affiliate(shop)
    listing = a_download_listing(shop=shop)
    for number in range(REFUNDED + REFUSED):
        if number == REFUNDED:
            SandboxControls.objects.update(refuses_refunds=True)
        (sale,) = pay(an_order(listing, address=None, email=f"r{number}@example.com"))
        refund(sale)
        deliver_due()
    for number in range(PAID_ONLY):
        the_buyer_pays(an_order(listing, address=None, email=f"p{number}@example.com"))
    assert SandboxEvent.objects.filter(deliveries=0).count() == EVENTS == 200


def book_hash() -> str:
    """Everything the book says, without the numbers that depend on who came first."""
    entries = []
    for entry in JournalEntry.objects.prefetch_related("postings__account"):
        postings = sorted(
            [
                posting.account.code,
                posting.account.currency,
                posting.side,
                posting.amount_minor,
                sorted((k, v) for k, v in posting.explanation.items() if k != "line"),
            ]
            for posting in entry.postings.all()
        )
        entries.append([entry.kind, entry.reference, postings])
    told = json.dumps(sorted(entries, key=str), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@contextmanager
def copy_of(database: CommittedDatabase, name: str) -> Iterator[CommittedDatabase]:
    """The same moment once more, in a database of its own."""
    copied = f"{database.name}_{name}"
    connections.close_all()
    clone(database.name, copied)
    try:
        with repointed(copied):
            yield CommittedDatabase(copied)
    finally:
        drop(copied)


def in_order() -> None:
    for event in SandboxEvent.objects.order_by("id"):
        events.deliver(event=event)
        handle_due_events()


def shuffled_and_doubled(seed: int, hands: int) -> list[Callable[[], None]]:
    """Every event twice, in one random order, dealt to so many hands."""
    dealt = [*SandboxEvent.objects.all(), *SandboxEvent.objects.all()]
    random.Random(seed).shuffle(dealt)

    def deliver(part: list[SandboxEvent]) -> None:
        for number, event in enumerate(part):
            events.deliver(event=event)
            if number % 3 == 0:
                handle_due_events()
        handle_due_events()

    return [lambda part=dealt[hand::hands]: deliver(part) for hand in range(hands)]


def test_the_book_is_the_same(committed_database: CommittedDatabase) -> None:
    held_events()
    with copy_of(committed_database, "serial"):
        in_order()
        check_invariants()
        expected = book_hash()
    for seed, hands in ((1, 1), (2, 4)):
        with copy_of(committed_database, f"seed{seed}") as database:
            answers = database.at_once(*shuffled_and_doubled(seed, hands))
            assert answers == [None] * hands
            assert WebhookEvent.objects.count() == EVENTS
            assert not WebhookEvent.objects.filter(handled_at=None).exists()
            assert Sale.objects.count() == PAID_ONLY + REFUNDED + REFUSED
            assert Refund.objects.filter(state="failed").count() == REFUSED
            assert Refund.objects.filter(state="paid").count() == REFUNDED
            check_invariants()
            assert book_hash() == expected


def count_each_delivery(event: WebhookEvent) -> None:
    """A careless answer: it trusts the inbox alone to tell one fact from two deliveries."""
    amount = Money(event.payload["amount_minor"], event.payload["currency"])
    post_entry(
        kind="careless",
        reference=event.payload["reference"],
        idempotency_key=f"careless:{event.pk}",
        lines=[debit(AccountRef("processor_balance"), amount), credit(AccountRef("fx"), amount)],
    )


def without_uniqueness(event: SandboxEvent) -> None:
    """Past the inbox, straight into its table, twice."""
    for _ in range(2):
        WebhookEvent.objects.create(
            provider="sandbox",
            event_id=event.public_id,
            type=event.type,
            payload=event.data,
            received_at=now(),
            due_at=now(),
        )


def test_without_the_inboxs_uniqueness_the_same_events_count_twice(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were events stored twice, a careless answer would charge twice."""
    monkeypatch.setitem(event_registry._handlers, "checkout.paid", count_each_delivery)
    SandboxControls.objects.create(holds_events=True)
    for number in range(5):
        listing = a_download_listing()
        the_buyer_pays(an_order(listing, address=None, email=f"c{number}@example.com"))
    with copy_of(committed_database, "kept"):
        events.deliver_held(twice=True)
        handle_due_events()
        kept = book_hash()
        assert JournalEntry.objects.filter(kind="careless").count() == 5
    with copy_of(committed_database, "bypassed"):
        connection.cursor().execute(
            "ALTER TABLE payments_webhookevent DROP CONSTRAINT event_received_once"
        )
        for event in SandboxEvent.objects.all():
            without_uniqueness(event)
        handle_due_events()
        assert JournalEntry.objects.filter(kind="careless").count() == 10
        assert book_hash() != kept
