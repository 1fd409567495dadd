"""Countries a parcel can go to, in the reader's language, with what their addresses have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from babel import Locale
from oscar.apps.address.abstract_models import AbstractAddress

# Shown first: the market's own audience. Everybody else follows by name.
FIRST = (
    "SA AE EG KW QA BH OM JO IQ MA DZ TN LB PS LY SD YE SY MR SO DJ KM".split()  # noqa: SIM905  A list of codes reads best as one line.
)
# CLDR names a territory; people there name their country.
OWN_NAMES = {"ar": {"PS": "فلسطين"}, "en": {"PS": "Palestine"}}
POSTCODES: dict[str, str] = AbstractAddress.POSTCODES_REGEX


@dataclass(frozen=True)
class Country:
    """`asks_postcode`: addresses there have one. `needs_postcode`: nothing arrives without it."""

    code: str
    name: str
    asks_postcode: bool
    needs_postcode: bool
    calling_code: int


@lru_cache(maxsize=4)
def countries(language: str) -> tuple[Country, ...]:
    """Every country with telephones, the first ones first, then by name."""
    names = {**Locale.parse(language).territories, **OWN_NAMES.get(language, {})}
    rest = sorted(set(phonenumbers.SUPPORTED_REGIONS) - set(FIRST), key=lambda c: str(names[c]))
    return tuple(_country(code, str(names[code])) for code in (*FIRST, *rest))


def country_named(code: str, language: str) -> Country | None:
    return _by_code(language).get(code)


@lru_cache(maxsize=4)
def _by_code(language: str) -> dict[str, Country]:
    return {country.code: country for country in countries(language)}


def postcode_is_plausible(code: str, postcode: str) -> bool:
    """Whether it looks like a postal code of that country; anything does where we know none."""
    pattern = POSTCODES.get(code)
    return pattern is None or re.match(pattern, postcode.upper().replace(" ", "")) is not None


def _country(code: str, name: str) -> Country:
    asks = code in POSTCODES
    return Country(
        code=code,
        name=name,
        asks_postcode=asks,
        # Arab addresses have codes that few people know; landmark and phone find the door there.
        needs_postcode=asks and code not in FIRST,
        calling_code=phonenumbers.country_code_for_region(code),
    )
