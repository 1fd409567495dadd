"""Everybody wants the last ones, over HTTP: exactly those are sold, the rest read why not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.db import connections

from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payments.models import SandboxCheckout
from creatorhub.payments.sandbox import provider
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Checkout, Sale
from creatorhub.shops.models import Listing
from tests.databases import CommittedDatabase
from tests.factories.sales import product_of, stock_of
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.storefront import PARCEL
from tests.figures import Figures
from tests.live_market import LiveMarket, serve
from tests.races.crowd import Answer, Person, all_at_once, people

LINES, WORKERS = 64, 4
TO_THE_PAYMENT_PAGE, SOLD_OUT = "/sandbox/pay/", "Somebody was faster"


def fill_the_basket(person: Person, listing: Listing) -> dict[str, str]:
    """Put one in and open the checkout; returns what its form carries."""
    variant = product_of(listing).variant.pk
    person.post("/en/basket/add/", {"variant": variant, "go": "checkout"})
    page = person.get("/en/checkout/")
    assert page.status == 200, page.text[:500]
    return page.hidden_fields


def confirm(person: Person, carried: dict[str, str]) -> Answer:
    """Press the button; where the basket is shown again, read it."""
    answer = person.post("/en/checkout/", PARCEL | carried)
    if answer.status == 302 and TO_THE_PAYMENT_PAGE not in answer.location:
        answer = person.get(answer.location)
    person.hang_up()
    return answer


def what_they_see(answer: Answer) -> str:
    if TO_THE_PAYMENT_PAGE in answer.location:
        return "placed"
    if SOLD_OUT in answer.text:
        return "sold out"
    return f"{answer.status}: {answer.text[:300]}"


def rush(market: LiveMarket, listing: Listing, shoppers: int) -> Counter[str]:
    """All stand at the counter before the first one may confirm."""
    crowd = people(market.url, shoppers)
    forms = all_at_once(LINES, lambda person: fill_the_basket(person, listing), crowd)
    answers = all_at_once(LINES, lambda one: confirm(*one), zip(crowd, forms, strict=True))
    return Counter(map(what_they_see, answers))


@pytest.mark.parametrize(
    ("shoppers", "left"), [(50, 5), pytest.param(500, 50, marks=pytest.mark.long)]
)
def test_the_last_ones_are_sold_once(
    committed_database: CommittedDatabase,
    tmp_path: Path,
    figures: Figures,
    shoppers: int,
    left: int,
) -> None:
    listing = a_published_listing(shop=a_shop(), stock=left)
    with serve(committed_database, tmp_path, workers=WORKERS, TRUSTED_PROXY_COUNT="1") as market:
        seen = rush(market, listing, shoppers)
        connections.close_all()
    assert seen == {"placed": left, "sold out": shoppers - left}
    assert stock_of(listing) == (left, left)
    for page in SandboxCheckout.objects.all():
        provider.pay(public_id=page.public_id)
    while handle_due_events():
        pass
    assert Checkout.objects.count() == Sale.objects.count() == left
    check_invariants()
    figures(f"{shoppers} shoppers on {LINES} lines for the last {left}: {dict(seen)}")


def test_with_oscars_own_allocation_more_are_sold_than_there_are(
    committed_database: CommittedDatabase, tmp_path: Path
) -> None:
    """The control: the same rush on a market that holds stock as Oscar does."""
    listing = a_published_listing(shop=a_shop(), stock=5)
    with serve(
        committed_database,
        tmp_path,
        workers=2,
        application="tests.races.careless_wsgi:application",
        CARELESS="stock",
        TRUSTED_PROXY_COUNT="1",
    ) as market:
        seen = rush(market, listing, 30)
        connections.close_all()
    assert seen["placed"] > 5
