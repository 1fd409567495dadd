"""The studio's first page asks for a way to be paid once there is money, and not before."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from creatorhub.foundation.clock import now
from creatorhub.payouts.models import Payee
from creatorhub.payouts.services import payee_of
from creatorhub.studio.home.next_actions import next_actions
from tests.factories.shops import a_shop

pytestmark = pytest.mark.django_db

MISSING = "Something is missing so that you can be paid"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def titles(shop) -> list[str]:
    return [action.title for action in next_actions(shop=shop)]


def test_nobody_is_asked_before_they_earn() -> None:
    assert MISSING not in titles(a_shop())


def test_whoever_earned_and_chose_nothing_is_asked() -> None:
    shop = a_shop()
    payee = payee_of(party=shop.owner)
    assert MISSING not in titles(shop)
    Payee.objects.filter(pk=payee.pk).update(is_ready=False, rail="")
    (action,) = [one for one in next_actions(shop=shop) if one.title == MISSING]
    assert "You have earned" in action.note
    assert action.tone == "now"


def test_a_requirement_says_until_when() -> None:
    shop = a_shop()
    payee = payee_of(party=shop.owner)
    due_by = now() + dt.timedelta(days=9)
    Payee.objects.filter(pk=payee.pk).update(due_by=due_by)
    (action,) = [one for one in next_actions(shop=shop) if one.title == MISSING]
    assert "after that day payouts wait" in action.note
