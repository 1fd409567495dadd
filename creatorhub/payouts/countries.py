"""Which rails are open to which country, from payout_countries.yaml, with the source of each fact.

Two different questions: what is open to a country at all, and which of it this instance has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from creatorhub.foundation.policy import payout_minimum
from creatorhub.foundation.reasons import Words
from creatorhub.money import Money
from creatorhub.payouts.rails.registry import rail, rails

FILE = Path(__file__).with_name("payout_countries.yaml")
PLAY_MONEY = "sandbox"


@dataclass(frozen=True, slots=True)
class CountryFact:
    """A rail in one country as the file says it. `sources` are addresses of pages."""

    rail: str
    country: str
    currency: str
    minimum_minor: int
    days: tuple[int, int] | None
    sources: tuple[str, ...]
    caution: str


@dataclass(frozen=True, slots=True)
class PayoutRoute:
    """How somebody in a country can be paid here: from which amount on, and how long it takes.

    `days` are working days, fewest and most; None: the provider shows the day. `caution` is the
    address of a page that says many banks refuse payments there.
    """

    rail: str
    name: Words
    country: str
    minimum: Money
    days: tuple[int, int] | None
    sources: tuple[str, ...]
    caution: str = ""

    @property
    def is_play_money(self) -> bool:
        return self.rail == PLAY_MONEY


def payout_routes(country: str, currency: str = "") -> list[PayoutRoute]:
    """What this instance offers to a country, real money first; minimums in `currency`, or in
    the one accounts there usually hold."""
    routes = []
    for fact in country_facts():
        way = rail(fact.rail)
        if fact.country == country and way is not None:
            routes.append(
                PayoutRoute(
                    rail=fact.rail,
                    name=way.name,
                    country=country,
                    minimum=_minimum(fact, currency or fact.currency),
                    days=fact.days,
                    sources=fact.sources,
                    caution=fact.caution,
                )
            )
    return routes + _play_money(country, currency)


@dataclass(frozen=True, slots=True)
class CountryRoutes:
    """How people in one country can be paid here; nothing when no way is open to it."""

    country: str
    routes: list[PayoutRoute]


def routes_by_country() -> list[CountryRoutes]:
    """Every country of the file, in its order, for pages that compare or promise."""
    known = dict.fromkeys(fact.country for fact in country_facts() if fact.rail == "manual_bank")
    return [CountryRoutes(country, payout_routes(country)) for country in known]


def rails_of_country(country: str) -> list[str]:
    """The keys of the rails this instance offers to a country."""
    return [route.rail for route in payout_routes(country)]


def country_facts() -> tuple[CountryFact, ...]:
    """Every rail in every country, as the file says it."""
    return _facts()


def country_is_known(country: str) -> bool:
    """Whether the file says anything of a country."""
    return any(fact.country == country for fact in country_facts())


def why_not(rail_key: str) -> str:
    """The address of the page that says why a rail is not open elsewhere; nothing if none does."""
    said = _file()
    return str(said["sources"].get(said["rails"][rail_key].get("elsewhere", ""), ""))


def _minimum(fact: CountryFact, currency: str) -> Money:
    """The larger of our own minimum and the provider's, where both are in this currency."""
    ours = payout_minimum(currency)
    if currency != fact.currency:
        return ours
    return max(ours, Money(fact.minimum_minor, currency), key=lambda money: money.minor)


def _play_money(country: str, currency: str) -> list[PayoutRoute]:
    """The sandbox's own rail is open everywhere while this instance has it."""
    known = next((fact.currency for fact in country_facts() if fact.country == country), "USD")
    return [
        PayoutRoute(way.key, way.name, country, payout_minimum(currency or known), (0, 0), ())
        for way in rails()
        if way.key == PLAY_MONEY
    ]


@cache
def _file() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return said


@cache
def _facts() -> tuple[CountryFact, ...]:
    pages = _file()["sources"]
    return tuple(
        _fact(pages, key, about, country, row)
        for key, about in _file()["rails"].items()
        for country, row in about["countries"].items()
    )


def _fact(
    pages: dict[str, str], key: str, about: dict[str, Any], country: str, row: dict[str, Any]
) -> CountryFact:
    days = row.get("days", about.get("days"))
    named = (
        row.get("source", about["source"]),
        about.get("time_source"),
        about.get("minimum_source"),
    )
    return CountryFact(
        rail=key,
        country=country,
        currency=row["currency"],
        minimum_minor=row.get("minimum_minor", 0),
        days=(days[0], days[1]) if days else None,
        sources=tuple(dict.fromkeys(pages[name] for name in named if name)),
        caution=pages[row["caution"]] if "caution" in row else "",
    )
