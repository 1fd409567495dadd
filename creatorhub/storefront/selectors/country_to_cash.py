"""Country to cash: how a shop of each country collects, in which currency, and how it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from creatorhub.payments.countries import Collection, PriceNote, collections, price_note
from creatorhub.payouts.countries import PayoutRoute, payout_routes
from creatorhub.shops.countries import COUNTRIES, Country

ARAB = (
    "SA AE EG KW QA BH OM JO MA DZ TN LY IQ LB PS YE SY SD MR SO DJ KM".split()  # noqa: SIM905  A list of codes reads best as one line.
)


@dataclass(frozen=True)
class CountryRow:
    """One country. A way that is not open says why; `note` is about the currency."""

    country: Country
    ways: list[Collection]
    note: PriceNote | None
    routes: list[PayoutRoute]

    @property
    def open_ways(self) -> list[Collection]:
        return [way for way in self.ways if way.is_open]

    @property
    def closed_ways(self) -> list[Collection]:
        return [way for way in self.ways if not way.is_open]

    @property
    def real_routes(self) -> list[PayoutRoute]:
        return [route for route in self.routes if not route.is_play_money]

    @property
    def sources(self) -> list[str]:
        """The pages behind this row, each once."""
        pages = [page for way in self.ways for page in way.sources]
        pages += [page for route in self.routes for page in route.sources]
        return list(dict.fromkeys(pages))


@dataclass(frozen=True)
class CountryGroup:
    """Countries under one heading."""

    is_arab: bool
    rows: list[CountryRow]


def country_groups() -> list[CountryGroup]:
    """The Arab countries, then the big others. Reads the policy, and no other row."""
    arab = [country_row(code) for code in ARAB]
    others = [country_row(code) for code in COUNTRIES if code not in ARAB]
    return [CountryGroup(True, arab), CountryGroup(False, others)]


def country_row(code: str) -> CountryRow:
    country = COUNTRIES[code]
    return CountryRow(
        country=country,
        ways=collections(country=code, currency=country.currency),
        note=price_note(code),
        routes=payout_routes(code, country.currency),
    )
