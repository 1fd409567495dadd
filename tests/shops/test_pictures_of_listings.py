"""Pictures of a listing: their sizes, their order, and the ones an import fetches or draws."""

from __future__ import annotations

import pytest
from wagtail.images.models import Image

from creatorhub.foundation.safe_fetch import FetchError
from creatorhub.outbox.models import OutboxMessage
from creatorhub.shops.models import ImportRun, Listing
from creatorhub.shops.selectors import picture_set
from creatorhub.shops.services.add_picture import add_picture, arrange_pictures, remove_picture
from creatorhub.shops.services.import_products import fetch_pictures
from tests.factories.shops import a_listing, a_shop, picture_bytes
from tests.shops.shopify import BRACELET, PLAIN, shopify_csv
from tests.shops.test_importing_products import import_all

pytestmark = pytest.mark.django_db


def run_fetches(run: ImportRun) -> ImportRun:
    for message in OutboxMessage.objects.filter(topic=fetch_pictures.FETCH_PICTURE):
        fetch_pictures.fetch_picture(message)
    run.refresh_from_db()
    return run


def test_all_sizes_are_made_when_it_is_added() -> None:
    listing = a_listing()
    add_picture(listing=listing, file=picture_bytes(size=(1600, 2000)), alt="Front")
    [picture] = picture_set(listing)

    assert [width for _url, width in picture.sources] == [1200, 800, 480, 160]
    assert (picture.alt, picture.width, picture.height) == ("Front", 1200, 1500)
    assert picture.src == picture.sources[1][0]
    assert picture.srcset.startswith(picture.small)
    image = listing.pictures.get().image
    assert image.get_rendition("width-480|format-webp").url == picture.sources[2][0]
    assert image.collection == listing.shop.collection


def test_a_small_picture_is_not_blown_up() -> None:
    listing = a_listing()
    add_picture(listing=listing, file=picture_bytes(size=(300, 200)))

    assert [width for _url, width in picture_set(listing)[0].sources] == [300, 160]


def test_order_and_removal() -> None:
    listing = a_listing()
    one, two, three = (add_picture(listing=listing, file=picture_bytes()) for _number in range(3))
    arrange_pictures(listing=listing, order=[three.pk, one.pk])
    assert [p.pk for p in listing.pictures.all()] == [three.pk, one.pk, two.pk]

    remove_picture(picture=one)
    assert not Image.objects.filter(pk=one.image_id).exists()
    assert listing.pictures.count() == 2


def test_unreachable_pictures_are_reported_and_one_is_drawn() -> None:
    run = run_fetches(import_all(a_shop(), shopify_csv(*BRACELET)))
    listing = Listing.objects.get(import_handle="chain")

    [picture] = listing.pictures.all()
    assert picture.is_drawn
    assert (run.pictures_done, run.pictures_drawn, run.is_over) == (4, 4, True)
    assert {(p["row"], p["code"]) for p in run.problems} == {
        (2, "picture_unreachable"),
        (3, "picture_unreachable"),
        (4, "picture_unreachable"),
    }


def test_handling_a_message_twice_counts_it_once() -> None:
    run = run_fetches(import_all(a_shop(), shopify_csv(*BRACELET)))

    assert run_fetches(run).pictures_done == 4
    assert Listing.objects.get(import_handle="chain").pictures.count() == 1


def test_fetched_pictures_stand_in_order_and_replace_the_drawn_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = a_shop()
    run_fetches(import_all(shop, shopify_csv(*BRACELET)))

    def answer(*, url: str, **limits: object) -> bytes:
        if url.endswith("2.jpg"):
            raise FetchError("the other side answered 404")
        return b"<html>" if url.endswith("3.jpg") else picture_bytes()

    monkeypatch.setattr(fetch_pictures, "fetch", answer)
    monkeypatch.setattr(fetch_pictures.cache, "get", lambda key: None)
    run = run_fetches(import_all(shop, shopify_csv(*BRACELET)))
    listing = Listing.objects.get(import_handle="chain")

    pictures = list(listing.pictures.all())
    assert [p.source_url[-5:] for p in pictures] == ["1.jpg", "e.jpg"]
    assert not any(p.is_drawn for p in pictures)
    assert pictures[1].variant in listing.variants.filter(options={"Color": "Blue"})
    assert {(p["row"], p["code"]) for p in run.problems} == {
        (3, "picture_unreachable"),
        (4, "picture_unreadable"),
    }
    assert import_all(shop, shopify_csv(*BRACELET)).pictures_total == 2, "only what is missing"


def test_a_product_without_any_picture_gets_a_drawn_one_in_either_script() -> None:
    rows = [PLAIN, PLAIN | {"Handle": "ar", "Title": "مصباح نحاسي طويل الاسم جداً للتجربة"}]
    run = import_all(a_shop(), shopify_csv(*rows))

    for listing in Listing.objects.filter(shop=run.shop):
        assert listing.pictures.get().is_drawn
        assert picture_set(listing)[0].alt == listing.title
    assert set(Listing.objects.values_list("language", flat=True)) == {"ar", "en"}
