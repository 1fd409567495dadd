"""What the page about being paid shows: the ways that are open, and where each stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from creatorhub.accounts.models import User
from creatorhub.foundation.policy import payout_minimum
from creatorhub.foundation.reasons import Reason, Words, reason
from creatorhub.ledger.models import Account
from creatorhub.money import Money
from creatorhub.payouts.calendar import next_payout_on
from creatorhub.payouts.countries import PayoutRoute, payout_routes
from creatorhub.payouts.models import BankAccount, Payee, PayeeHold, Recipient
from creatorhub.payouts.rails.manual_bank import ManualBankRail, account_id
from creatorhub.payouts.rails.stripe_connect import StripeConnectRail
from creatorhub.payouts.requirements import in_words
from creatorhub.shops.countries import COUNTRIES
from creatorhub.shops.models import Shop

FIRST_COUNTRY = "SA"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be paid, and how far this person is with it."""

    route: PayoutRoute
    is_used: bool
    is_ready: bool
    missing: list[Words]
    due_by: dt.datetime | None = None
    is_begun: bool = False
    account: BankAccount | None = None
    bank_refused_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the page says."""

    payee: Payee | None
    country: str
    country_name: Words
    ways: list[Way]
    holds: list[tuple[PayeeHold, Reason]]
    next_on: dt.date
    minimums: list[Money]

    @property
    def used(self) -> Way | None:
        return next((way for way in self.ways if way.is_used), None)


def settings_of(user: User) -> Settings:
    """Reading makes no rows: somebody who never earned sees what would be open to them."""
    payee = Payee.objects.filter(party__user=user).select_related("party").first()
    country = country_of(user)
    currencies = currencies_of(user, payee)
    holds = PayeeHold.objects.filter(payee=payee, closed_at=None).order_by("expected_until")
    return Settings(
        payee=payee,
        country=country,
        country_name=COUNTRIES[country].name,
        ways=[_way(route, payee) for route in payout_routes(country, currencies[0])],
        holds=[(hold, reason(hold.reason_code)) for hold in holds] if payee else [],
        next_on=next_payout_on(is_monthly=bool(payee and payee.schedule == "monthly")),
        minimums=[payout_minimum(currency) for currency in currencies],
    )


def country_of(user: User) -> str:
    """Where the person said they are; else where their shop is; else where most are."""
    party = getattr(user, "party", None)
    shop = Shop.objects.filter(owner__user=user).order_by("pk").first()
    said = (party.country if party else "") or (shop.country if shop else "")
    return said if said in COUNTRIES else FIRST_COUNTRY


def currencies_of(user: User, payee: Payee | None) -> list[str]:
    """What they earn in: on the book, or in their shops; else what their country counts in."""
    owner = payee.ledger_owner if payee else ""
    accounts = Account.objects.filter(owner=owner).exclude(owner="")
    earned = set(accounts.values_list("currency", flat=True))
    priced = set(Shop.objects.filter(owner__user=user).values_list("currency", flat=True))
    return sorted(earned | priced) or [COUNTRIES[country_of(user)].currency]


def _way(route: PayoutRoute, payee: Payee | None) -> Way:
    is_used = payee is not None and payee.rail == route.rail
    if payee is not None and route.rail == StripeConnectRail.key:
        return _connect(route, payee, is_used=is_used)
    account = None
    if payee is not None and is_used and route.rail == ManualBankRail.key and payee.destination:
        account = BankAccount.objects.get(pk=account_id(payee.destination), payee=payee)
    is_ready = bool(is_used and payee and payee.is_ready)
    return Way(route, is_used=is_used, is_ready=is_ready, missing=[], account=account)


def _connect(route: PayoutRoute, payee: Payee, *, is_used: bool) -> Way:
    recipients = Recipient.objects.filter(payee=payee).exclude(provider_id="")
    recipient = recipients.filter(provider_id=payee.destination).first() if is_used else None
    recipient = recipient or recipients.filter(country=route.country).order_by("-pk").first()
    if recipient is None:
        return Way(route, is_used=is_used, is_ready=False, missing=[])
    return Way(
        route,
        is_used=is_used,
        is_ready=recipient.is_ready,
        missing=in_words(recipient.due),
        due_by=recipient.due_by,
        is_begun=True,
        bank_refused_at=recipient.bank_refused_at,
    )
