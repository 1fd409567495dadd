"""Staff look through the book by links alone: accounts, entries, orders, payees, payouts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client

from creatorhub.accounts.services import party_of
from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger import browse
from creatorhub.ledger.models import Account, JournalEntry
from creatorhub.payouts.models import Payee, Payout
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.models import Checkout, Sale
from creatorhub.sales.services import fail_refund, release_due
from tests.factories.accounts import a_user
from tests.factories.payouts import refusing_bank
from tests.factories.sales import (
    a_click,
    a_sale,
    an_affiliate,
    attempt_of,
    let_effects_happen,
    send,
)
from tests.factories.sales import refund as give_back
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import a_staff_browser, words_of

pytestmark = pytest.mark.django_db

BOOK = "/en/studio/desk/ledger/"


@pytest.fixture
def staff() -> Client:
    return a_staff_browser()


@pytest.fixture
def sale() -> Sale:
    """60.00 of Layan's shop, of which Noor earns 5 %; released and paid out."""
    shop = a_shop(owner=a_user(name="Layan"))
    noor = an_affiliate(shop, rate_bps=500)
    listing = a_published_listing(shop=shop, price=6_000, title="Planner")
    sold = a_sale(listing, clicks=[a_click(noor, listing)])
    send(sold)
    with travel_to(now() + dt.timedelta(days=16)):
        release_due()
        run_payouts(key="book")
        let_effects_happen()
    return sold


def read(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return words_of(answer)


def account(name: str, owner: str = "") -> Account:
    return Account.objects.get(name=name, owner=owner, currency="SAR")


def test_the_chart_shows_both_sides_and_that_they_are_equal(staff: Client, sale: Sale) -> None:
    page = read(staff, BOOK, currency="SAR")
    assert "What the market owes" in page
    assert "Fees of the market" in page
    assert "Both sides are equal, to the cent." in page


def test_a_book_that_is_out_of_balance_says_so(staff: Client, sale: Sale) -> None:
    Account.objects.filter(name="platform_fees").update(balance_minor=1)
    page = read(staff, BOOK, currency="SAR")
    assert "Both sides are equal" not in page
    assert "Run the doctor now." in page


def test_an_account_leads_to_its_postings_and_they_to_both_sides(staff: Client, sale: Sale) -> None:
    page = read(staff, f"{BOOK}accounts/{account('platform_fees').pk}/")
    assert "Fee of the market, 10%: Planner" in page
    posting = re.search(r"/en/studio/desk/ledger/postings/\d+/", page)
    assert posting
    told = read(staff, posting.group())
    assert "The policy of the market" in told
    entry = re.search(r"/en/studio/desk/ledger/entries/\d+/", told)
    assert entry
    both = read(staff, entry.group())
    for words in ("At the payment processor", "Held: Layan", "Share of the shop: Planner"):
        assert words in both


def test_an_order_follows_every_cent_to_whoever_has_it(staff: Client, sale: Sale) -> None:
    page = read(staff, f"{BOOK}orders/{sale.order.number}/")
    for amount in ("SAR 60.00", "SAR 51.00", "SAR 3.00", "SAR 6.00"):
        assert amount in page
    assert page.count("Paid out") >= 1
    assert attempt_of(Checkout.objects.get(order=sale.order)).payment_id in page


def test_a_payout_leads_back_to_the_buyers_payment(staff: Client, sale: Sale) -> None:
    payout = Payout.objects.get(payee__party=sale.shop.owner)
    page = read(staff, f"{BOOK}payouts/{payout.pk}/")
    payment_id = attempt_of(Checkout.objects.get(order=sale.order)).payment_id
    assert payment_id in page
    assert f"{BOOK}orders/{sale.order.number}/" in page


def test_a_payee_shows_accounts_holds_and_payouts(staff: Client, sale: Sale) -> None:
    payee = Payee.objects.get(party=sale.shop.owner)
    page = read(staff, f"{BOOK}payees/{payee.pk}/")
    assert "Layan" in page
    assert f"{BOOK}accounts/{account('payee_held', payee.ledger_owner).pk}/" in page
    assert "Paid on" in page


def test_an_entry_says_what_it_undid_and_what_undid_it(staff: Client) -> None:
    sold = a_sale(a_published_listing(price=6_000))
    send(sold)
    with travel_to(now() + dt.timedelta(days=16)), refusing_bank():
        release_due()
        run_payouts(key="back")
        let_effects_happen()
    sent = JournalEntry.objects.get(kind="payout")
    back = JournalEntry.objects.get(kind="payout_returned")
    assert f"{BOOK}entries/{sent.pk}/" in read(staff, f"{BOOK}entries/{back.pk}/")
    assert f"{BOOK}entries/{back.pk}/" in read(staff, f"{BOOK}entries/{sent.pk}/")


def test_a_refund_that_failed_is_told_to_the_end(staff: Client, sale: Sale) -> None:
    given = give_back(sale)
    fail_refund(reference=f"refund:{given.pk}")
    entry = JournalEntry.objects.get(kind="refund_failed")
    posting = entry.postings.get(account__name="processor_balance")
    page = read(staff, f"{BOOK}postings/{posting.pk}/")
    assert "It did not reach the buyer" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "release"}, 1),
        ({"kind": "sale"}, 1),
        ({"kind": "refund"}, 0),
        ({"last_on": "2020-01-01"}, 0),
        ({"first_on": "2020-01-01"}, 2),
        ({"order": "999"}, 0),
        ({"first_on": "nonsense"}, 2),
    ],
)
def test_postings_are_filtered_by_what_is_asked(
    staff: Client, sale: Sale, query: dict[str, str], expected: int
) -> None:
    owner = Payee.objects.get(party=sale.shop.owner).ledger_owner
    page = read(staff, f"{BOOK}accounts/{account('payee_held', owner).pk}/", **query)
    assert page.count("data-posting=") == expected


