"""Programmes, members, and order lines for which somebody may be credited."""

from __future__ import annotations

import datetime as dt
from itertools import count

from django.test import Client
from oscar.apps.order.models import Line, Order

from creatorhub.accounts.models import Party, User
from creatorhub.accounts.services import party_of
from creatorhub.affiliates.models import Commission, Enrolment, Programme
from creatorhub.affiliates.services import (
    SoldLine,
    bind_order_touches,
    credit_lines,
    join_programme,
    open_programme,
)
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.shops.models import Listing, Shop
from creatorhub.social_share.touch_cookie import SignedClick
from tests.factories.accounts import a_user
from tests.factories.shops import a_published_listing, a_shop

_numbers = count(1)


def a_programme(
    *, shop: Shop | None = None, rate_bps: int = 1000, window_days: int = 30
) -> Programme:
    """An open programme of a shop."""
    shop = shop or a_shop()
    return open_programme(
        shop=shop, rate_bps=rate_bps, window_days=window_days, actor=owner_of(shop)
    )


def a_member(programme: Programme, *, user: User | None = None) -> Enrolment:
    """Somebody who joined a programme."""
    return join_programme(shop=programme.shop, party=party_of(user=user or a_user()))


def owner_of(shop: Shop) -> User:
    """The person who owns a shop."""
    user = shop.owner.user
    assert user is not None
    return user


def an_order_line(listing: Listing, *, order: Order | None = None) -> Line:
    """One line of an order as Oscar keeps it, before any money moved."""
    number = next(_numbers)
    order = order or Order.objects.create(
        number=f"t{number}", currency="SAR", total_incl_tax=0, total_excl_tax=0
    )
    return Line.objects.create(
        order=order,
        product=listing.product,
        partner=listing.shop.partner,
        title=listing.title,
        num_allocated=0,
        line_price_incl_tax=100,
        line_price_excl_tax=100,
        line_price_before_discounts_incl_tax=100,
        line_price_before_discounts_excl_tax=100,
    )


def buy(
    listing: Listing | None = None,
    *clicks: SignedClick,
    line: Line | None = None,
    at: dt.datetime | None = None,
    email: str = "buyer@example.com",
    user: User | None = None,
    base: Money | None = None,
    fee: Money | None = None,
    basket_id: int | None = None,
) -> tuple[Line, Commission | None]:
    """A purchase of one line after these clicks: 100.00 with a fee of 10.00 unless told."""
    listing = listing or a_published_listing()
    line = line or an_order_line(listing)
    currency = listing.shop.currency
    moment = at or now()
    bind_order_touches(
        order_number=line.order.number, basket_id=basket_id, user=user, clicks=clicks
    )
    sold = SoldLine(
        order_line_id=line.pk,
        order_number=line.order.number,
        shop_id=listing.shop_id,
        buyer_email=email,
        buyer_user_id=user.pk if user else None,
        placed_at=moment,
        base=base if base is not None else Money(10_000, currency),
        fee=fee if fee is not None else Money(1_000, currency),
        expected_on=(moment + dt.timedelta(days=14)).date(),
    )
    return line, credit_lines(lines=[sold]).get(line.pk)


def signed_in(user: User | Party) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    person = user.user if isinstance(user, Party) else user
    assert person is not None
    client.force_login(person)
    return client
