"""Fifty buyers at once for the last five: five get one. Oscar's own allocation sells more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from oscar.apps.partner.models import StockRecord

from creatorhub.operations.services.check_invariants import look_at_invariants
from creatorhub.sales import oscar
from creatorhub.sales.errors import SoldOutError
from creatorhub.sales.models import Checkout
from creatorhub.sales.services import place_order
from creatorhub.shops.models import Listing
from tests.databases import CommittedDatabase
from tests.factories.sales import RIYADH, a_basket, stock_of
from tests.factories.shops import a_published_listing, a_shop
from tests.sales.test_placing_an_order import SARA

BUYERS, LEFT = 50, 5


def fifty_at_once(database: CommittedDatabase) -> tuple[Listing, list[Any]]:
    listing = a_published_listing(shop=a_shop(), stock=LEFT)
    baskets = [a_basket(listing) for _ in range(BUYERS)]

    def buyer(basket: Any) -> Callable[[], Checkout]:
        return lambda: place_order(basket=basket, contact=SARA, address=RIYADH)

    return listing, database.at_once(*(buyer(basket) for basket in baskets))


def test_exactly_five_are_sold_and_the_rest_are_told(
    committed_database: CommittedDatabase,
) -> None:
    listing, answers = fifty_at_once(committed_database)

    placed = [answer for answer in answers if isinstance(answer, Checkout)]
    refused = [answer for answer in answers if isinstance(answer, SoldOutError)]
    assert len(placed) == LEFT
    assert len(refused) == BUYERS - LEFT
    assert all(error.titles == [listing.title] for error in refused)
    assert stock_of(listing) == (LEFT, LEFT)
    assert all(finding.is_ok for finding in look_at_invariants())


def oscars_own(*, wanted: Mapping[int, int]) -> set[int]:
    """What Oscar does with the stock of an order: it adds without looking."""
    for record in StockRecord.objects.filter(pk__in=wanted).order_by("pk"):
        record.allocate(wanted[record.pk])
    return set()


def test_the_same_with_oscars_own_allocation_oversells(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without it, the test above would prove nothing."""
    monkeypatch.setattr(oscar, "hold_all", oscars_own)

    listing, answers = fifty_at_once(committed_database)

    placed = [answer for answer in answers if isinstance(answer, Checkout)]
    assert len(placed) > LEFT
    in_stock, held = stock_of(listing)
    assert in_stock is not None
    assert held > in_stock
    broken = {finding.invariant.name for finding in look_at_invariants() if not finding.is_ok}
    assert "offers.stock_out_of_bounds" in broken
