"""Which ways are open to which country is data, and each fact names the page it was read on."""

from __future__ import annotations

import pytest

from creatorhub.foundation.policy import change_policy
from creatorhub.money import Money, currency_facts
from creatorhub.payouts.bank_numbers import LOCAL
from creatorhub.payouts.countries import (
    country_facts,
    country_is_known,
    payout_routes,
    rails_of_country,
    routes_by_country,
    why_not,
)
from creatorhub.payouts.rails.registry import rail
from creatorhub.shops.countries import COUNTRIES

pytestmark = pytest.mark.django_db


def test_every_country_a_shop_can_be_in_has_a_way_to_be_paid() -> None:
    assert {row.country for row in routes_by_country() if row.routes} == set(COUNTRIES)


def test_every_fact_has_a_source_and_a_currency_we_count_in() -> None:
    for fact in country_facts():
        assert currency_facts(fact.currency)
        assert fact.sources
        assert all(source.startswith("https://") for source in fact.sources)
        assert fact.days is None or 0 < fact.days[0] <= fact.days[1]


def test_a_country_without_ibans_says_how_its_numbers_look() -> None:
    assert set(LOCAL) < set(COUNTRIES)


def test_the_provider_pays_only_where_it_says_so() -> None:
    assert rails_of_country("DE") == ["stripe_connect", "manual_bank", "sandbox"]
    assert rails_of_country("SA") == ["manual_bank", "sandbox"]
    assert why_not("stripe_connect").startswith("https://docs.stripe.com/")
    assert not country_is_known("XX")


def test_the_minimum_is_the_larger_of_ours_and_the_providers() -> None:
    change_policy(actor=None, payout_minimum_minor={"EUR": 40, "SAR": 3000})
    connect, bank, play = payout_routes("DE")
    assert (connect.minimum, bank.minimum) == (Money(100, "EUR"), Money(40, "EUR"))
    assert play.is_play_money
    assert payout_routes("DE", "SAR")[0].minimum == Money(3000, "SAR")


def test_a_rail_that_is_not_here_is_not_promised(monkeypatch) -> None:
    assert rail("manual_bank") is not None
    assert payout_routes("SY")[0].caution.startswith("https://")
