"""What networks read: preview pages of links, and the heads of pages."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory

from creatorhub.shops.models import Variant
from creatorhub.shops.services.write_listing import archive_listing
from creatorhub.social_share.head import JsonLd, head_of
from creatorhub.social_share.models import Click
from tests.factories.accounts import a_party
from tests.factories.shops import a_published_listing, a_shop, with_picture
from tests.factories.social_share import FACEBOOK_PREVIEW, a_link, a_visitor

pytestmark = pytest.mark.django_db

NASTY = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def previewer():
    return a_visitor(FACEBOOK_PREVIEW)


def metas(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))


def data_of(html: str) -> list[dict]:
    return [
        json.loads(block)
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    ]


def head_html(shared) -> str:
    template = Template("{% load sharing %}{% head_meta shared %}")
    return template.render(Context({"shared": shared}))


def test_case_003_a_previewer_gets_a_page_and_no_cookie(previewer):
    link = a_link(sharer=a_party(), listing=with_picture(a_published_listing(title="Lamp")))
    answer = previewer.get(f"/s/{link.code}-wa")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"
    assert "http-equiv" not in answer.text
    assert metas(answer.text)["og:title"] == "Lamp"
    assert Click.objects.get().klass == "preview"


def test_case_022_a_stampede_of_previews_writes_one_row(previewer):
    link = a_link()
    for _ in range(50):
        assert previewer.get(f"/s/{link.code}").status_code == 200
    assert Click.objects.count() == 1


def test_made_up_channels_share_the_previews_of_none(previewer):
    link = a_link()
    for number in range(20):
        answer = previewer.get(f"/s/{link.code}-{number}{'x' * 200}")
        assert metas(answer.text)["og:url"].endswith(f"/s/{link.code}")
    assert Click.objects.count() == 1


def test_case_103_the_address_is_the_link_on_its_preview_and_the_product_on_its_page(
    previewer, settings
):
    link = a_link()
    preview = previewer.get(f"/s/{link.code}-wa").text
    assert metas(preview)["og:url"] == f"{settings.BASE_URL}/s/{link.code}-wa"
    product = f"{settings.BASE_URL}/en/@{link.shop.handle}/{link.listing.slug}/"
    assert f'<link rel="canonical" href="{product}">' in preview
    head = head_of(link.listing, "en")
    assert head.og_url == head.canonical == product


def test_a_preview_of_something_gone_shows_the_shop(previewer):
    link = a_link()
    archive_listing(listing=link.listing)
    assert metas(previewer.get(f"/s/{link.code}").text)["og:title"] == link.shop.name


def test_a_preview_of_a_shop_that_is_gone_says_nothing_about_it(previewer):
    link = a_link()
    link.shop.state = "closed"
    link.shop.save()
    answer = previewer.get(f"/s/{link.code}")
    assert answer.status_code == 200
    assert link.shop.name not in answer.text


def test_case_100_nothing_a_seller_types_gets_out_of_its_place(previewer):
    listing = a_published_listing(title=f"Lamp {NASTY}", lead=f"Bright {NASTY}")
    for html in (previewer.get(f"/s/{a_link(listing=listing).code}").text, head_html(listing)):
        assert "<script>alert" not in html
        assert data_of(html)[0]["name"] == f"Lamp {NASTY}"


def test_case_100_long_words_are_cut_between_letters_people_see():
    family = "👨‍👩‍👧‍👦"
    listing = a_published_listing(title=family * 28, lead=family * 34)
    listing.title, listing.lead = family * 200, family * 200
    head = head_of(listing, "en")
    assert head.title == family * 89 + "…"
    assert head.summary == family * 179 + "…"


def test_case_104_structured_data_says_what_the_page_says():
    listing = a_published_listing(price=12_345, stock=2)
    product, trail = data_of(head_html(listing))
    assert product["offers"]["price"] == "123.45"
    assert product["offers"]["priceCurrency"] == "SAR"
    assert product["offers"]["availability"] == "https://schema.org/InStock"
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]


def test_case_104_sold_out_is_out_of_stock():
    listing = a_published_listing(stock=0)
    assert data_of(head_html(listing))[0]["offers"]["availability"].endswith("OutOfStock")


def test_something_without_a_variant_on_offer_has_no_price():
    listing = a_published_listing()
    Variant.objects.filter(listing=listing).update(is_offered=False)
    assert "offers" not in data_of(head_html(listing))[0]


def test_a_shop_is_a_profile():
    shop = a_shop(language="ar")
    [profile] = data_of(head_html(shop))
    assert profile["@type"] == "ProfilePage"
    assert profile["mainEntity"]["alternateName"] == f"@{shop.handle}"


def test_structured_data_cannot_end_its_element():
    words = JsonLd({"name": "</script><!-- & \u2028"}).__html__()
    assert not set("<>&\u2028") & set(words)
    assert json.loads(words)["name"] == "</script><!-- & \u2028"


def test_a_previewer_that_only_asks_whether_gets_a_redirect(rf: RequestFactory, previewer):
    assert previewer.head(f"/s/{a_link().code}").status_code == 302
