"""Where a shop can be, and what is true there in this instance.

Only what works today is promised: a country's rails grow here when they are built.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is ISO 3166-1 alpha-2; `currency` the one most people there price in."""

    code: str
    name: Promise
    currency: str


COUNTRIES: dict[str, Country] = {
    country.code: country
    for country in (
        Country("SA", _("Saudi Arabia"), "SAR"),
        Country("AE", _("United Arab Emirates"), "AED"),
        Country("EG", _("Egypt"), "EGP"),
        Country("KW", _("Kuwait"), "KWD"),
        Country("QA", _("Qatar"), "QAR"),
        Country("BH", _("Bahrain"), "BHD"),
        Country("OM", _("Oman"), "OMR"),
        Country("JO", _("Jordan"), "JOD"),
        Country("MA", _("Morocco"), "MAD"),
        Country("DZ", _("Algeria"), "DZD"),
        Country("TN", _("Tunisia"), "TND"),
        Country("LY", _("Libya"), "LYD"),
        Country("IQ", _("Iraq"), "IQD"),
        Country("LB", _("Lebanon"), "USD"),
        Country("PS", _("Palestine"), "USD"),
        Country("YE", _("Yemen"), "USD"),
        Country("SY", _("Syria"), "USD"),
        Country("SD", _("Sudan"), "USD"),
        Country("MR", _("Mauritania"), "USD"),
        Country("SO", _("Somalia"), "USD"),
        Country("DJ", _("Djibouti"), "USD"),
        Country("KM", _("Comoros"), "USD"),
        Country("TR", _("Türkiye"), "TRY"),
        Country("GB", _("United Kingdom"), "GBP"),
        Country("DE", _("Germany"), "EUR"),
        Country("FR", _("France"), "EUR"),
        Country("NL", _("Netherlands"), "EUR"),
        Country("US", _("United States"), "USD"),
        Country("CA", _("Canada"), "USD"),
        Country("JP", _("Japan"), "JPY"),
    )
}
