"""What ends the waiting of a sale: its parcel leaves, its days pass, or nobody pays."""

from __future__ import annotations

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.models import JournalEntry
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import PaymentAttempt, SandboxCheckout
from creatorhub.sales.models import Checkout, Hold, Sale, SaleLine
from creatorhub.sales.services import expire_due_attempts, release_due, send_lines
from tests.crashes.stories.story import LONG_AGO, Facts, Stall, Story
from tests.factories.sales import an_order, attempt_of, line_ids, send


def a_sale_to_send(stall: Stall) -> Facts:
    return {"sale": stall.sale().pk}


def send_it(*, sale: int) -> None:
    row = Sale.objects.get(pk=sale)
    send_lines(sale=row, line_ids=line_ids(row), carrier="SMSA", tracking_number="SM1")


def sent_once(*, sale: int) -> None:
    parcel = Fulfilment.objects.get(order_line__sale_line__sale=sale)
    assert parcel.state == Fulfilment.State.SENT
    assert not Hold.objects.filter(
        sale_line__sale=sale, reason_code="awaiting_shipment", closed_at=None
    ).exists()
    told = OutboxMessage.objects.filter(topic="mail.sent", payload__sale=sale)
    assert told.exclude(done_at=None).count() == told.count() == 1


def a_sale_of_long_ago(stall: Stall) -> Facts:
    sale = stall.sale(ago=LONG_AGO)
    with travel_to(now() - LONG_AGO):
        send(sale)
    return {"sale": sale.pk}


def release(*, sale: int) -> None:
    release_due()


def released_once(*, sale: int) -> None:
    lines = SaleLine.objects.filter(sale=sale, base_minor__gt=0)
    assert not lines.filter(released_at=None).exists()
    for line in lines:
        entries = JournalEntry.objects.filter(idempotency_key=f"release:line:{line.pk}")
        assert entries.count() == 1


def an_order_of_yesterday(stall: Stall) -> Facts:
    """Placed and never paid; its time is over."""
    with travel_to(now() - LONG_AGO):
        checkout = an_order(stall.parcel)
    return {"checkout": checkout.pk}


def expire(*, checkout: int) -> None:
    expire_due_attempts()


def closed_once(*, checkout: int) -> None:
    row = Checkout.objects.get(pk=checkout)
    attempt = attempt_of(row)
    assert attempt.state == PaymentAttempt.State.EXPIRED
    page = SandboxCheckout.objects.get(public_id=attempt.provider_id)
    assert page.state == SandboxCheckout.State.EXPIRED
    assert not Sale.objects.filter(order=row.order).exists()
    assert row.order.status == "expired"
    assert not row.order.lines.filter(num_allocated__gt=0).exists()


SENDING = Story("parcel", a_sale_to_send, send_it, sent_once)
RELEASE = Story("release", a_sale_of_long_ago, release, released_once)
EXPIRY = Story("expiry", an_order_of_yesterday, expire, closed_once)
