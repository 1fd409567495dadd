"""How shops collect where, from payment_countries.yaml, with the source of each fact.

Two different questions: what a gateway can do for a country at all, and which gateways this
instance has. What it cannot do has a reason that people read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import Words
from creatorhub.payments.registry import gateway_names

FILE = Path(__file__).with_name("payment_countries.yaml")
SANDBOX, STRIPE = "sandbox", "stripe"

GATEWAY_WORDS: dict[str, Words] = {
    STRIPE: _("Cards, through the market's payment provider"),
    SANDBOX: _("Cards, for practice: no real money"),
    "cash_on_delivery": _("Cash on delivery"),
    "bank_transfer": _("Bank transfer or wallet"),
}

REASON_WORDS: dict[str, Words] = {
    "not_charged_by_processor": _(
        "The payment provider does not charge cards in this currency. Cash and transfers work in"
        " it, or the shop can price in US dollars."
    ),
    "prices_in_dollars": _(
        "Prices there change with the exchange rate, so shops price in US dollars here."
    ),
    "no_own_currency": _("There is no currency of its own; shops price in US dollars here."),
    "not_counted_yet": _(
        "This market does not count in the country's own currency yet, so shops price in US"
        " dollars."
    ),
    "not_switched_on": _("This market has no card payments at the moment."),
}


@dataclass(frozen=True, slots=True)
class Collection:
    """One gateway for one country and currency. An empty `reason` means that it works here."""

    gateway: str
    name: Words
    reason: Words = ""
    sources: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True)
class PriceNote:
    """Why a country's shops do not price in its own currency."""

    own: str
    currency: str
    reason: Words


def collections(*, country: str, currency: str) -> list[Collection]:
    """How a shop of this country collects in this currency at this instance, cards first."""
    here = gateway_names()
    cards = [name for name in here if name in (STRIPE, SANDBOX)]
    ways = [_card(cards[0] if cards else STRIPE, currency, is_here=bool(cards))]
    for name in ("cash_on_delivery", "bank_transfer"):
        if name in here:
            ways.append(Collection(name, GATEWAY_WORDS[name], "", _sources(name, country)))
    return ways


def price_note(country: str) -> PriceNote | None:
    """Why shops there price in another currency than the country's own; None when they do not."""
    row = _file()["prices_in"].get(country)
    if row is None:
        return None
    return PriceNote(row["own"], row["currency"], REASON_WORDS[row["reason"]])


def can_have_account(country: str) -> bool:
    """Whether the card processor opens accounts for companies of this country."""
    return country in _file()["gateways"][STRIPE]["accounts_in"]


def sources() -> list[str]:
    """Every page a fact was read on."""
    return list(_file()["sources"].values())


def _card(name: str, currency: str, *, is_here: bool) -> Collection:
    about = _file()["gateways"][STRIPE]
    pages = (_file()["sources"][about["source"]],)
    if not is_here:
        return Collection(STRIPE, GATEWAY_WORDS[STRIPE], REASON_WORDS["not_switched_on"], pages)
    if name == STRIPE and currency not in about["currencies"]:
        reason = REASON_WORDS[about["not_charged"][currency]]
        return Collection(name, GATEWAY_WORDS[name], reason, pages)
    return Collection(name, GATEWAY_WORDS[name], "", pages if name == STRIPE else ())


def _sources(gateway: str, country: str) -> tuple[str, ...]:
    about = _file()["gateways"][gateway]
    named = about.get("sources_of", {}).get(country, about.get("source"))
    return (_file()["sources"][named],) if named else ()


@cache
def _file() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return said
