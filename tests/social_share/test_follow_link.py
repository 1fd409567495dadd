"""Following a link: where it leads, what is recorded, what the visitor carries away."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse

from creatorhub.shops.services.write_listing import archive_listing
from creatorhub.social_share import touch_cookie
from creatorhub.social_share.models import Click
from creatorhub.social_share.services import disable_link, enable_link, link_for
from tests.factories.accounts import a_party
from tests.factories.affiliates import owner_of, signed_in
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.social_share import INSTAGRAM, a_link, a_visitor

pytestmark = pytest.mark.django_db


def carried(client) -> list[int]:
    """The links whose clicks a visitor carries in the cookie."""
    request = HttpRequest()
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return [click.link_id for click in touch_cookie.read(request)]


@pytest.fixture
def link():
    return a_link(sharer=a_party())


def test_case_001_a_person_is_led_on_and_carries_a_signed_click(link, settings):
    settings.HTTPS = True
    visitor = a_visitor()
    answer = visitor.get(f"/s/{link.code}")
    cookie = answer.cookies["touches"]
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "private, no-store"
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert Click.objects.get().klass == "human"
    assert carried(visitor) == [link.pk]


def test_case_002_a_head_request_is_led_on_and_leaves_nothing(link):
    answer = a_visitor().head(f"/s/{link.code}")
    assert answer.status_code == 302
    assert not answer.cookies
    assert not Click.objects.exists()


def test_case_013_five_clicks_in_an_hour_are_five_hits_of_one_person(link):
    visitor = a_visitor()
    for _ in range(5):
        visitor.get(f"/s/{link.code}")
    classes = list(Click.objects.order_by("at").values_list("klass", flat=True))
    assert classes == ["human", *["duplicate"] * 4]
    assert len(carried(visitor)) == 5


def test_case_014_two_devices_that_look_alike_have_clicks_of_their_own(link):
    one, other = a_visitor(), a_visitor()
    one.get(f"/s/{link.code}")
    other.get(f"/s/{link.code}")
    assert Click.objects.values("id").distinct().count() == 2
    assert carried(one) == carried(other) == [link.pk]


def test_case_015_the_shop_itself_and_the_sharer_are_not_visitors(link):
    owner, sharer = signed_in(owner_of(link.shop)), signed_in(link.sharer)
    for browser, address in (
        (owner, f"/s/{link.code}"),
        (sharer, f"/s/{link.code}"),
        (a_visitor(), f"/s/{link.code}?no-track"),
    ):
        browser.get(address, headers={"User-Agent": INSTAGRAM})
        assert carried(browser) == []
    assert set(Click.objects.values_list("klass", "reason")) == {
        ("internal", "shop_owner"),
        ("internal", "own_link"),
        ("internal", "no_track"),
    }


def test_case_016_an_unknown_code_gets_a_page_that_helps(link):
    answer = a_visitor().get("/s/ZZZZZZZZZZ")
    assert answer.status_code == 404
    assert reverse("storefront:market") in answer.text


def test_case_017_a_disabled_link_leads_on_and_credits_nobody(link):
    disable_link(link=link)
    visitor = a_visitor()
    assert visitor.get(f"/s/{link.code}")["Location"].endswith(f"/{link.listing.slug}/")
    assert carried(visitor) == []
    enable_link(link=link)
    visitor.get(f"/s/{link.code}")
    assert carried(visitor) == [link.pk]


def test_case_018_a_product_that_is_gone_leads_to_its_shop(link):
    archive_listing(listing=link.listing)
    answer = a_visitor().get(f"/s/{link.code}")
    assert answer["Location"].endswith(f"/@{link.shop.handle}/")


def test_a_shop_that_is_gone_leads_to_the_market(link):
    link.shop.state = "closed"
    link.shop.save()
    assert a_visitor().get(f"/s/{link.code}")["Location"] in {"/ar/", "/en/"}


def test_case_019_look_alikes_and_small_letters_are_read_as_meant(link):
    typed = link.code.replace("0", "o").replace("1", "l").lower()
    assert a_visitor().get(f"/s/{typed}").status_code == 302
    assert a_visitor().get(f"/s/{link.code}/").status_code == 302


def test_case_020_a_link_never_leads_elsewhere(link):
    answer = a_visitor().get(f"/s/{link.code}?next=https://evil.example/&url=https://evil.example/")
    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"]


def test_case_021_a_visitor_is_led_on_when_nothing_can_be_recorded(link):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE social_share_click RENAME TO gone")
    answer = a_visitor().get(f"/s/{link.code}")
    assert answer.status_code == 302
    assert "touches" not in answer.cookies


def test_case_027_a_redirect_is_never_permanent(link):
    for slug in (link.code, f"{link.code}-wa", f"{link.code}/", link.code.lower()):
        assert a_visitor().get(f"/s/{slug}").status_code == 302


@pytest.mark.parametrize(
    ("cookie", "wished", "language"),
    [("en", "ar", "en"), ("", "ar-EG,ar;q=0.9", "ar"), ("", "fr-FR", "ar"), ("xx", "", "ar")],
)
def test_the_language_is_chosen_then_wished_then_the_shops(cookie, wished, language):
    link = a_link(listing=a_published_listing(shop=a_shop(language="ar")))
    visitor = a_visitor()
    if cookie:
        visitor.cookies["django_language"] = cookie
    answer = visitor.get(f"/s/{link.code}", headers={"Accept-Language": wished})
    assert answer["Location"].startswith(f"/{language}/")


def test_a_link_to_a_shop_leads_to_the_shop():
    shop = a_shop()
    link = link_for(sharer=None, shop=shop)
    assert a_visitor().get(f"/s/{link.code}")["Location"].endswith(f"/@{shop.handle}/")


def test_everybody_has_one_link_to_a_thing(link):
    assert link_for(sharer=link.sharer, listing=link.listing) == link
    assert link_for(sharer=None, listing=link.listing) != link
    with pytest.raises(ValueError, match="leads to"):
        link_for(sharer=None)
