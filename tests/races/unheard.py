"""Orders that were paid, given back or refused on the far side, none of whose news has arrived."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from creatorhub.foundation.clock import now
from creatorhub.outbox.services import deliver_due
from creatorhub.payments.models import SandboxControls, SandboxEvent
from creatorhub.payments.sandbox import events
from creatorhub.payments.services import handle_due_events
from creatorhub.shops.models import Listing
from creatorhub.social_share.touch_cookie import SignedClick
from tests.crashes.children import Children, Job
from tests.factories.sales import a_click, an_affiliate, an_order, pay, refund, the_buyer_pays
from tests.factories.shops import a_download_listing, a_shop


@dataclass(frozen=True)
class Counts:
    """How many orders of each kind; a paid one has one event, the others two."""

    paid: int
    refunded: int = 0
    refused: int = 0

    @property
    def orders(self) -> int:
        return self.paid + self.refunded + self.refused

    @property
    def events(self) -> int:
        return self.paid + 2 * self.refunded + 2 * self.refused


def prepare(children: Children, counts: Counts) -> Listing:
    """All of them, by several processes, while the provider holds its events back."""
    shop = a_shop()
    listing = a_download_listing(shop=shop)
    click = a_click(an_affiliate(shop), listing)
    SandboxControls.objects.create(holds_events=True)
    about = {"listing": listing.pk, "link": click.link_id}
    _share(children, pay_orders, counts.paid, about)
    _share(children, give_back_orders, counts.refunded, about)
    SandboxControls.objects.update(refuses_refunds=True)
    _share(children, give_back_orders, counts.refused, about)
    unheard = SandboxEvent.objects.filter(deliveries=0)
    assert unheard.count() == counts.events
    return listing


def _share(children: Children, work: Any, count: int, about: dict[str, Any]) -> None:
    hands = min(2, count)
    jobs = [Job(work, about | {"count": len(range(hand, count, hands))}) for hand in range(hands)]
    if jobs:
        children.run_at_once(jobs)


def pay_orders(*, listing: int, link: int, count: int) -> None:
    """Placed and paid; the market has not heard."""
    for _ in range(count):
        the_buyer_pays(_order(listing, link))


def give_back_orders(*, listing: int, link: int, count: int) -> None:
    """Paid, recorded by the return page, and given back; the market has not heard of either."""
    for _ in range(count):
        (sale,) = pay(_order(listing, link))
        refund(sale)
        deliver_due()


def deliver(*, ids: Sequence[int], handles: bool) -> None:
    """The provider tells these events, one by one, and a worker answers what came so far."""
    by_id = SandboxEvent.objects.in_bulk(set(ids))
    for number, pk in enumerate(ids):
        events.deliver(event=by_id[pk])
        if handles and number % 3 == 0:
            handle_due_events(limit=5)
    if handles:
        while handle_due_events():
            pass


def _order(listing: int, link: int) -> Any:
    shared = Listing.objects.get(pk=listing)
    return an_order(
        shared, address=None, clicks=[SignedClick(uuid.uuid4(), link, "whatsapp", now())]
    )
