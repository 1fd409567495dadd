"""Amounts, rates and days read as people of each language write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from creatorhub.foundation import amounts
from creatorhub.foundation.clock import travel_to
from creatorhub.foundation.templatetags import look
from creatorhub.money import CURRENCIES, Money

NBSP = "\u00a0"
NOVEMBER = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("money", "english", "arabic"),
    [
        (Money(7900, "SAR"), f"SAR{NBSP}79", f"79{NBSP}ر.س"),
        (Money(412850, "SAR"), f"SAR{NBSP}4,128.50", f"4,128.50{NBSP}ر.س"),
        (Money(4500, "KWD"), f"KWD{NBSP}4.500", f"4.500{NBSP}د.ك"),
        (Money(4000, "KWD"), f"KWD{NBSP}4", f"4{NBSP}د.ك"),
        (Money(120000, "USD"), "$1,200", f"1,200{NBSP}دولار"),
        (Money(1, "USD"), "$0.01", f"0.01{NBSP}دولار"),
        (Money(500, "JPY"), "¥500", f"500{NBSP}ين"),
        (Money(0, "SAR"), f"SAR{NBSP}0", f"0{NBSP}ر.س"),
    ],
)
def test_an_amount_reads_natively(money: Money, english: str, arabic: str) -> None:
    assert amounts.format_money(money, "en") == english
    assert amounts.format_money(money, "ar") == arabic


def test_columns_can_keep_their_decimals() -> None:
    assert amounts.format_money(Money(7900, "SAR"), "en", exact=True) == f"SAR{NBSP}79.00"
    assert amounts.format_money(Money(4000, "KWD"), "ar", exact=True) == f"4.000{NBSP}د.ك"


def test_a_minus_stands_before_the_number_in_both_directions() -> None:
    assert amounts.format_money(Money(-395, "SAR"), "en") == f"-SAR{NBSP}3.95"
    assert amounts.format_money(Money(-395, "SAR"), "ar") == f"\u200f\u200e-3.95{NBSP}ر.س"


@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_every_currency_we_count_in_has_a_name(currency: str) -> None:
    assert currency_is_arabic(amounts.currency_name(currency, "ar"))
    assert amounts.currency_name(currency, "en").isascii() or currency in {"EUR", "GBP", "JPY"}


def currency_is_arabic(name: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in name)


def test_filters_speak_the_language_of_the_page() -> None:
    with override("ar"):
        assert look.money(Money(7900, "SAR")) == f"79{NBSP}ر.س"
        assert look.currency("SAR") == "ر.س"
    with override("en"):
        assert look.money(Money(7900, "SAR"), "exact") == f"SAR{NBSP}79.00"
        assert look.money(None) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [(12480, "12,480"), (Decimal("2.740"), "2.74"), (0.5, "0.5"), (1000.0, "1,000"), (0, "0")],
)
def test_numbers_are_western_and_grouped(value: Decimal | float | int, words: str) -> None:
    with override("ar"):
        assert look.number(value) == words


def test_rates_are_percentages() -> None:
    assert look.rate(2000) == "20%"
    assert look.rate(274) == "2.74%"
    assert look.rate(None) == ""


def test_days_name_the_year_only_when_it_is_another() -> None:
    with travel_to(NOVEMBER):
        assert amounts.format_day(dt.date(2026, 12, 3), "en") == "Thursday 3 December"
        assert amounts.format_day(dt.date(2027, 1, 7), "en") == "Thursday 7 January 2027"
        assert amounts.format_short_day(dt.date(2026, 12, 3), "en") == "3 Dec"
        assert amounts.format_short_day(dt.date(2025, 12, 3), "en") == "3 Dec 2025"
        assert amounts.format_day(dt.date(2026, 12, 3), "ar") == "الخميس 3 ديسمبر"
