"""Products in the studio: from photos, by hand, with choices, files and states."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from creatorhub.money import Money
from creatorhub.shops.languages import language_of
from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.selectors import price_of, stock_of, variants_of
from tests.factories.shops import (
    a_download_listing,
    a_listing,
    a_listing_with_variants,
    a_published_listing,
    a_shop,
    picture_bytes,
    with_picture,
)

pytestmark = pytest.mark.django_db

PRODUCTS = "/en/studio/shop/products/"


@pytest.fixture
def shop(client: Client) -> Shop:
    shop = a_shop()
    assert shop.owner.user is not None
    client.force_login(shop.owner.user)
    return shop


def photo(name: str = "photo.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or picture_bytes(), "image/jpeg")


def form_of(listing: Listing, *rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What the editor's page posts; `rows` are the variants' table."""
    known = [variant for variant in variants_of(listing) if variant.options]
    data: dict[str, Any] = {
        "title": listing.title,
        "language": "en",
        "description": "",
        "variants-TOTAL_FORMS": len(known) + 3,
        "variants-INITIAL_FORMS": len(known),
    }
    for number, row in enumerate(rows):
        data |= {f"variants-{number}-{name}": value for name, value in row.items()}
        if "was" in row:  # What the page showed when it was opened.
            data[f"initial-variants-{number}-stock"] = row["was"]
    return data | changes


def test_ten_photos_become_drafts_then_products(client: Client, shop: Shop) -> None:
    files = [photo(f"{number}.jpg") for number in range(3)] + [photo("notes.jpg", b"words")]
    answer = client.post(PRODUCTS + "photos/", {"pictures": files}, follow=True)
    assert "notes.jpg: This is not a picture" in answer.content.decode()
    drafts = list(Listing.objects.order_by("pk"))
    assert len(drafts) == 3
    assert all(draft.pictures.count() == 1 for draft in drafts)

    address = answer.redirect_chain[-1][0]
    typed = {
        f"draft-{drafts[0].pk}-title": "Silver ring",
        f"draft-{drafts[0].pk}-price": "79.50",
        f"draft-{drafts[0].pk}-stock": "4",
        f"draft-{drafts[1].pk}-title": "No price yet",
        "do": "publish",
    }
    page = client.post(address, typed, follow=True).content.decode()
    assert "1 product is on sale." in page
    ring = Listing.objects.get(slug="silver-ring")
    assert ring.is_published
    [variant] = variants_of(ring)
    assert (price_of(variant), stock_of(variant)) == (Money(7950, "SAR"), 4)
    assert Listing.objects.get(title="No price yet").state == "draft"


def test_a_wrong_price_keeps_every_row(client: Client, shop: Shop) -> None:
    draft = with_picture(a_listing(shop=shop, title="", price=0))
    typed = {f"draft-{draft.pk}-title": "Ring", f"draft-{draft.pk}-price": "cheap"}
    page = client.post(f"{PRODUCTS}photos/prices/?ids={draft.pk}", typed).content.decode()

    assert "Write an amount like 79" in page
    assert "Ring" in page
    assert client.get(f"{PRODUCTS}photos/prices/?ids=x,999999").status_code == 302


@pytest.mark.parametrize("count", [0, 11])
def test_none_or_eleven_photos_are_refused(client: Client, shop: Shop, count: int) -> None:
    small = picture_bytes(size=(4, 4))
    files = [photo(f"{number}.jpg", small) for number in range(count)]
    page = client.post(PRODUCTS + "photos/", {"pictures": files}).content.decode()

    assert "field-error" in page
    assert not Listing.objects.exists()


def test_a_product_by_hand_from_draft_to_sale(client: Client, shop: Shop) -> None:
    facts = {"way": "own_products", "title": "Lamp", "price": "59", "stock": "2"}
    client.post(PRODUCTS + "new/", facts | {"description": "Warm **light**"})
    listing = Listing.objects.get()
    assert listing.description == "<p>Warm <strong>light</strong></p>"
    page = f"{PRODUCTS}{listing.pk}/"
    changes = {
        "price": "49",
        "compare_at": "59",
        "stock": "2",
        "initial-stock": "2",
        "tags": "a، b",
    }
    assert client.post(page, form_of(listing, **changes)).status_code == 302
    listing.refresh_from_db()
    [variant] = variants_of(Listing.objects.get())
    assert (price_of(variant), variant.compare_at_minor) == (Money(4900, "SAR"), 5900)
    assert listing.tags == ["a", "b"]

    states = [("publish", "published"), ("unpublish", "draft"), ("archive", "archived")]
    for do, state in [*states, ("nonsense", "archived")]:
        client.post(page + "state/", {"do": do})
        listing.refresh_from_db()
        assert listing.state == state
    assert "Lamp" in client.get(PRODUCTS + "?state=archived").content.decode()
    assert "Lamp" not in client.get(PRODUCTS).content.decode()


