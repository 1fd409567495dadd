"""Killed anywhere between placing, paying and recording: no order lost, none charged twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.offers.models import Grant
from creatorhub.operations.services.check_invariants import check_invariants, look_at_invariants
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import deliver_due
from creatorhub.payments.models import PaymentAttempt, SandboxCheckout, SandboxEvent
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Checkout, Sale
from creatorhub.sales.services import (
    complete_attempt,
    complete_due,
    expire_due_attempts,
    place_order,
)
from creatorhub.shops.models import Listing
from creatorhub.social_share.touch_cookie import SignedClick
from tests.crashes.killing import run_and_kill, ticks_of
from tests.databases import CommittedDatabase
from tests.factories.sales import (
    RIYADH,
    a_basket,
    a_click,
    an_affiliate,
    attempt_of,
    sales_of,
    stock_of,
    the_buyer_pays,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop
from tests.sales.test_placing_an_order import SARA

# Forking needs a process without a browser's threads in it: make test-long runs it by itself.
pytestmark = pytest.mark.long

MORE_THAN_ENOUGH = 100_000
COMPLETER_ASKS = dt.timedelta(minutes=2)
PAGE_IS_CLOSED = dt.timedelta(days=1)
PAID = SandboxCheckout.State.PAID


@dataclass(frozen=True)
class Stall:
    """A shop with a parcel and a download, and somebody's link to them."""

    parcel: Listing
    download: Listing
    click: SignedClick

    def basket(self) -> Any:
        return a_basket(self.parcel, self.download)

    def place(self, basket: Any) -> Checkout:
        return place_order(basket=basket, contact=SARA, address=RIYADH, clicks=[self.click])

    def buy(self, basket: Any) -> None:
        """The whole way of one buyer: confirm, pay on the provider's page, come back."""
        checkout = self.place(basket)
        the_buyer_pays(checkout)
        assert complete_attempt(reference=checkout.attempt_reference)


def a_stall() -> Stall:
    shop = a_shop()
    affiliate = an_affiliate(shop)
    parcel = a_published_listing(shop=shop, stock=MORE_THAN_ENOUGH)
    return Stall(parcel, a_download_listing(shop=shop), a_click(affiliate, parcel))


def recover() -> None:
    """What the worker does once it is up again, a little later."""
    handle_due_events()
    with travel_to(now() + COMPLETER_ASKS):
        complete_due()


def far_side() -> dict[str, str]:
    """Reference → state of every page at the provider, each asked for once."""
    pages = list(SandboxCheckout.objects.all())
    by_reference = {page.request["reference"]: page.state for page in pages}
    assert len(by_reference) == len(pages)
    return by_reference


def what_is_paid_is_sold() -> None:
    sold = set(Sale.objects.values_list("order__number", flat=True))
    assert sold == {reference for reference, state in far_side().items() if state == PAID}


@dataclass
class Toll:
    """What the kills did: children that died, and payments left without their sale."""

    killed: int = 0
    left: int = 0


def kill_at(stall: Stall, tick: int, toll: Toll) -> Any:
    """The basket, after the worker came and looked for what a crash left."""
    basket = stall.basket()
    toll.killed += run_and_kill(lambda: stall.buy(basket), tick=tick)
    paid = {reference for reference, state in far_side().items() if state == PAID}
    toll.left += len(paid) > Sale.objects.count()
    recover()
    what_is_paid_is_sold()
    return basket


def the_buyer_tries_again(stall: Stall, basket: Any) -> None:
    before = SandboxEvent.objects.filter(type="checkout.paid").count()
    was_paid = Sale.objects.filter(order__basket=basket).exists()
    stall.buy(basket)
    checkout = Checkout.objects.get(order__basket=basket)
    (sale,) = sales_of(checkout)
    assert attempt_of(checkout).state == PaymentAttempt.State.COMPLETED
    assert sale.lines.get(listing=stall.parcel).commission_minor > 0
    assert SandboxEvent.objects.filter(type="checkout.paid").count() == before + (not was_paid)


def the_buyer_walks_away(stall: Stall) -> None:
    with travel_to(now() + PAGE_IS_CLOSED):
        expire_due_attempts()
    states = set(PaymentAttempt.objects.values_list("state", flat=True))
    assert states <= {PaymentAttempt.State.COMPLETED, PaymentAttempt.State.EXPIRED}
    what_is_paid_is_sold()


@pytest.mark.parametrize("points", [40, pytest.param(MORE_THAN_ENOUGH, marks=pytest.mark.long)])
def test_a_checkout_killed_anywhere(committed_database: CommittedDatabase, points: int) -> None:
    stall = a_stall()
    stall.buy(stall.basket())
    basket = stall.basket()
    moments = range(1, ticks_of(lambda: stall.buy(basket)) + 1)
    step = max(1, len(moments) // points)
    toll = Toll()
    for tick in moments[::step]:
        basket = kill_at(stall, tick, toll)
        if tick // step % 2:
            the_buyer_tries_again(stall, basket)
        else:
            the_buyer_walks_away(stall)
        check_invariants()
    with travel_to(now() + 2 * PAGE_IS_CLOSED):
        while deliver_due():
            pass
    every_effect_once(stall)
    assert toll.killed > len(moments[::step]) * 0.95
    assert toll.left, "the control: without the completer nothing would have been missing"


def every_effect_once(stall: Stall) -> None:
    sales = Sale.objects.count()
    assert stock_of(stall.parcel) == (MORE_THAN_ENOUGH, sales)
    assert Grant.objects.count() == sales
    for topic in ("mail.receipt", "mail.sold"):
        messages = OutboxMessage.objects.filter(topic=topic)
        assert messages.exclude(done_at=None).count() == messages.count() == sales
    check_invariants()


def in_two_transactions(stall: Stall) -> Callable[[], None]:
    """Careless: the stock is held and the order written, each committed by itself."""

    def buy() -> None:
        record = stall.parcel.variants.get().product.stockrecords.get()
        record.allocate(1)
        record.save()
        a_basket(stall.parcel)

    return buy


def test_a_careless_checkout_loses_stock(committed_database: CommittedDatabase) -> None:
    """The control: were stock and order two transactions, a kill between them would be seen."""
    stall = a_stall()
    broken = set()
    careless = in_two_transactions(stall)
    for tick in range(1, ticks_of(careless), 4):
        run_and_kill(careless, tick=tick)
        broken |= {one.invariant.name for one in look_at_invariants() if not one.is_ok}
    assert "offers.stock_held_by_nobody" in broken
