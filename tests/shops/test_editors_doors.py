"""The editor's side doors: lists, choosers and bulk pages that name everybody's things."""

from __future__ import annotations

import pytest
from django.test import Client

from creatorhub.accounts.models import User
from tests.architecture.access import Role
from tests.architecture.access.world import World
from tests.factories.accounts import a_staff_user, a_user
from tests.shops.test_editors_keep_apart import CANARY, Side

pytestmark = pytest.mark.django_db

# {post}, {page}, {image}, {listing}: ids of the other shop's things.
DOORS = [
    "api/main/pages/",
    "api/main/pages/?child_of={page}",
    "api/main/pages/?child_of={page}&for_explorer=1",
    "api/main/pages/{post}/",
    "api/main/images/",
    "api/main/images/{image}/",
    "reports/page-types-usage/",
    "reports/site-history/",
    "bulk/wagtailcore/page/delete/?id={post}&next=/",
    "bulk/wagtailcore/page/publish/?id={own}&id={post}&next=/",
    "bulk/wagtailcore/page/delete/?id=all&childOf={page}&next=/",
    "bulk/wagtailimages/image/delete/?id={image}&next=/",
    "bulk/wagtailimages/image/add_to_collection/?id=all&next=/",
    "choose-page/{page}/",
    "choose-page/{post}/",
    "choose-page/chosen-multiple/?id={post}",
    "images/chooser/chosen-multiple/?id={image}",
    "pages/{own}/revisions/{revision}/view/",
    "pages/{post}/usage/",
    "pages/search/?q=Canary",
]


@pytest.fixture
def mine() -> Side:
    return Side("My own")


@pytest.fixture
def creator(mine: Side, client: Client) -> Client:
    assert mine.shop.owner.user is not None
    client.force_login(mine.shop.owner.user)
    return client


@pytest.mark.parametrize("door", DOORS)
def test_no_door_names_what_another_shop_has(creator: Client, mine: Side, door: str) -> None:
    other = Side(CANARY)
    address = door.format(
        post=other.post.pk,
        page=other.shop.page.pk,
        image=other.image.pk,
        own=mine.post.pk,
        revision=other.post.latest_revision_id,
    )
    answer = creator.get(f"/cms/{address}")
    assert answer.status_code < 500
    assert CANARY not in answer.content.decode()


def test_ones_own_things_open_through_the_same_doors(creator: Client, mine: Side) -> None:
    page, post, image = mine.shop.page.pk, mine.post.pk, mine.image.pk
    for address in (
        f"api/main/pages/?child_of={page}&for_explorer=1",
        f"bulk/wagtailcore/page/delete/?id={post}&next=/",
        f"bulk/wagtailimages/image/add_tags/?id={image}&next=/",
        f"choose-page/{page}/",
        f"choose-page/chosen-multiple/?id={post}",
    ):
        answer = creator.get(f"/cms/{address}")
        assert answer.status_code == 200, address
        assert "My own" in answer.content.decode(), address


@pytest.mark.parametrize("make", [a_staff_user, lambda: _superuser()])
def test_staff_enter_only_with_their_second_factor(client: Client, make: object) -> None:
    staff = make()  # type: ignore[operator]  # one of two makers of people
    client.force_login(staff)
    answer = client.get("/cms/users/")
    assert answer.status_code == 302
    assert "/account/2fa/" in answer.url

    confirmed = World(people={Role.STAFF: a_staff_user()}).client(Role.STAFF)
    assert confirmed.get("/cms/users/").status_code == 200


def _superuser() -> User:
    """Made on a console, without the mark of staff."""
    person = a_user()
    person.is_superuser = True
    person.save()
    return person
