"""A buyer's way, and the news of a payment."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client
from oscar.apps.basket.models import Basket

from creatorhub.foundation.clock import now
from creatorhub.offers.models import Grant
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import (
    PaymentAttempt,
    SandboxCheckout,
    SandboxEvent,
    WebhookEvent,
)
from creatorhub.payments.sandbox.events import body_of
from creatorhub.payments.sandbox.signing import SIGNATURE_HEADER, sign
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.contact import Contact
from creatorhub.sales.models import Checkout, Sale
from creatorhub.sales.services import complete_attempt, place_order
from creatorhub.shops.models import Listing
from creatorhub.social_share.touch_cookie import SignedClick
from tests.crashes.stories.story import Facts, Stall, Story, the_provider
from tests.factories.sales import RIYADH, a_basket, a_click, the_buyer_pays

PAID = SandboxCheckout.State.PAID
SARA = Contact(email="sara@example.com", name="Sara", phone="+966500000001", language="en")


def far_side() -> dict[str, str]:
    """Reference → state of every page at the provider, each asked for once."""
    pages = list(SandboxCheckout.objects.all())
    by_reference = {page.request["reference"]: page.state for page in pages}
    assert len(by_reference) == len(pages)
    return by_reference


def is_paid_and_unsold(**_facts: Any) -> bool:
    paid = {reference for reference, state in far_side().items() if state == PAID}
    return paid != set(Sale.objects.values_list("order__number", flat=True))


def put_into_a_basket(stall: Stall) -> Facts:
    the_provider()
    click = a_click(stall.affiliate, stall.parcel)
    return {"basket": stall.basket().pk, "link": click.link_id}


def buy(*, basket: int, link: int) -> None:
    """The whole way of one buyer: confirm, pay on the provider's page, come back."""
    checkout = place_order(
        basket=Basket.objects.get(pk=basket),
        contact=SARA,
        address=RIYADH,
        clicks=[SignedClick(uuid.uuid4(), link, "whatsapp", now())],
    )
    the_buyer_pays(checkout)
    assert complete_attempt(reference=checkout.attempt_reference)


def buy_and_say(*, parcel: int, download: int, say: Callable[[str, str], None]) -> None:
    """A basket and all of the above, saying what the market has promised so far."""
    listings = Listing.objects.in_bulk([parcel, download])
    basket = a_basket(listings[parcel], listings[download])
    checkout = place_order(basket=basket, contact=SARA, address=RIYADH)
    say("placed", checkout.attempt_reference)
    the_buyer_pays(checkout)
    assert complete_attempt(reference=checkout.attempt_reference)
    say("sold", checkout.attempt_reference)


def bought_once(*, basket: int, link: int) -> None:
    checkout = Checkout.objects.get(order__basket_id=basket)
    sold_once(reference=checkout.attempt_reference)


def sold_once(*, reference: str, **_more: Any) -> None:
    """Charged once, sold once, earned once, granted once, told once."""
    attempt = PaymentAttempt.objects.get(reference=reference)
    assert attempt.state == PaymentAttempt.State.COMPLETED
    assert far_side()[reference] == PAID
    charged = SandboxEvent.objects.filter(type="checkout.paid", data__reference=reference)
    assert charged.count() == 1
    sale = Sale.objects.get(order__number=reference)
    assert sale.commission_minor > 0
    assert Grant.objects.filter(order_line__order=sale.order).count() == 1
    for topic in ("mail.receipt", "mail.sold"):
        told = OutboxMessage.objects.filter(topic=topic)
        assert told.filter(done_at=None).count() == 0
        assert told.count() == Sale.objects.count()


def pay_unheard(stall: Stall) -> Facts:
    """Paid at the provider, whose news is still on its way."""
    the_provider(holds_events=True)
    checkout = stall.order()
    the_buyer_pays(checkout)
    event = SandboxEvent.objects.get(data__reference=checkout.attempt_reference)
    return {"event": event.pk, "reference": checkout.attempt_reference}


def hear(*, event: int, reference: str) -> None:
    """The provider tells us over HTTP, and the worker answers."""
    payload = body_of(SandboxEvent.objects.get(pk=event))
    answer = Client().post(
        "/webhooks/sandbox/",
        payload,
        content_type="application/json",
        headers={SIGNATURE_HEADER: sign(payload)},
    )
    assert answer.status_code == 200
    assert WebhookEvent.objects.filter(payload__reference=reference).count() == 1
    handle_due_events()


CHECKOUT = Story("checkout", put_into_a_basket, buy, bought_once, is_paid_and_unsold)
WEBHOOK = Story("webhook", pay_unheard, hear, sold_once, is_paid_and_unsold)
