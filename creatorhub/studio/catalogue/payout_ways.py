"""How a creator would be paid in each country, said before a shop is opened."""

from __future__ import annotations

from dataclasses import dataclass

from creatorhub.foundation.reasons import Words
from creatorhub.payouts.countries import PayoutRoute, routes_by_country
from creatorhub.shops.countries import COUNTRIES


@dataclass(frozen=True, slots=True)
class WaysThere:
    """A country by name, and its ways that move real money or are practice."""

    country: str
    name: Words
    routes: list[PayoutRoute]


def ways_to_be_paid() -> list[WaysThere]:
    """One row a country, in the order of the form."""
    by_country = {row.country: row.routes for row in routes_by_country()}
    return [
        WaysThere(code, country.name, by_country.get(code, []))
        for code, country in COUNTRIES.items()
    ]
