"""Every cell of "from country to cash": a shop there sells that way and is paid, to the cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.selectors import balance
from creatorhub.money import Money, currency_facts
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payments.countries import collections, price_note, sources
from creatorhub.payouts.bank_numbers import check_numbers
from creatorhub.payouts.countries import rails_of_country
from creatorhub.payouts.models import Payee, Payout, PayoutBatch
from creatorhub.payouts.services import (
    approve_batch,
    hand_over_batch,
    mark_paid,
    payee_of,
    prepare_batch,
    run_payouts,
    save_bank_account,
)
from creatorhub.sales.models import SaleLine
from creatorhub.sales.services import release_due
from creatorhub.sales.services.settle_debts import settle_debts
from creatorhub.shops.countries import COUNTRIES
from creatorhub.shops.models import Listing
from creatorhub.storefront.selectors.country_to_cash import ARAB, country_groups, country_row
from tests.factories.accounts import a_staff_user
from tests.factories.cash import a_cash_order, deliver, takes_cash
from tests.factories.payouts import deliver_payouts
from tests.factories.sales import a_click, a_sale, an_affiliate, send
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import words_of

pytestmark = pytest.mark.django_db
CARD, CASH, TRANSFER = "sandbox", "cash_on_delivery", "bank_transfer"

# The example of each country from the registry of IBANs; elsewhere the shape banks there use.
ACCOUNTS: dict[str, dict[str, str]] = {
    "AE": {"number": "AE070331234567890123456"},
    "BH": {"number": "BH67BMAG00001299123456"},
    "CA": {"number": "1234567", "bank_code": "000305839"},
    "DE": {"number": "DE89370400440532013000"},
    "DJ": {"number": "DJ2100010000000154000100186"},
    "DZ": {"number": "0" * 20, "bic": "BNALDZAL"},
    "EG": {"number": "EG380019000500000000263180002"},
    "FR": {"number": "FR1420041010050500013M02606"},
    "GB": {"number": "GB29NWBK60161331926819"},
    "IQ": {"number": "IQ98NBIQ850123456789012"},
    "JO": {"number": "JO94CBJO0010000000000131000302"},
    "JP": {"number": "1234567", "bank_code": "0001001"},
    "KM": {"number": "123456", "bic": "BICMKMKM"},
    "KW": {"number": "KW81CBKU0000000000001234560101"},
    "LB": {"number": "LB62099900000001001901229114"},
    "LY": {"number": "LY83002048000020100120361"},
    "MA": {"number": "0" * 24, "bic": "BCMAMAMC"},
    "MR": {"number": "MR1300020001010000123456753"},
    "NL": {"number": "NL91ABNA0417164300"},
    "OM": {"number": "OM810180000001299123456"},
    "PS": {"number": "PS92PALS000000000400123456702"},
    "QA": {"number": "QA58DOHB00001234567890ABCDEFG"},
    "SA": {"number": "SA0380000000608010167519"},
    "SD": {"number": "SD2129010501234001"},
    "SO": {"number": "SO211000001001000100141"},
    "SY": {"number": "123456", "bic": "CBSYSYDA"},
    "TN": {"number": "TN5910006035183598478831"},
    "TR": {"number": "TR330006100519786457841326"},
    "US": {"number": "123456789", "bank_code": "021000021"},
    "YE": {"number": "YE15CBYE0001018861234567891234"},
}


def a_listing_in(country: str) -> Listing:
    """A shop of this country in its usual currency; the price is odd, and large enough to pay."""
    currency = COUNTRIES[country].currency
    shop = a_shop(country=country, currency=currency)
    takes_cash(shop)
    facts = currency_facts(currency)
    price = facts.charge_minimum_minor * 40 + facts.quantum_minor * 7
    return a_published_listing(shop=shop, price=Money(price, currency), stock=9)


def paid_by_bank(payee: Payee, country: str) -> None:
    checked = check_numbers(country=country, **ACCOUNTS[country])
    save_bank_account(payee=payee, country=country, holder=payee.party.name, checked=checked)


def the_bank_pays_everybody() -> None:
    run = run_payouts(key="country to cash")
    deliver_payouts()
    first, second = a_staff_user(), a_staff_user()
    for batch in PayoutBatch.objects.filter(run=run):
        prepare_batch(batch_id=batch.pk, actor=first)
        approve_batch(batch_id=batch.pk, actor=second)
        hand_over_batch(batch_id=batch.pk, actor=first)
        for payout in batch.payouts.all():
            mark_paid(payout_id=payout.pk, reference=f"BANK{payout.pk}", actor=first)


def sell(listing: Listing, way: str, affiliate: Any) -> None:
    clicks = [a_click(affiliate, listing)]
    if way == CARD:
        send(a_sale(listing, clicks=clicks))
    else:
        deliver(a_cash_order(listing, gateway=way, clicks=clicks))


@pytest.mark.parametrize("way", [CARD, CASH, TRANSFER])
@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_a_shop_there_sells_this_way_and_is_paid_to_the_cent(country: str, way: str) -> None:
    listing = a_listing_in(country)
    currency, owner = listing.shop.currency, listing.shop.owner
    noor = an_affiliate(listing.shop, rate_bps=1_230)
    sell(listing, way, noor)
    if way != CARD:
        send(a_sale(listing))  # What is owed is taken from the next card sale.
    with travel_to(now() + dt.timedelta(days=30)):
        for _again in range(2):
            release_due()
            settle_debts()
        for party in (owner, noor):
            paid_by_bank(payee_of(party=party), country)
        the_bank_pays_everybody()
    lines = SaleLine.objects.select_related("sale")
    by_card = sum(line.net_minor for line in lines if not line.sale.is_collected_by_shop)
    owed = sum(
        line.fee_minor + line.commission_minor for line in lines if line.sale.is_collected_by_shop
    )
    earned = sum(line.commission_minor for line in lines)
    assert all(
        line.fee_minor + line.commission_minor + line.net_minor == line.base_minor for line in lines
    )
    assert _paid(owner) == by_card - owed
    assert _paid(noor) in (earned, 0), "all of it, or it waits for the smallest payout"
    assert balance("payee_receivable", payee_of(party=owner).ledger_owner, currency).minor == 0
    step = currency_facts(currency).quantum_minor
    assert not any(payout.amount_minor % step for payout in Payout.objects.all())
    check_invariants()


def test_every_cell_works_here_or_says_why() -> None:
    """A way the provider cannot charge, and a currency we do not count in, have their reason."""
    for code, country in COUNTRIES.items():
        row = country_row(code)
        assert {way.gateway for way in row.open_ways} == {CARD, CASH, TRANSFER}
        assert row.real_routes
        assert rails_of_country(code)
        usual = {"LB", "YE", "SY", "SD", "SO", "PS", "MR", "DJ", "KM", "CA"}
        assert (price_note(code) is not None) == (code in usual), country.name
    assert len(ARAB) == 22
    assert all(page.startswith("http") for page in sources())


@pytest.mark.parametrize(("currency", "is_open"), [("KWD", True), ("LYD", False), ("IQD", False)])
def test_what_the_provider_cannot_charge_is_said(
    settings: Any, monkeypatch: pytest.MonkeyPatch, currency: str, *, is_open: bool
) -> None:
    monkeypatch.setattr("creatorhub.payments.countries.gateway_names", lambda: ["stripe"])
    (card,) = collections(country="LY", currency=currency)
    assert card.is_open is is_open
    assert bool(card.reason) is not is_open
    assert card.sources


def test_the_page_shows_all_of_them(client: Client) -> None:
    with translation.override("en"):
        page = words_of(client.get(reverse("storefront:country_to_cash")))
    assert page.count('<article class="card') == len(COUNTRIES)
    assert "This market does not count in the country" in page
    assert "Where we know this from" in page
    assert [len(group.rows) for group in country_groups()] == [22, len(COUNTRIES) - 22]


def _paid(party: Any) -> int:
    rows = Payout.objects.filter(payee=payee_of(party=party), state=Payout.State.PAID)
    return sum(row.amount_minor for row in rows)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
