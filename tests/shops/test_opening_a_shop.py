"""Opening a shop gives a seller, a page and the rights to edit it, or nothing at all."""

from __future__ import annotations

import pytest
from oscar.apps.partner.models import Partner
from wagtail.models import Site

from creatorhub.money import MoneyError
from creatorhub.shops.handles import HandleError, suggest_handle
from creatorhub.shops.models import Shop
from creatorhub.shops.services.open_shop import open_shop
from tests.factories.accounts import a_party, a_user
from tests.factories.shops import a_shop

pytestmark = pytest.mark.django_db


def test_a_new_shop_is_a_seller_with_a_page_under_the_market() -> None:
    shop = a_shop(handle="layan.crafts", name="مشغل ليان", language="ar")

    assert shop.partner.name == "مشغل ليان"
    assert shop.page.live
    assert shop.page.get_parent().pk == Site.objects.get(is_default_site=True).root_page_id
    assert shop.is_visible
    assert shop.refund_window_days == 14


def test_its_owner_may_edit_its_page_and_nobody_elses() -> None:
    mine, other = a_shop(), a_shop()
    user = mine.owner.user
    assert user is not None

    assert mine.page.permissions_for_user(user).can_edit()
    assert mine.page.permissions_for_user(user).can_add_subpage()
    assert not mine.page.permissions_for_user(user).can_delete()
    assert not mine.page.permissions_for_user(user).can_unpublish()
    assert not other.page.permissions_for_user(user).can_edit()
    assert not other.page.get_parent().permissions_for_user(user).can_add_subpage()


@pytest.mark.parametrize(
    "handle",
    ["admin", "Adm1n", "ab", "a..b", "-abc", "x y z", "аdmin", "support", "ليان"],
)
def test_reserved_misshapen_and_disguised_handles_are_refused(handle: str) -> None:
    with pytest.raises(HandleError):
        a_shop(handle=handle)

    assert not Shop.objects.exists()
    assert not Partner.objects.exists()


@pytest.mark.parametrize("lookalike", ["nour", "N0ur", "no.ur", "no-ur", "n_our"])
def test_two_shops_cannot_look_alike(lookalike: str) -> None:
    a_shop(handle="nour")

    with pytest.raises(HandleError):
        a_shop(handle=lookalike)


def test_a_handle_is_suggested_from_a_name_in_any_script() -> None:
    a_shop(handle="nwr")

    assert suggest_handle(name="Layan's Crafts") == "layan-s-crafts"
    assert suggest_handle(name="نور") == "nwr-2"
    assert suggest_handle(name="!!!") == "shop-2"


def test_a_currency_we_do_not_count_in_opens_nothing() -> None:
    with pytest.raises(MoneyError):
        a_shop(currency="XXX")

    assert not Shop.objects.exists()


def test_one_person_may_own_several_shops() -> None:
    party = a_party()
    first, second = a_shop(owner=party), a_shop(owner=party)

    assert {shop.pk for shop in party.shops.all()} == {first.pk, second.pk}
    assert a_user().groups.count() == 0
    assert open_shop.__doc__
