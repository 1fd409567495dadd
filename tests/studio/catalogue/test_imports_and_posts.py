"""Importing in the studio from file to report, and writing posts."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from creatorhub.outbox.services import deliver_due
from creatorhub.shops.models import ImportRun, Listing, PostPage, Shop
from tests.factories.shops import a_published_listing, a_shop, picture_bytes
from tests.shops.shopify import BRACELET, PLAIN, shopify_csv

pytestmark = pytest.mark.django_db

IMPORT = "/en/studio/shop/import/"
POSTS = "/en/studio/shop/posts/"


@pytest.fixture
def shop(client: Client) -> Shop:
    shop = a_shop()
    assert shop.owner.user is not None
    client.force_login(shop.owner.user)
    return shop


def csv_file(raw: bytes, name: str = "products.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw, "text/csv")


def test_from_file_to_report(client: Client, shop: Shop) -> None:
    raw = shopify_csv(*BRACELET, PLAIN, PLAIN | {"Handle": "bad", "Variant Price": "cheap"})
    report = client.post(IMPORT, {"file": csv_file(raw)}, follow=True)
    said = report.content.decode()
    assert "Import 2 products" in said
    assert "Row 6" in said
    assert "The price is not a number." in said
    assert not Listing.objects.exists()
    assert "Refresh" not in report.headers

    address = report.redirect_chain[-1][0]
    running = client.post(address, follow=True)
    assert running.headers["Refresh"]
    assert "on their way" in running.content.decode()
    client.post(address)
    for _sweep in range(4):
        deliver_due()
    done = client.get(address)
    assert "2 products are in your shop" in done.content.decode()
    assert "4 pictures could not be fetched" in done.content.decode()
    assert "Refresh" not in done.headers
    assert Listing.objects.filter(state="published").count() == 2
    rows = client.get(address + "rows.csv")
    assert "cheap" in rows.content.decode()
    assert "attachment" in rows.headers["Content-Disposition"]
    assert "products.csv" in client.get(IMPORT).content.decode()


def test_a_file_that_is_something_else_says_what_to_do(client: Client, shop: Shop) -> None:
    for raw in (b"PK\x03\x04xlsx", b"\xff\xfe\xfd", b"a,b\n1,2"):
        page = client.post(IMPORT, {"file": csv_file(raw)}).content.decode()
        assert "field-error" in page
    assert not ImportRun.objects.exists()


def test_a_file_with_nothing_good_offers_no_button(client: Client, shop: Shop) -> None:
    raw = shopify_csv(PLAIN | {"Title": ""})
    page = client.post(IMPORT, {"file": csv_file(raw)}, follow=True).content.decode()

    assert "No row of this file can be imported" in page


def test_a_post_with_picture_and_product(client: Client, shop: Shop) -> None:
    listing = a_published_listing(shop=shop, title="Lamp")
    picture = SimpleUploadedFile("me.jpg", picture_bytes(), "image/jpeg")
    typed = {"body": "How it is made\n\n- cut\n- bend", "listing": listing.pk, "picture": picture}
    said = client.post(POSTS + "new/", typed | {"do": "publish"}, follow=True).content.decode()
    assert "Your post is out." in said
    post = PostPage.objects.get()
    assert (post.title, post.listing) == ("How it is made", listing)
    assert post.body == "<p>How it is made</p><ul><li>cut</li><li>bend</li></ul>"

    edit = f"{POSTS}{post.pk}/"
    assert "- cut" in client.get(edit).content.decode()
    changed = {"body": "New words", "title": "Kept", "remove_picture": "on", "do": "draft"}
    client.post(edit, changed)
    post.refresh_from_db()
    assert (post.title, post.live, post.picture, post.listing) == ("Kept", False, None, None)
    assert "Delete this post?" in client.get(edit + "delete/").content.decode()
    client.post(edit + "delete/")
    assert not PostPage.objects.exists()


def test_what_the_editor_wrote_survives_a_save_that_changes_no_word(
    client: Client, shop: Shop
) -> None:
    client.post(POSTS + "new/", {"body": "x"})
    PostPage.objects.update(body="<h2>Head</h2><p>One <i>two</i></p>")
    post = PostPage.objects.get()
    shown = client.get(f"{POSTS}{post.pk}/").context["form"]["body"].value()
    client.post(f"{POSTS}{post.pk}/", {"body": shown, "title": "T"})

    post.refresh_from_db()
    assert post.body == "<h2>Head</h2><p>One <i>two</i></p>"


def test_mistakes_keep_the_words(client: Client, shop: Shop) -> None:
    foreign = a_published_listing()
    fake = SimpleUploadedFile("me.jpg", b"<svg/>", "image/jpeg")
    for wrong in ({"listing": foreign.pk}, {"picture": fake}):
        page = client.post(POSTS + "new/", {"body": "My words"} | wrong).content.decode()
        assert "field-error" in page
        assert "My words" in page
    assert "field-error" in client.post(POSTS + "new/", {"body": " "}).content.decode()
    assert not PostPage.objects.exists()


def test_posts_start_from_a_product_and_the_empty_list_says_so(client: Client, shop: Shop) -> None:
    listing = a_published_listing(shop=shop, title="Lamp")
    assert "Write your first post" in client.get(POSTS).content.decode()
    page = client.get(f"{POSTS}new/?product={listing.pk}").content.decode()

    assert f'value="{listing.pk}" selected' in page
