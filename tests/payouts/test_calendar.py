"""Payouts leave once a week, also when the worker slept through the day."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import travel_to
from creatorhub.foundation.policy import change_policy
from creatorhub.payouts.calendar import next_payout_on, payout_day_after
from creatorhub.payouts.models import PayoutRun
from creatorhub.payouts.services import run_weekly
from creatorhub.payouts.tasks import run_weekly_payouts
from tests.factories.payouts import a_payee, earn

pytestmark = pytest.mark.django_db

THURSDAY = dt.date(2026, 12, 3)


def at(day: dt.date, hour: int = 9):
    return travel_to(dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC))


@pytest.mark.parametrize(("days", "expected"), [(-1, 0), (0, 0), (1, 7), (6, 7), (7, 7)])
def test_the_next_payout_is_on_the_day_the_policy_says(days, expected) -> None:
    with at(THURSDAY + dt.timedelta(days=days)):
        assert next_payout_on() == THURSDAY + dt.timedelta(days=expected)


def test_after_todays_run_the_next_one_is_in_a_week() -> None:
    with at(THURSDAY):
        run_weekly()
        assert next_payout_on() == THURSDAY + dt.timedelta(days=7)


def test_a_week_has_one_run() -> None:
    earn(a_payee(), 5000)
    with at(THURSDAY):
        run_weekly_payouts()
    with at(THURSDAY + dt.timedelta(days=6)):
        run_weekly_payouts()
    assert [run.key for run in PayoutRun.objects.all()] == ["weekly:2026-12-03"]
    with at(THURSDAY + dt.timedelta(days=7)):
        run_weekly_payouts()
    assert PayoutRun.objects.count() == 2


def test_a_worker_that_slept_through_the_day_catches_up() -> None:
    earn(a_payee(), 5000)
    with at(THURSDAY + dt.timedelta(days=2)):
        assert run_weekly().payouts.get().amount_minor == 5000


def test_another_weekday_moves_the_day() -> None:
    change_policy(actor=None, payout_weekday=0)
    with at(THURSDAY):
        assert next_payout_on() == dt.date(2026, 12, 7)


def test_money_released_on_a_day_leaves_on_the_payout_day_that_follows() -> None:
    noon = dt.datetime(2026, 12, 4, 12, tzinfo=dt.UTC)
    assert payout_day_after(noon) == dt.date(2026, 12, 10)
    assert payout_day_after(noon - dt.timedelta(days=1)) == THURSDAY
