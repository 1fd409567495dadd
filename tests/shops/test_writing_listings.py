"""A listing's words, prices and choices, and Oscar's products behind them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from creatorhub.money import Money, MoneyError
from creatorhub.shops.models import Listing
from creatorhub.shops.selectors import (
    find_listing,
    listing_cards,
    price_of,
    published_listings,
    stock_of,
    variants_of,
)
from creatorhub.shops.services.write_listing import (
    ListingError,
    VariantDraft,
    archive_listing,
    create_listing,
    publish_listing,
    set_variants,
    unpublish_listing,
    update_listing,
)
from tests.factories.shops import (
    a_download_listing,
    a_listing,
    a_listing_with_variants,
    a_published_listing,
    a_shop,
    with_picture,
)

pytestmark = pytest.mark.django_db


def test_a_draft_is_seen_by_nobody_until_published_and_never_after() -> None:
    listing = a_listing()
    assert not published_listings().exists()

    publish_listing(listing=listing)
    assert find_listing(handle=listing.shop.handle, slug=listing.slug) == listing
    assert Product.objects.get(listing=listing).is_public
    unpublish_listing(listing=listing)
    assert not published_listings().exists()
    publish_listing(listing=listing)
    archive_listing(listing=listing)
    assert not published_listings().exists()


def test_a_closed_or_taken_down_shop_shows_nothing() -> None:
    listing = a_published_listing()
    listing.shop.state = "closed"
    listing.shop.save()

    assert not published_listings().exists()


def test_what_is_missing_is_said_before_publishing() -> None:
    shop = a_shop()
    free = create_listing(shop=shop, way="own_products", title="Mug", price=Money(0, "SAR"))
    untitled = create_listing(shop=shop, way="own_products", title="", price=Money(100, "SAR"))
    bare = a_listing(shop=shop)
    bare.variants.update(is_offered=False)
    for listing in (free, untitled, bare):
        with pytest.raises(ListingError):
            publish_listing(listing=listing)
    assert a_download_listing(shop=shop, price=0).is_published


def test_staff_s_take_down_is_not_undone_by_the_creator() -> None:
    listing = a_published_listing()
    Listing.objects.filter(pk=listing.pk).update(state="taken_down")
    listing.refresh_from_db()

    for move in (publish_listing, unpublish_listing, archive_listing):
        with pytest.raises(ListingError):
            move(listing=listing)


def test_slugs_speak_arabic_and_never_meet() -> None:
    shop = a_shop()
    slugs = [
        a_listing(shop=shop, title=title).slug for title in ("إسوارة فضة", "إسوارة فضة", "!!!")
    ]

    assert slugs[:2] == ["إسوارة-فضة", "إسوارة-فضة-2"]
    assert slugs[2]
    assert a_listing(title="posts").slug == "posts-2"


def test_the_address_follows_the_title_only_until_somebody_has_it() -> None:
    listing = a_listing(title="Lamb")
    assert update_listing(listing=listing, title="Lamp").slug == "lamp"
    publish_listing(listing=listing)
    assert update_listing(listing=listing, title="Copper lamp").slug == "lamp"


def test_html_is_cleaned_tags_are_tidied_and_the_version_rises() -> None:
    listing = a_listing()
    update_listing(
        listing=listing, description="<p onclick=x>Hi</p><script>1</script>", tags=[" a ", "A", ""]
    )

    assert (listing.description, listing.tags, listing.version) == ("<p>Hi</p>", ["a"], 2)
    with pytest.raises(TypeError):
        update_listing(listing=listing, state="published")


def test_one_product_becomes_several_and_its_variant_keeps_its_row() -> None:
    listing = a_listing(price=5000, stock=3)
    [only] = variants_of(listing)
    colours = [
        VariantDraft(pk=only.pk, price=Money(5000, "SAR"), stock=2, options={"Colour": "Blue"}),
        VariantDraft(price=Money(6000, "SAR"), stock=None, options={"Colour": "Red"}, sku="R1"),
    ]
    set_variants(listing=listing, variants=colours)

    listing.product.refresh_from_db()
    blue, red = variants_of(listing)
    assert listing.product.structure == Product.PARENT
    assert not StockRecord.objects.filter(product=listing.product).exists()
    assert (blue.pk, stock_of(blue), stock_of(red)) == (only.pk, 2, None)
    set_variants(listing=listing, variants=[VariantDraft(pk=red.pk, price=Money(1, "SAR"))])
    assert [variant.pk for variant in variants_of(listing)] == [red.pk]
    assert listing.variants.count() == 2, "orders may name the blue one"


def test_stock_is_what_is_left_beside_what_was_promised_to_others() -> None:
    listing = a_listing(stock=5)
    [variant] = variants_of(listing)
    StockRecord.objects.filter(product=variant.product).update(num_allocated=2)
    set_variants(
        listing=listing, variants=[VariantDraft(pk=variant.pk, price=Money(1, "SAR"), stock=4)]
    )
    record = StockRecord.objects.get(product=variant.product)
    assert (record.num_in_stock, stock_of(variants_of(listing)[0])) == (6, 4)

    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=3)
    draft = VariantDraft(pk=variant.pk, price=Money(2, "SAR"), stock=99, keeps_stock=True)
    set_variants(listing=listing, variants=[draft])
    assert stock_of(variants_of(listing)[0]) == 1


@pytest.mark.parametrize("price", [Money(100, "USD"), Money(-1, "SAR")])
def test_a_foreign_or_negative_price_changes_nothing(price: Money) -> None:
    listing = a_listing()
    with pytest.raises(MoneyError):
        set_variants(listing=listing, variants=[VariantDraft(price=price)])

    assert price_of(variants_of(listing)[0]) == Money(10_000, "SAR")


def test_cards_cost_the_same_however_many_there_are() -> None:
    shop = a_shop()
    counts = []
    for more in (1, 6):
        for _number in range(more):
            with_picture(a_listing_with_variants(shop=shop))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            cards = listing_cards(published_listings())
        counts.append(len(queries))
    assert len(cards) == 7
    assert all(card.picture and card.picture.srcset for card in cards)
    assert counts[0] == counts[1] <= 6


def test_a_card_says_price_range_before_and_what_is_left() -> None:
    listing = a_published_listing(price=7900, stock=0)
    set_variants(
        listing=listing,
        variants=[
            VariantDraft(
                price=Money(7900, "SAR"), stock=0, options={"S": "1"}, compare_at=Money(9900, "SAR")
            ),
            VariantDraft(price=Money(8900, "SAR"), stock=0, options={"S": "2"}),
        ],
    )
    [card] = listing_cards(published_listings())

    assert (card.price, card.compare_at) == (Money(7900, "SAR"), Money(9900, "SAR"))
    assert card.has_price_range
    assert card.is_sold_out
