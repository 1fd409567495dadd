"""Opening a shop on one page, and changing it later, part by part."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from creatorhub.money import Money
from creatorhub.shops.models import Shop
from tests.factories.accounts import a_user
from tests.factories.shops import a_shop, picture_bytes

pytestmark = pytest.mark.django_db

OPEN = "/en/studio/shop/open/"
SETTINGS = "/en/studio/shop/settings/"
FACTS = {
    "name": "مشغل ليان",
    "handle": "",
    "country": "KW",
    "currency": "",
    "brand_colour": "#a81c54",
}


@pytest.fixture
def creator(client: Client) -> Client:
    client.force_login(a_user())
    return client


@pytest.fixture
def shop(creator: Client) -> Shop:
    creator.post(OPEN, FACTS | {"handle": "layan.crafts"})
    return Shop.objects.get()


def test_a_name_and_a_country_are_enough(creator: Client) -> None:
    answer = creator.post(OPEN, FACTS, follow=True)

    shop = Shop.objects.get()
    assert (shop.name, shop.currency, shop.language) == ("مشغل ليان", "KWD", "en")
    assert shop.handle.isascii()
    assert answer.redirect_chain == [("/en/studio/shop/welcome/", 302)]
    assert f"/@{shop.handle}/" in answer.content.decode()


def test_the_page_says_what_is_true_here(creator: Client) -> None:
    page = creator.get(OPEN).content.decode()

    assert "We keep <bdi>10%</bdi>" in page
    assert "every Thursday" in page
    assert "play money" in page


@pytest.mark.parametrize(
    "mistake",
    [
        {"name": ""},
        {"handle": "admin"},
        {"handle": "a b"},
        {"country": "ZZ"},
        {"currency": "XXX"},
        {"brand_colour": "red;}"},
    ],
)
def test_a_mistake_keeps_what_was_typed(creator: Client, mistake: dict[str, str]) -> None:
    answer = creator.post(OPEN, FACTS | {"handle": "fine-name"} | mistake)

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert (mistake.get("handle") or "fine-name") in answer.content.decode()
    assert not Shop.objects.exists()


def test_whoever_has_no_shop_is_led_to_open_one(creator: Client) -> None:
    for page in ("products/", "posts/", "import/", "settings/", "products/new/"):
        assert creator.get(f"/en/studio/shop/{page}").headers["Location"] == OPEN


def test_each_part_of_the_settings_is_saved_by_itself(creator: Client, shop: Shop) -> None:
    parts: list[dict[str, str]] = [
        {"part": "words", "name": "Layan", "language": "ar", "brand_colour": "#0f5a52"},
        {"part": "shipping", "flat": "٢٫٥", "free_above": "30", "ship_within_days": "3"},
        {"part": "refunds", "refund_window_days": "30"},
        {"part": "handle", "handle": "layan"},
    ]
    for part in parts:
        assert creator.post(SETTINGS, part).status_code == 302, part["part"]

    shop.refresh_from_db()
    assert (shop.name, shop.handle, shop.refund_window_days) == ("Layan", "layan", 30)
    assert shop.shipping_flat == Money(2500, "KWD")
    assert shop.shipping_free_above == Money(30_000, "KWD")
    assert creator.get(SETTINGS).status_code == 200, "the studio follows the new handle"


@pytest.mark.parametrize(
    "part",
    [
        {"part": "words", "name": "", "language": "ar", "brand_colour": "#0f5a52"},
        {"part": "shipping", "flat": "1.2345", "ship_within_days": "3"},
        {"part": "shipping", "flat": "-1", "ship_within_days": "3"},
        {"part": "refunds", "refund_window_days": "3"},
        {"part": "handle", "handle": "support"},
    ],
)
def test_a_mistake_in_one_part_changes_nothing(
    creator: Client, shop: Shop, part: dict[str, str]
) -> None:
    before = Shop.objects.values().get()
    answer = creator.post(SETTINGS, part)

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert Shop.objects.values().get() == before


def test_a_shop_s_own_colour_outside_the_swatches_stays(creator: Client, shop: Shop) -> None:
    Shop.objects.update(brand_colour="#123456")

    assert 'value="#123456"' in creator.get(SETTINGS).content.decode()


def test_pictures_of_the_shop_come_go_and_are_checked(creator: Client, shop: Shop) -> None:
    avatar = SimpleUploadedFile("me.jpg", picture_bytes(), "image/jpeg")
    creator.post(SETTINGS, {"part": "face", "avatar": avatar})
    shop.refresh_from_db()
    assert shop.avatar is not None

    fake = SimpleUploadedFile("me.jpg", b"<svg/>", "image/jpeg")
    page = creator.post(SETTINGS, {"part": "face", "cover": fake}).content.decode()
    assert "not a picture we can read" in page
    creator.post(SETTINGS, {"part": "face", "remove_avatar": "1"})
    shop.refresh_from_db()
    assert shop.avatar is None


def test_two_shops_of_one_person_are_worked_on_apart(creator: Client, shop: Shop) -> None:
    second = a_shop(owner=shop.owner, name="The other one")
    page = creator.get(f"/en/studio/shop/products/?shop={second.handle}").content.decode()
    assert "The other one" in page

    foreign = a_shop(name="Nobody of mine")
    page = creator.get(f"/en/studio/shop/products/?shop={foreign.handle}").content.decode()
    assert "Nobody of mine" not in page
