"""What was bought belongs to whoever proves the address; ways are an engine and words."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from creatorhub.foundation.icons import icon_body
from creatorhub.offers.access.selectors import grants_of_order, library_of
from creatorhub.offers.access.services import claim_grants, grant_access
from creatorhub.offers.errors import UnknownWayError
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.goods.selectors import fulfilments_of_order
from creatorhub.offers.goods.services import start_fulfilments
from creatorhub.offers.models import Grant
from creatorhub.offers.registry import all_ways, engine_of, selling_ways, way
from creatorhub.offers.way import Purchase
from tests.factories.accounts import a_user
from tests.factories.sales import a_sale, refund
from tests.factories.shops import a_download_listing, a_published_listing

pytestmark = pytest.mark.django_db


def test_a_guests_purchase_is_claimed_by_its_verified_address() -> None:
    a_sale(a_download_listing(), email="Sara@example.com", address=None)
    sara = a_user(email="sara@example.com")
    assert list(library_of(sara)) == []
    assert claim_grants(user=sara) == 1
    assert claim_grants(user=sara) == 0
    assert [grant.user for grant in library_of(sara)] == [sara]


def test_an_unproven_address_claims_nothing() -> None:
    a_sale(a_download_listing(), email="sara@example.com", address=None)
    thief = a_user(email="thief@example.com")
    EmailAddress.objects.create(user=thief, email="sara@example.com", verified=False)
    assert claim_grants(user=thief) == 0


def test_what_somebody_else_claimed_stays_theirs() -> None:
    owner = a_user(email="owner@example.com")
    a_sale(a_download_listing(), user=owner, email="sara@example.com", address=None)
    assert claim_grants(user=a_user(email="sara@example.com")) == 0


def test_what_was_given_back_leaves_the_library() -> None:
    user = a_user()
    sale = a_sale(a_download_listing(), user=user, email=user.email, address=None)
    assert library_of(user).count() == 1
    refund(sale)
    assert library_of(user).count() == 0


def test_delivering_again_changes_nothing() -> None:
    sale = a_sale(a_download_listing(), address=None)
    line = sale.lines.get()
    grant = grants_of_order(sale.order).get()
    assert line.listing is not None
    grant_access(purchases=[Purchase(line.item, line.listing, "x@y.z", None)])
    assert grants_of_order(sale.order).get() == grant
    parcel = a_sale(a_published_listing())
    fulfilment = fulfilments_of_order(parcel.order).get()
    line_id = fulfilment.order_line_id
    assert start_fulfilments(shops={line_id: parcel.shop}) == {line_id: fulfilment}
    assert (Grant.objects.count(), Fulfilment.objects.count()) == (1, 1)


def test_every_way_has_its_words_and_a_real_icon() -> None:
    assert [one.key for one in all_ways()] == ["own_products", "own_shop", "downloads"]
    for one in all_ways():
        assert str(one.name)
        assert str(one.pitch)
        assert str(one.first_step)
        assert icon_body(one.icon)


def test_a_shop_alone_sells_nothing() -> None:
    assert [one.key for one in selling_ways()] == ["own_products", "downloads"]
    assert not way("own_shop").sends_parcels
    assert way("own_products").sends_parcels
    with pytest.raises(UnknownWayError):
        engine_of("own_shop")
    with pytest.raises(UnknownWayError):
        way("nothing")
