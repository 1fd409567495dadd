"""Payment events, shuffled, doubled and raced by eight processes, leave the book as in order."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import JournalEntry
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payments import event_registry
from creatorhub.payments.models import SandboxControls, SandboxEvent, WebhookEvent
from creatorhub.payments.sandbox import events
from creatorhub.payments.sandbox.signing import SIGNATURE_HEADER, sign
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Refund, Sale
from tests.crashes.children import Children, Job
from tests.databases import CommittedDatabase, clone, drop, repointed
from tests.factories.sales import an_order, the_buyer_pays
from tests.factories.shops import a_download_listing
from tests.figures import Figures
from tests.live_market import serve
from tests.races.crowd import Person, all_at_once
from tests.races.unheard import Counts, deliver, prepare

HANDS, LINES = 8, 16


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


def in_order() -> str:
    """The book after every event came once, one after the other."""
    for event in SandboxEvent.objects.order_by("id"):
        events.deliver(event=event)
        handle_due_events()
    check_invariants()
    return book_hash()


def shuffled_and_doubled(seed: int) -> list[int]:
    """Every event twice, in one random order."""
    dealt = [*SandboxEvent.objects.values_list("pk", flat=True)] * 2
    random.Random(seed).shuffle(dealt)
    return dealt


def all_is_recorded(counts: Counts) -> None:
    assert WebhookEvent.objects.count() == counts.events
    assert not WebhookEvent.objects.filter(handled_at=None).exists()
    assert Sale.objects.count() == counts.orders
    assert Refund.objects.filter(state="failed").count() == counts.refused
    assert Refund.objects.filter(state="paid").count() == counts.refunded
    check_invariants()


@pytest.mark.parametrize(
    ("counts", "seeds"),
    [
        (Counts(paid=50, refunded=25, refused=25), 1),
        pytest.param(Counts(paid=80, refunded=85, refused=85), 20, marks=pytest.mark.long),
        pytest.param(Counts(paid=1000, refunded=1000, refused=1000), 1, marks=pytest.mark.long),
    ],
)
def test_the_book_is_the_same(
    committed_database: CommittedDatabase,
    children: Children,
    figures: Figures,
    counts: Counts,
    seeds: int,
) -> None:
    prepare(children, counts)
    with copy_of(committed_database, "serial"):
        expected = in_order()
    for seed in range(1, seeds + 1):
        with copy_of(committed_database, f"seed{seed}"):
            dealt = shuffled_and_doubled(seed)
            jobs = [
                Job(deliver, {"ids": dealt[hand::HANDS], "handles": True}) for hand in range(HANDS)
            ]
            children.run_at_once(jobs)
            all_is_recorded(counts)
            assert book_hash() == expected, f"seed {seed}"
    told = f"{2 * counts.events * seeds:,} events of {counts.events:,} facts"
    figures(f"{told}, {HANDS} processes, {seeds} seed(s): the book as in order, {expected[:12]}")


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_the_book_is_the_same_over_http(
    committed_database: CommittedDatabase,
    children: Children,
    tmp_path: Path,
    figures: Figures,
    count: int,
) -> None:
    counts = Counts(paid=count // 10, refunded=count // 10, refused=count // 10)
    prepare(children, counts)
    with copy_of(committed_database, "serial"):
        expected = in_order()
    bodies = {event.pk: events.body_of(event) for event in SandboxEvent.objects.all()}
    with serve(committed_database, tmp_path) as market:

        def tell(pk: int) -> int:
            headers = {SIGNATURE_HEADER: sign(bodies[pk]), "Content-Type": "application/json"}
            return Person(market.url).send("/webhooks/sandbox/", bodies[pk], headers).status

        dealt = shuffled_and_doubled(count)
        assert set(all_at_once(LINES, tell, dealt)) == {200}
    while children.run_at_once([Job(handle)] * HANDS)[0].answer:
        pass
    all_is_recorded(counts)
    assert book_hash() == expected
    figures(f"{len(dealt):,} events over HTTP on {LINES} lines: the book as in order")


def handle() -> int:
    return handle_due_events()


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
