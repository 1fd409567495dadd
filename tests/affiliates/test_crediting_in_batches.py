"""Lines of many orders are credited together, and as if each had been alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creatorhub.affiliates.models import Attribution, Commission, Programme, Refusal
from creatorhub.affiliates.services import SoldLine, bind_order_touches, credit_lines
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.social_share.touch_cookie import SignedClick
from tests.factories.accounts import a_user
from tests.factories.affiliates import a_member, a_programme, an_order_line
from tests.factories.shops import a_published_listing
from tests.factories.social_share import a_click, a_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return a_programme(rate_bps=1_000)


def a_sold_line(
    programme: Programme,
    *clicks: SignedClick,
    email: str = "buyer@example.com",
    minor: int = 10_000,
) -> SoldLine:
    """One line of an order of its own, placed after these clicks."""
    listing = a_published_listing(shop=programme.shop)
    line = an_order_line(listing)
    bind_order_touches(order_number=line.order.number, basket_id=None, user=None, clicks=clicks)
    return SoldLine(
        order_line_id=line.pk,
        order_number=line.order.number,
        shop_id=programme.shop_id,
        buyer_email=email,
        buyer_user_id=None,
        placed_at=now(),
        base=Money(minor, "SAR"),
        fee=Money(0, "SAR"),
        expected_on=(now() + dt.timedelta(days=14)).date(),
    )


def shared_lines(programme: Programme, count: int) -> list[SoldLine]:
    """Each through a link of somebody else."""
    lines = []
    for number in range(count):
        link = a_link(sharer=a_member(programme).owner, listing=a_published_listing())
        lines.append(a_sold_line(programme, a_click(link), minor=10_000 + number))
    return lines


def statements_of(lines: Sequence[SoldLine]) -> int:
    with CaptureQueriesContext(connection) as sent:
        credit_lines(lines=lines)
    return len(sent)


def test_many_lines_cost_the_statements_of_one(programme: Programme) -> None:
    one, many = shared_lines(programme, 1), shared_lines(programme, 6)
    assert statements_of(one) == statements_of(many)
    assert Commission.objects.count() == 7


def test_each_line_earns_what_its_own_order_knows(programme: Programme) -> None:
    first, second = shared_lines(programme, 2)
    nobodys = a_sold_line(programme)
    earned = credit_lines(lines=[first, nobodys, second])
    assert {pk: one.amount_minor for pk, one in earned.items()} == {
        first.order_line_id: 1_000,
        second.order_line_id: 1_000,
    }
    sharers = {one.attribution.enrolment.owner_id for one in earned.values()}
    assert len(sharers) == 2
    assert not Refusal.objects.exists()


def test_who_buys_from_themselves_earns_nothing_beside_others_who_do(programme: Programme) -> None:
    himself = a_user(email="sami@example.com")
    link = a_link(sharer=a_member(programme, user=himself).owner, listing=a_published_listing())
    own = a_sold_line(programme, a_click(link), email="sami@example.com")
    anothers = a_sold_line(programme, a_click(link))
    assert credit_lines(lines=[own, anothers]).keys() == {anothers.order_line_id}
    assert Refusal.objects.get().order_line_id == own.order_line_id


def test_repeating_a_batch_gives_the_first_answer(programme: Programme) -> None:
    lines = shared_lines(programme, 3)
    first = credit_lines(lines=lines[:2])
    again = credit_lines(lines=lines)
    assert {pk: again[pk].pk for pk in first} == {pk: one.pk for pk, one in first.items()}
    assert (Attribution.objects.count(), Commission.objects.count()) == (3, 3)


def test_nothing_sold_credits_nobody() -> None:
    assert credit_lines(lines=[]) == {}