def test_a_common_account_is_filtered_by_payee_and_order(staff: Client, sale: Sale) -> None:
    a_sale(a_published_listing(price=6_000))
    address = f"{BOOK}accounts/{account('processor_balance').pk}/"
    owner = Payee.objects.get(party=sale.shop.owner).ledger_owner
    assert read(staff, address).count("data-posting=") == 3
    assert read(staff, address, payee=owner).count("data-posting=") == 2
    assert read(staff, address, order=sale.order.number).count("data-posting=") == 1


def test_pages_go_by_key_there_and_back(
    staff: Client, sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        browse.slice_of, "__kwdefaults__", browse.slice_of.__kwdefaults__ | {"size": 1}
    )
    address = f"{BOOK}accounts/{account('processor_balance').pk}/"
    seen: list[str] = []
    link = "?"
    while link:
        page = read(staff, address + link)
        seen += re.findall(r'data-posting="(\d+)"', page)
        link = next(iter(re.findall(r'href="(\?before=\d+)"', page)), "")
    keys = account("processor_balance").postings.order_by("-pk").values_list("pk", flat=True)
    assert seen == [str(pk) for pk in keys]
    back = re.findall(r'href="(\?after=\d+)"', page)[0]
    assert f'data-posting="{keys[len(keys) - 2]}"' in read(staff, address + back)


def test_an_account_is_a_file_that_no_spreadsheet_runs(staff: Client) -> None:
    a_sale(a_published_listing(price=6_000, title="=HYPERLINK()"))
    fees = account("platform_fees")
    answer: Any = staff.get(f"{BOOK}accounts/{fees.pk}/postings.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert len(header) == len(rows[0]) == 10
    assert [row[7] for row in rows] == ["6.00"]
    assert "=HYPERLINK()" in rows[0][3]
    assert not rows[0][3].startswith("=")


def test_the_search_opens_what_a_number_a_name_or_an_id_means(staff: Client, sale: Sale) -> None:
    payout = Payout.objects.get(payee__party=sale.shop.owner)
    payment = attempt_of(Checkout.objects.get(order=sale.order)).payment_id
    order = f"{BOOK}orders/{sale.order.number}/"
    for words, address in (
        (sale.order.number, order),
        (payment, order),
        (payout.provider_reference, f"{BOOK}payouts/{payout.pk}/"),
        ("Layan", f"{BOOK}payees/{payout.payee_id}/"),
    ):
        answer: Any = staff.get(BOOK, {"q": words})
        assert (answer.status_code, answer.headers.get("Location")) == (302, address), words


def test_a_search_that_finds_nothing_says_how_to_search(staff: Client, sale: Sale) -> None:
    assert "Nothing has this number" in read(staff, BOOK, q="nobody at all")
    assert "Nothing has this number" in read(staff, BOOK, q="9" * 40)


def test_an_empty_book_says_what_will_begin_it(staff: Client) -> None:
    assert "The first sale writes the first entry." in read(staff, BOOK)


def test_only_staff_may_look(sale: Sale) -> None:
    stranger = Client()
    stranger.force_login(party_of(user=a_user()).user)  # type: ignore[arg-type]  # Just made.
    assert stranger.get(BOOK).status_code == 404
