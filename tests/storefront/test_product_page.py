"""The page of one thing: what can be chosen, what is promised, who earns, what is gone."""

from __future__ import annotations

import re
import uuid

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from creatorhub.foundation.clock import now
from creatorhub.shops.models import Listing
from creatorhub.shops.services.set_variants import VariantDraft, set_variants
from creatorhub.shops.services.write_listing import archive_listing, unpublish_listing
from creatorhub.social_share import touch_cookie
from creatorhub.social_share.services import link_for
from tests.factories.sales import an_affiliate
from tests.factories.shops import (
    a_download_listing,
    a_listing_with_variants,
    a_published_listing,
    a_shop,
    money,
    with_picture,
)
from tests.factories.storefront import a_shopper

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return a_shopper()


def page_of(visitor: Client, listing: Listing) -> str:
    return str(visitor.get(english(listing)).content.decode())


def english(listing: Listing) -> str:
    return listing.get_absolute_url().replace("/ar/", "/en/", 1)


def carry_click(visitor: Client, listing: Listing, *, shop_of_link: Listing | None = None) -> None:
    """The visitor came through an affiliate's link a moment ago."""
    affiliate = an_affiliate(listing.shop, rate_bps=2000)
    link = link_for(sharer=affiliate, listing=shop_of_link or listing)
    click = touch_cookie.SignedClick(uuid.uuid4(), link.pk, "whatsapp", now())
    answer = HttpResponse()
    touch_cookie.write(answer, touch_cookie.Touches("visitor", (click,)))
    visitor.cookies[touch_cookie.NAME] = answer.cookies[touch_cookie.NAME].value


def test_looking_at_a_product_sets_no_cookie(visitor: Client) -> None:
    page_of(visitor, with_picture(a_published_listing()))
    assert settings.OSCAR_BASKET_COOKIE_OPEN not in visitor.cookies
    assert settings.CSRF_COOKIE_NAME not in visitor.cookies
    assert settings.SESSION_COOKIE_NAME not in visitor.cookies


def test_a_sold_out_variant_cannot_be_chosen_and_says_so(visitor: Client) -> None:
    listing = a_listing_with_variants(stocks=(0, 4))
    page = visitor.get(english(listing)).context["page"]
    assert [choice.is_sold_out for choice in page.choices] == [True, False]
    assert page.chosen is page.choices[1]
    assert "Sold out" in page_of(visitor, listing)


def test_the_variant_in_the_address_is_chosen(visitor: Client) -> None:
    listing = a_listing_with_variants(stocks=(3, 4))
    second = listing.variants.filter(is_offered=True)[1]
    page = visitor.get(english(listing), {"variant": second.pk}).context["page"]
    assert page.chosen.variant == second
    assert visitor.get(english(listing), {"variant": "²"}).status_code == 200


def test_different_prices_are_shown_beside_the_choice(visitor: Client) -> None:
    listing = a_listing_with_variants(stocks=(3, 4), price=10_000)
    drafts = [
        VariantDraft(
            price=money(price, listing.shop), stock=3, options=variant.options, pk=variant.pk
        )
        for variant, price in zip(
            listing.variants.filter(is_offered=True), (10_000, 15_000), strict=True
        )
    ]
    set_variants(listing=listing, variants=drafts)
    page = page_of(visitor, listing)
    assert "SAR\u00a0150" in page
    assert "and up" in page


def test_nothing_left_takes_the_button_away(visitor: Client) -> None:
    page = page_of(visitor, a_published_listing(stock=0))
    assert "Sold out" in page
    assert "Buy now" not in page


def test_only_few_left_is_said_only_when_true(visitor: Client) -> None:
    assert "Only 2 left" in page_of(visitor, a_published_listing(stock=2))
    for enough in (50, None):
        page = page_of(visitor, a_published_listing(stock=enough))
        assert re.search(r"Only \d+ left", page) is None


def test_promises_are_what_the_shop_does(visitor: Client) -> None:
    shop = a_shop()
    shop.ship_within_days, shop.refund_window_days = 3, 30
    shop.shipping_flat_minor, shop.shipping_free_above_minor = 2_000, 20_000
    shop.save()
    page = page_of(visitor, a_published_listing(shop=shop))
    for words in ("Sent within 3 days", "30 days to ask for your money back", "SAR\u00a020"):
        assert words in page
    file = page_of(visitor, a_download_listing(shop=shop))
    assert "Sent within" not in file
    assert "Yours right after paying" in file


def test_the_price_before_is_shown_only_when_it_was_higher(visitor: Client) -> None:
    listing = a_published_listing(price=7_900)
    variant = listing.variants.get()
    variant.compare_at_minor = 11_900
    variant.save()
    page = page_of(visitor, listing)
    assert "SAR\u00a0119" in page
    assert "SAR\u00a040" in page
    variant.compare_at_minor = 7_000
    variant.save()
    assert "Save" not in page_of(visitor, listing)


def test_who_earns_is_said_before_anybody_buys(visitor: Client) -> None:
    listing = a_published_listing()
    carry_click(visitor, listing)
    page = page_of(visitor, listing)
    assert "Noor" in page
    assert "at no extra cost to you" in page


def test_a_link_to_one_shop_earns_nothing_in_another(visitor: Client) -> None:
    listing = a_published_listing()
    carry_click(visitor, listing)
    assert "no extra cost" not in page_of(visitor, a_published_listing())


def test_without_a_link_nobody_is_named(visitor: Client) -> None:
    assert "no extra cost" not in page_of(visitor, a_published_listing())


def test_what_is_no_longer_sold_leads_to_the_shop(visitor: Client) -> None:
    listing = a_published_listing(title="Teapot")
    archive_listing(listing=listing)
    answer = visitor.get(english(listing))
    assert answer.status_code == 410
    assert "no longer for sale" in answer.content.decode()
    assert listing.shop.handle in answer.content.decode()


def test_a_draft_was_never_here(visitor: Client) -> None:
    listing = a_published_listing()
    unpublish_listing(listing=listing)
    assert visitor.get(english(listing)).status_code == 404
    assert visitor.get(f"/en/@{listing.shop.handle}/never-there/").status_code == 404


def test_what_people_wrote_is_shown_as_text_not_run(visitor: Client) -> None:
    listing = a_published_listing(
        title="<script>alert(1)</script>", description="<p onclick=x>ok<script>evil()</script></p>"
    )
    page = page_of(visitor, listing)
    assert "<script>alert(1)" not in page
    assert "evil()" not in page
