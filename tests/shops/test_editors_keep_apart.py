"""In Wagtail's editor a creator neither sees nor touches another creator's things."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image

from creatorhub.shops.models import PostPage, Shop
from creatorhub.shops.services.add_picture import keep_image
from creatorhub.shops.services.write_post import write_post
from tests.architecture.access import Role
from tests.architecture.access.world import World
from tests.factories.accounts import a_staff_user
from tests.factories.shops import a_listing, a_shop, picture_bytes

pytestmark = pytest.mark.django_db

CANARY = "Canary of the other shop"


class Side:
    """One shop with a post, a picture and a product."""

    def __init__(self, words: str) -> None:
        self.shop: Shop = a_shop(name=words)
        self.image: Image = keep_image(shop=self.shop, file=picture_bytes(), title=words)
        self.listing = a_listing(shop=self.shop, title=words)
        self.post: PostPage = write_post(
            shop=self.shop, title=words, body="<p>Hello</p>", author=self.shop.owner.user
        )


@pytest.fixture
def mine() -> Side:
    return Side("My own")


@pytest.fixture
def other() -> Side:
    return Side(CANARY)


@pytest.fixture
def creator(mine: Side, client: Client) -> Client:
    user = mine.shop.owner.user
    assert user is not None
    client.force_login(user)
    return client


def post_data(**changes: object) -> dict[str, object]:
    return {
        "title": "New words",
        "slug": "new-words",
        "body": json.dumps(
            {
                "entityMap": {},
                "blocks": [
                    {
                        "key": "a1",
                        "text": "Hello there",
                        "type": "unstyled",
                        "depth": 0,
                        "inlineStyleRanges": [],
                        "entityRanges": [],
                    }
                ],
            }
        ),
        "picture": "",
        "listing": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    } | changes


def test_own_pages_open_and_lists_hold_nothing_of_others(
    creator: Client, mine: Side, other: Side
) -> None:
    pages = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[mine.shop.page.pk]),
        reverse("wagtailadmin_explore", args=[mine.shop.page.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[mine.post.pk]),
        reverse("wagtailadmin_pages:add", args=["shops", "postpage", mine.shop.page.pk]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page") + "search/?q=Canary",
        reverse("wagtailadmin_pages:search") + "?q=Canary+of",
        reverse("wagtailimages:index"),
        reverse("wagtailimages:index") + "?q=Canary",
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:choose_results") + "?q=Canary",
    ]
    for address in pages:
        answer = creator.get(address)
        assert answer.status_code in (200, 302), address
        assert CANARY not in answer.content.decode(), address
    edit = creator.get(reverse("wagtailadmin_pages:edit", args=[mine.post.pk])).content.decode()
    assert "My own" in edit


@pytest.mark.parametrize("name", ["edit", "delete", "unpublish", "move", "copy", "history"])
def test_other_pages_do_not_open(creator: Client, other: Side, name: str) -> None:
    for page in (other.post, other.shop.page):
        answer = creator.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert answer.status_code in (302, 403, 404)
        assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("name", ["delete", "unpublish", "move", "copy"])
def test_ones_own_shop_page_cannot_be_taken_away(creator: Client, mine: Side, name: str) -> None:
    address = reverse(f"wagtailadmin_pages:{name}", args=[mine.shop.page.pk])
    assert creator.get(address).status_code in (302, 403)
    assert creator.post(address).status_code in (302, 403)

    mine.shop.page.refresh_from_db()
    assert mine.shop.page.live


def test_other_images_do_not_open(creator: Client, other: Side) -> None:
    for name in ("wagtailimages:edit", "wagtailimages:delete", "wagtailimages_chooser:chosen"):
        answer = creator.get(reverse(name, args=[other.image.pk]))
        assert answer.status_code in (302, 403, 404), name
        assert CANARY not in answer.content.decode()
    assert Image.objects.filter(pk=other.image.pk).exists()


def test_a_post_takes_only_ones_own_product_and_picture(
    creator: Client, mine: Side, other: Side
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[mine.post.pk])
    for stolen in ({"listing": other.listing.pk}, {"picture": other.image.pk}):
        creator.post(address, post_data(**stolen))
        mine.post.refresh_from_db()
        assert mine.post.listing_id is None
        assert mine.post.picture_id is None

    creator.post(address, post_data(listing=mine.listing.pk, picture=mine.image.pk))
    mine.post.refresh_from_db()
    assert (mine.post.title, mine.post.listing) == ("New words", mine.listing)
    assert mine.post.picture == mine.image


def test_a_picture_uploaded_in_the_editor_is_drawn_anew(creator: Client, mine: Side) -> None:
    upload = SimpleUploadedFile("../../me.jpg", picture_bytes(), "image/jpeg")
    form = {"title": "Fresh", "file": upload, "collection": mine.shop.collection_id}
    assert creator.post(reverse("wagtailimages:add"), form).status_code == 302

    image = Image.objects.get(title="Fresh")
    assert image.file.name.endswith(".webp")
    assert "me" not in image.file.name
    assert image.collection == mine.shop.collection


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n", picture_bytes()[:-40], b"GIF89a"]
)
@pytest.mark.parametrize(
    ("door", "prefix", "field"),
    [
        ("wagtailimages:add", "", "file"),
        ("wagtailimages:add_multiple", "", "files[]"),
        ("wagtailimages_chooser:create", "image-chooser-upload-", "file"),
    ],
)
def test_a_damaged_picture_is_refused_at_every_door(
    creator: Client, mine: Side, content: bytes, door: str, prefix: str, field: str
) -> None:
    upload = SimpleUploadedFile("x.png", content, "image/png")
    form = {"title": "Fake", "file": upload, "collection": mine.shop.collection_id}
    posted = {f"{prefix}{name}": value for name, value in form.items()}
    if field != "file":
        posted = {"title": "Fake", field: upload, "collection": mine.shop.collection_id}
    answer = creator.post(reverse(door), posted, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 200
    assert not Image.objects.filter(title="Fake").exists()


def test_wagtail_has_no_door_of_its_own_and_staff_see_everything(
    client: Client, other: Side
) -> None:
    for address in ("/cms/", "/cms/login/"):
        answer = client.get(address, follow=True)
        assert "/account/" in answer.redirect_chain[-1][0]
    explorer = reverse("wagtailadmin_explore", args=[other.shop.page.get_parent().pk])
    staff = World(people={Role.STAFF: a_staff_user()}).client(Role.STAFF)
    assert CANARY in staff.get(explorer).content.decode()