def test_choices_are_rows_and_stock_nobody_touched_is_left_alone(
    client: Client, shop: Shop
) -> None:
    listing = a_listing_with_variants(shop=shop, stocks=(3, 4))
    blue, black = variants_of(listing)
    blue.product.stockrecords.update(num_in_stock=1)  # Two were sold while the page was open.
    rows = [
        {"pk": blue.pk, "value1": "Blue", "price": "110", "stock": "3", "was": "3"},
        {"pk": black.pk, "value1": "Black", "price": "100", "DELETE": "on"},
        {"value1": "Red", "price": "120", "stock": "9"},
    ]
    answer = client.post(f"{PRODUCTS}{listing.pk}/", form_of(listing, *rows, option1="Colour"))

    assert answer.status_code == 302
    found = variants_of(Listing.objects.get(pk=listing.pk))
    assert [(v.name, price_of(v).minor, stock_of(v)) for v in found] == [
        ("Blue", 11_000, 1),
        ("Red", 12_000, 9),
    ]
    assert found[0].options == {"Colour": "Blue"}


@pytest.mark.parametrize(
    ("rows", "changes"),
    [
        ([{"value1": "Red"}], {}),
        ([{"value1": "Red", "price": "x"}], {}),
        ([{"value1": "Red", "price": "1"}, {"value1": "red", "price": "2"}], {}),
        ([], {"title": ""}),
        ([], {"price": "50", "compare_at": "40"}),
        ([], {"price": "1.001"}),
    ],
)
def test_a_mistake_in_the_editor_changes_nothing(
    client: Client, shop: Shop, rows: list[dict[str, Any]], changes: dict[str, Any]
) -> None:
    listing = a_listing(shop=shop, title="Lamp", price=5000)
    answer = client.post(f"{PRODUCTS}{listing.pk}/", form_of(listing, *rows, **changes))

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    found = Listing.objects.get()
    assert (found.title, found.version, price_of(variants_of(found)[0]).minor) == ("Lamp", 1, 5000)


def test_html_that_nobody_touched_stays_as_it_was(client: Client, shop: Shop) -> None:
    html = "<table><tbody><tr><td>Size</td><td>XL</td></tr></tbody></table><p>Soft</p>"
    listing = a_listing(shop=shop, description=html)
    page = client.get(f"{PRODUCTS}{listing.pk}/")
    shown = page.context["form"]["description"].value()
    client.post(f"{PRODUCTS}{listing.pk}/", form_of(listing, description=shown, price="1"))

    assert Listing.objects.get().description == html


def test_pictures_move_go_and_are_checked(client: Client, shop: Shop) -> None:
    listing = with_picture(with_picture(a_listing(shop=shop)))
    page = f"{PRODUCTS}{listing.pk}/pictures/"
    said = client.post(page, {"pictures": [photo(), photo("x.jpg", b"<svg/>")]}, follow=True)
    assert "x.jpg: This is not a picture" in said.content.decode()
    first, second, third = listing.pictures.values_list("pk", flat=True)
    for pk, do in ((third, "first"), (first, "later"), (second, "earlier"), (first, "remove")):
        client.post(f"{page}{pk}/", {"do": do})
    assert list(listing.pictures.values_list("pk", flat=True)) == [second, third]
    assert "at least one" not in client.post(page, follow=True).content.decode()


def test_a_download_needs_its_file_before_it_is_shown(client: Client, shop: Shop) -> None:
    listing = a_download_listing(shop=shop)
    Listing.objects.update(state="draft")
    page = f"{PRODUCTS}{listing.pk}/"
    said = client.post(page + "state/", {"do": "publish"}, follow=True).content.decode()
    assert "Add the file that buyers will download first." in said

    client.post(page + "files/", {"file": SimpleUploadedFile("plan.pdf", b"%PDF")})
    client.post(page + "state/", {"do": "publish"})
    listing.refresh_from_db()
    assert listing.is_published
    assert "plan.pdf" in client.get(page).content.decode()
    client.post(f"{page}files/{listing.files.get().pk}/")
    assert listing.files.get().removed_at is not None
    for wrong in ({}, {"file": SimpleUploadedFile("empty.pdf", b"")}):
        assert "notice-bad" in client.post(page + "files/", wrong, follow=True).content.decode()


def test_the_preview_shows_a_draft_to_its_creator(client: Client, shop: Shop) -> None:
    listing = with_picture(a_listing(shop=shop, title="Lamp", description="<p>Warm</p>"))
    page = client.get(f"{PRODUCTS}{listing.pk}/preview/").content.decode()

    assert "Only you" in page or "only you" in page
    assert "<p>Warm</p>" in page


def test_the_list_is_searched_and_costs_the_same_however_long(
    client: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    for number in range(14):
        a_published_listing(shop=shop, title=f"Lamp {number}")
    with django_assert_max_num_queries(30):
        page = client.get(PRODUCTS).content.decode()
    assert page.count('class="shelf-item"') == 14
    assert (
        client.get(PRODUCTS + "?q=13&state=odd").content.decode().count('class="shelf-item"') == 1
    )
    assert "Nothing here" in client.get(PRODUCTS + "?q=zebra").content.decode()


@pytest.mark.parametrize(
    ("text", "language"), [("إسوارة", "ar"), ("Bracelet", "en"), ("123", "ar")]
)
def test_the_language_is_the_one_of_most_letters(text: str, language: str) -> None:
    assert language_of(text, "ar") == language
