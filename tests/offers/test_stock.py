"""Stock moves by guarded updates, and each order line gives back only what it holds."""

from __future__ import annotations

import pytest
from oscar.apps.catalogue.models import Product, ProductClass
from oscar.apps.partner.models import StockRecord

from creatorhub.offers.goods.stock import (
    consume_stock,
    hold_again,
    hold_stock,
    is_tracked,
    release_stock,
)
from creatorhub.shops.models import Listing
from creatorhub.shops.oscar import Selector, is_offered, price_of
from tests.factories.sales import an_order, product_of, stock_of
from tests.factories.shops import (
    a_download_listing,
    a_listing,
    a_listing_with_variants,
    a_published_listing,
)

pytestmark = pytest.mark.django_db


def record_of(listing: Listing) -> StockRecord:
    record: StockRecord = product_of(listing).stockrecords.get()
    return record


def test_the_row_itself_refuses_more_than_it_has() -> None:
    listing = a_published_listing(stock=3)
    record = record_of(listing)
    assert record.num_allocated is None
    assert hold_stock(stockrecord_id=record.pk, quantity=2)
    assert not hold_stock(stockrecord_id=record.pk, quantity=2)
    assert hold_stock(stockrecord_id=record.pk, quantity=1)
    assert stock_of(listing) == (3, 3)


def test_releasing_or_consuming_twice_moves_it_once() -> None:
    listing = a_published_listing(stock=5)
    first, second = an_order((listing, 2)), an_order((listing, 1))
    for _ in range(2):
        release_stock(order_lines=first.order.lines.all())
    assert stock_of(listing) == (5, 1)
    for _ in range(2):
        consume_stock(order_lines=second.order.lines.all())
    assert stock_of(listing) == (4, 0)


def test_holding_again_names_what_is_gone() -> None:
    listing = a_published_listing(stock=2)
    order = an_order((listing, 2)).order
    release_stock(order_lines=order.lines.all())
    other = an_order(listing)
    assert hold_again(order_lines=order.lines.all()) == list(order.lines.all())
    release_stock(order_lines=other.order.lines.all())
    assert hold_again(order_lines=order.lines.all()) == []
    assert hold_again(order_lines=order.lines.all()) == []
    assert stock_of(listing) == (2, 2)


def test_untracked_goods_and_files_hold_nothing() -> None:
    assert not is_tracked(record_of(a_published_listing(stock=None)))
    assert not is_tracked(record_of(a_download_listing()))
    assert is_tracked(record_of(a_published_listing(stock=0)))


def test_only_offered_variants_of_published_listings_can_be_bought() -> None:
    strategy = Selector().strategy()

    def can_be_bought(listing: Listing) -> bool:
        info = strategy.fetch_for_product(product_of(listing))
        return bool(info.availability.is_available_to_buy)

    assert can_be_bought(a_published_listing(stock=1))
    assert can_be_bought(a_published_listing(stock=None))
    assert can_be_bought(a_download_listing())
    assert not can_be_bought(a_published_listing(stock=0))
    assert not can_be_bought(a_listing())
    taken_out = a_published_listing()
    taken_out.variants.update(is_offered=False)
    assert not can_be_bought(taken_out)
    closed = a_published_listing()
    closed.shop.state = "closed"
    closed.shop.save()
    assert not can_be_bought(Listing.objects.get(pk=closed.pk))


def test_what_is_no_listing_cannot_be_bought() -> None:
    loose = Product.objects.create(
        title="Loose", structure="standalone", product_class=ProductClass.objects.all()[0]
    )
    assert not is_offered(loose)


def test_a_listing_is_available_while_one_of_its_variants_is() -> None:
    strategy = Selector().strategy()
    some, none = a_listing_with_variants(stocks=(0, 2)), a_listing_with_variants(stocks=(0, 0))
    assert strategy.fetch_for_parent(some.product).availability.is_available_to_buy
    assert not strategy.fetch_for_parent(none.product).availability.is_available_to_buy


def test_a_variant_without_a_price_has_none() -> None:
    listing = a_published_listing(price=10_000)
    assert price_of(product_of(listing)) is not None
    product_of(listing).stockrecords.update(price=None)
    assert price_of(product_of(listing)) is None
    info = Selector().strategy().fetch_for_product(product_of(listing))
    assert not info.availability.is_available_to_buy
