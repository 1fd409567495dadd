"""A Shopify export becomes a shop, and imported again it updates instead of doubling."""

from __future__ import annotations

from pathlib import Path

import pytest

from creatorhub.money import Money
from creatorhub.outbox.models import OutboxMessage
from creatorhub.shops.models import ImportRun, Listing, Shop
from creatorhub.shops.selectors import price_of, stock_of, variants_of
from creatorhub.shops.services.import_products.check_import import check_import
from creatorhub.shops.services.import_products.run_import import (
    RUN_IMPORT,
    continue_import,
    start_import,
)
from tests.factories.shops import a_shop
from tests.shops.shopify import BRACELET, PLAIN, SAMPLES, shopify_csv

pytestmark = pytest.mark.django_db


def import_all(shop: Shop, raw: bytes, filename: str = "products.csv") -> ImportRun:
    """Check, start, and handle the steps as the worker does."""
    run = check_import(shop=shop, filename=filename, raw=raw)
    start_import(run=run)
    for message in OutboxMessage.objects.filter(topic=RUN_IMPORT, payload__run=run.pk):
        continue_import(message)
    run.refresh_from_db()
    return run


def test_a_product_arrives_with_its_words_price_and_state() -> None:
    run = import_all(a_shop(), shopify_csv(PLAIN))

    listing = Listing.objects.get(shop=run.shop)
    [variant] = variants_of(listing)
    assert (listing.title, listing.kind, listing.tags) == (
        "Copper Lamp",
        "Indoor",
        ["Copper", "Bedroom"],
    )
    assert listing.description == "<p>Warm light</p>"
    assert listing.is_published
    assert listing.language == "en"
    assert price_of(variant) == Money(5999, "SAR")
    assert variant.compare_at_minor == 7500
    assert stock_of(variant) is None, "a blank tracker means untracked, whatever the quantity"
    assert run.state == ImportRun.State.DONE
    assert (run.created_count, run.updated_count, run.problems) == (1, 0, [])


def test_variants_stock_and_picture_only_rows() -> None:
    run = import_all(a_shop(), shopify_csv(*BRACELET))

    blue, black = variants_of(Listing.objects.get(shop=run.shop))
    assert blue.options == {"Color": "Blue"}
    assert black.options == {"Color": "Black"}
    assert (stock_of(blue), stock_of(black)) == (2, 0)
    assert price_of(black) == Money(4299, "SAR")
    fetches = OutboxMessage.objects.filter(topic="shops.fetch_picture").order_by("id")
    assert [m.payload["url"][-6:] for m in fetches] == ["/1.jpg", "/2.jpg", "/3.jpg", "ue.jpg"]
    assert fetches[3].payload["variant"] == blue.pk
    assert run.pictures_total == 4


def test_importing_again_updates_and_keeps_what_the_file_does_not_say() -> None:
    shop = a_shop()
    import_all(shop, shopify_csv(*BRACELET, PLAIN))
    dearer = [BRACELET[0] | {"Variant Price": "50", "Title": "Chain"}, *BRACELET[1:]]
    again = import_all(shop, shopify_csv(*dearer))

    assert (again.created_count, again.updated_count) == (0, 1)
    assert Listing.objects.filter(shop=shop).count() == 2
    chain = Listing.objects.get(shop=shop, import_handle="chain")
    assert chain.title == "Chain"
    assert [price_of(v).minor for v in variants_of(chain)] == [5000, 4299]
    assert chain.variants.count() == 2


def test_a_product_that_comes_in_sizes_later_drops_the_one_without() -> None:
    shop = a_shop()
    import_all(shop, shopify_csv(PLAIN))
    sizes = [
        PLAIN | {"Option1 Name": "Size", "Option1 Value": "S"},
        {"Handle": "lamp", "Option1 Value": "L", "Variant Price": "70"},
    ]
    import_all(shop, shopify_csv(*sizes))

    listing = Listing.objects.get(shop=shop)
    assert [variant.name for variant in variants_of(listing)] == ["S", "L"]


def test_rows_of_a_product_may_lie_apart_and_skus_may_repeat() -> None:
    rows = [BRACELET[0], PLAIN | {"Variant SKU": "A1"}, BRACELET[1] | {"Variant SKU": "A1"}]
    run = import_all(a_shop(), shopify_csv(*rows))

    assert run.products_done == 2
    assert run.problems == []
    assert len(variants_of(Listing.objects.get(import_handle="chain"))) == 2


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"Published": "false"}, "draft"),
        ({"Published": "true", "Status": "draft"}, "draft"),
        ({"Published": "", "Status": "active"}, "published"),
        ({"Published": ""}, "draft"),
        ({"Variant Requires Shipping": "false"}, "draft"),
    ],
)
def test_what_decides_whether_it_is_shown(facts: dict[str, str], state: str) -> None:
    columns = list(PLAIN) + (["Status"] if "Status" in facts else [])
    run = import_all(a_shop(), shopify_csv(PLAIN | facts, columns=columns))

    assert Listing.objects.get(shop=run.shop).state == state


@pytest.mark.parametrize(
    ("currency", "price", "minor"),
    [("KWD", "42.99", 42990), ("KWD", "1.255", None), ("JPY", "42.99", None), ("JPY", "42", 42)],
)
def test_prices_follow_the_step_of_the_currency(
    currency: str, price: str, minor: int | None
) -> None:
    run = import_all(a_shop(currency=currency), shopify_csv(PLAIN | {"Variant Price": price}))

    prices = [
        price_of(v).minor for x in Listing.objects.filter(shop=run.shop) for v in variants_of(x)
    ]
    assert prices == ([minor] if minor else [])
    assert {p["code"] for p in run.problems} == (set() if minor else {"price_too_fine"})


@pytest.mark.skipif(not SAMPLES, reason="Shopify's sample exports are not beside the repository")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_real_exports_import_whole_and_twice_the_same(sample: Path) -> None:
    shop = a_shop(currency="USD")
    run = import_all(shop, sample.read_bytes(), sample.name)
    again = import_all(shop, sample.read_bytes(), sample.name)

    assert run.products_done == run.products_total == run.created_count > 0
    assert run.problems == again.problems == []
    assert (again.created_count, again.updated_count) == (0, run.created_count)
    listings = Listing.objects.filter(shop=shop)
    assert listings.count() == run.created_count
    assert all(listing.is_published and variants_of(listing) for listing in listings)
