"""Who wants to be paid less often, or in larger amounts, is."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import travel_to
from creatorhub.money import Money
from creatorhub.payouts.calendar import is_monthly_day, next_payout_on
from creatorhub.payouts.errors import NotOpenThereError, ThresholdTooLowError
from creatorhub.payouts.selectors import balances_of
from creatorhub.payouts.services import change_schedule, run_payouts, set_country
from tests.factories.payouts import a_payee, earn

pytestmark = pytest.mark.django_db

FIRST_THURSDAY = dt.datetime(2026, 12, 3, 9, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


def test_a_threshold_waits_until_enough_has_come_together() -> None:
    payee = a_payee()
    change_schedule(payee=payee, schedule="weekly", thresholds={"USD": Money(6000, "USD")})
    earn(payee, 5000)
    assert run_payouts(key="r1").skipped[0]["reason_code"] == "below_threshold"
    earn(payee, 1000)
    assert run_payouts(key="r2").payouts.get().amount_minor == 6000


def test_a_threshold_below_the_minimum_is_refused_and_none_takes_it_away() -> None:
    payee = a_payee()
    with pytest.raises(ThresholdTooLowError):
        change_schedule(payee=payee, schedule="weekly", thresholds={"USD": Money(10, "USD")})
    change_schedule(payee=payee, schedule="weekly", thresholds={"USD": Money(9000, "USD")})
    kept = change_schedule(payee=payee, schedule="weekly", thresholds={"USD": None})
    assert kept.threshold_minor == {}


def test_once_a_month_is_the_first_payout_day_of_the_month() -> None:
    payee = change_schedule(payee=a_payee(), schedule="monthly", thresholds={})
    with travel_to(FIRST_THURSDAY + WEEK):
        earn(payee, 5000)
        assert not is_monthly_day()
        assert run_payouts(key="second week").skipped[0]["reason_code"] == "paid_monthly"
        assert balances_of(payee)[0].reason_code == "paid_monthly"
        assert next_payout_on(is_monthly=True) == dt.date(2027, 1, 7)
        assert next_payout_on() == dt.date(2026, 12, 10)
    with travel_to(dt.datetime(2027, 1, 7, 9, tzinfo=dt.UTC)):
        assert run_payouts(key="new year").payouts.get().amount_minor == 5000


def test_a_country_nobody_knows_is_refused() -> None:
    payee = a_payee()
    set_country(payee=payee, country="JO")
    payee.party.refresh_from_db()
    assert payee.party.country == "JO"
    with pytest.raises(NotOpenThereError):
        set_country(payee=payee, country="XX")
