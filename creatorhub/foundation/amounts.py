"""Amounts, counts, rates and dates as people read them.

Owns: the words and signs of currencies in each language. Western digits in every language.
Never: arithmetic; that is `creatorhub.money`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel.numbers import get_currency_symbol
from django.utils import formats
from django.utils.translation import get_language, override

from creatorhub.foundation.clock import today
from creatorhub.money import Money

# «ر.س» rather than U+20C1: no free font has the new sign yet.
ARABIC_NAMES = {
    "AED": "د.إ",
    "BHD": "د.ب",
    "DZD": "د.ج",
    "EGP": "ج.م",
    "EUR": "يورو",
    "GBP": "جنيه إسترليني",
    "IQD": "د.ع",
    "JOD": "د.أ",
    "JPY": "ين",
    "KWD": "د.ك",
    "LYD": "د.ل",
    "MAD": "د.م",
    "OMR": "ر.ع",
    "QAR": "ر.ق",
    "SAR": "ر.س",
    "TND": "د.ت",
    "TRY": "ليرة تركية",
    "USD": "دولار",
}
NO_BREAK = "\u00a0"
# A minus before a number would swap sides inside Arabic: the amount starts right-to-left (RLM),
# its number left-to-right (LRM).
ARABIC_MINUS = "\u200f\u200e-"


def format_money(money: Money, language: str | None = None, *, exact: bool = False) -> str:
    """`SAR 4,128.50` or `4,128.50 ر.س`; whole amounts lose their decimals unless `exact`."""
    number = _digits(abs(money.minor), money.exponent, exact=exact)
    if _is_arabic(language):
        sign = ARABIC_MINUS if money.minor < 0 else ""
        return f"{sign}{number}{NO_BREAK}{ARABIC_NAMES[money.currency]}"
    sign = "-" if money.minor < 0 else ""
    symbol = get_currency_symbol(money.currency, locale="en")
    return f"{sign}{symbol}{NO_BREAK if symbol.isalpha() else ''}{number}"


def currency_name(currency: str, language: str | None = None) -> str:
    """How the currency is written beside amounts, for headings and fields."""
    if _is_arabic(language):
        return ARABIC_NAMES[currency]
    return str(get_currency_symbol(currency, locale="en"))


def format_number(value: Decimal | int | float) -> str:
    """12,480 in every language; up to two decimals."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def format_rate(rate_bps: int) -> str:
    """Basis points as a percentage: 2000 → 20%, 274 → 2.74%."""
    return f"{format_number(Decimal(rate_bps) / 100)}%"


def format_day(day: dt.date | dt.datetime, language: str | None = None) -> str:
    """`Thursday 3 December`, with the year when it is not this one."""
    pattern = "l j F" if day.year == today().year else "l j F Y"
    with override(language or get_language()):
        return formats.date_format(day, pattern)


def format_short_day(day: dt.date | dt.datetime, language: str | None = None) -> str:
    """`3 Dec`, for tables and charts."""
    pattern = "j M" if day.year == today().year else "j M Y"
    with override(language or get_language()):
        return formats.date_format(day, pattern)


def _digits(minor: int, exponent: int, *, exact: bool) -> str:
    whole = Decimal(minor).scaleb(-exponent)
    if not exact and whole == whole.to_integral_value():
        return f"{int(whole):,}"
    return f"{whole:,.{exponent}f}"


def _is_arabic(language: str | None) -> bool:
    return (language or get_language() or "").startswith("ar")
