"""What a shop says of orders it collects, in its studio, and what our team decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from creatorhub.foundation.policy import change_policy
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payouts.services import payee_of
from creatorhub.sales.models import CashOrder, OfflineTerms
from creatorhub.sales.services.confirm_cash import deny_transfer, send_receipt
from creatorhub.sales.services.give_back_by_hand import contest_refund
from creatorhub.shops.models import Listing
from tests.factories.cash import SAUDI_IBAN, a_cash_order, deliver, sale_of, takes_cash
from tests.factories.sales import a_click, an_affiliate, refund, send, stands_at
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import a_staff_browser, signed_in, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def mug() -> Listing:
    shop = a_shop()
    takes_cash(shop)
    return a_published_listing(shop=shop, price=24_000, stock=50)


@pytest.fixture
def seller(mug: Listing) -> Client:
    assert mug.shop.owner.user is not None
    return signed_in(mug.shop.owner.user)


def page(browser: Client, name: str, *args: Any) -> str:
    return words_of(browser.get(reverse(name, args=args)))


def test_the_order_says_what_to_collect_and_asks_what_became_of_it(
    seller: Client, mug: Listing
) -> None:
    noor = an_affiliate(mug.shop, rate_bps=500)
    cash = a_cash_order(mug, clicks=[a_click(noor, mug)])
    sale = sale_of(cash)
    assert "Collect SAR 240.00" in page(seller, "studio:orders")
    before = page(seller, "studio:order", sale.pk)
    assert "Collect SAR 240.00 on delivery" in before
    assert "Send it first" in before
    send(sale)
    assert "Delivered and paid" in page(seller, "studio:order", sale.pk)
    address = reverse("studio:order_collected", args=[sale.pk])
    assert "SAR 36.00" in words_of(seller.get(address)), "what is owed is said before"
    assert seller.post(address).headers["location"] == reverse("studio:order", args=[sale.pk])
    after = page(seller, "studio:order", sale.pk)
    assert "You collected the money" in after
    assert "You keep" in after
    check_invariants()


def test_not_taken_closes_it(seller: Client, mug: Listing) -> None:
    sale = sale_of(a_cash_order(mug))
    address = reverse("studio:order_not_taken", args=[sale.pk])
    assert "Choose what happened" in words_of(seller.post(address, {}))
    assert seller.post(address, {"reason_code": "delivery_refused"}).status_code == 302
    assert "This order was not taken" in page(seller, "studio:order", sale.pk)
    assert seller.post(address, {"reason_code": "delivery_refused"}).status_code == 302


def test_what_is_owed_is_on_the_money_page(seller: Client, mug: Listing) -> None:
    change_policy(actor=None, pay_in_details="Market Bank, SA000")
    noor = an_affiliate(mug.shop, rate_bps=500)
    deliver(a_cash_order(mug, clicks=[a_click(noor, mug)]))
    money = page(seller, "studio:money")
    assert "You owe SAR 36.00" in money
    assert "to <bdi>Noor</bdi>, who shared it" in money
    assert "Market Bank" in money
    assert f"SHOP-{payee_of(party=mug.shop.owner).pk}" in money


def test_a_transfer_is_looked_for_and_found_or_not(seller: Client, mug: Listing) -> None:
    cash = a_cash_order(mug, gateway="bank_transfer")
    send_receipt(cash=cash, picture=None, note="Sent on Sunday")
    assert "Transfers to look for" in page(seller, "studio:orders")
    address = reverse("studio:transfer", args=[cash.pk])
    assert "Sent on Sunday" in words_of(seller.get(address))
    assert seller.post(address, {"missing": "yes", "note": "Not here"}).status_code == 302
    cash.refresh_from_db()
    assert (cash.state, cash.note) == (CashOrder.State.NOT_RECEIVED, "Not here")
    send_receipt(cash=cash, picture=None, note="Look again")
    answer = seller.post(address, {"arrived": "yes"})
    assert answer.headers["location"] == reverse("studio:order", args=[sale_of(cash).pk])
    assert seller.post(address, {"missing": "yes"}).status_code == 302, "said kindly, not broken"


def test_the_shop_says_that_it_gave_money_back(seller: Client, mug: Listing) -> None:
    sale = deliver(a_cash_order(mug))
    given = refund(sale)
    assert "Give the money back yourself" in page(seller, "studio:order", sale.pk)
    address = reverse("studio:order_given_back", args=[sale.pk, given.pk])
    assert "Say how" in words_of(seller.post(address, {}))
    seller.post(address, {"how": "In cash"})
    given.refresh_from_db()
    assert given.state == given.State.PAID


@pytest.mark.parametrize(
    ("account", "sentence"),
    [
        (SAUDI_IBAN.replace("7519", "7518"), "A digit of this IBAN is wrong"),
        ("رقم", "does not look like an account"),
        ("", "Buyers need this"),
    ],
)
def test_an_account_is_checked_where_it_can_be(seller: Client, account: str, sentence: str) -> None:
    form = {"part": "offline", "takes_transfers": "on", "account_holder": "Layan"}
    answer = seller.post(reverse("studio:shop_settings"), form | {"account": account})
    assert sentence in words_of(answer)


def test_a_shop_switches_it_on_with_amounts(seller: Client, mug: Listing) -> None:
    form = {"part": "offline", "takes_cash": "on", "cash_from": "50", "cash_up_to": "٢٠"}
    assert "less than the amount" in words_of(seller.post(reverse("studio:shop_settings"), form))
    seller.post(reverse("studio:shop_settings"), form | {"cash_up_to": "900"})
    terms = OfflineTerms.objects.get()
    assert (terms.cash_from_minor, terms.cash_up_to_minor) == (5_000, 90_000)
    assert not terms.takes_transfers


def test_a_lost_privilege_says_why_in_the_settings(seller: Client, mug: Listing) -> None:
    staff = a_staff_browser()
    terms = OfflineTerms.objects.get()
    staff.post(reverse("studio:desk_cash_privilege", args=[terms.pk]))
    settings = page(seller, "studio:shop_settings")
    assert "Our team stopped this" in settings
    staff.post(reverse("studio:desk_cash_privilege", args=[terms.pk]))
    assert "Our team stopped this" not in page(seller, "studio:shop_settings")


def test_our_team_decides_what_nobody_confirmed_and_what_is_contested(mug: Listing) -> None:
    staff = a_staff_browser()
    cash = a_cash_order(mug, gateway="bank_transfer")
    send_receipt(cash=cash, picture=None, note="Paid")
    deny_transfer(cash=cash)
    send_receipt(cash=cash, picture=None, note="Really paid")
    assert "Really paid" in page(staff, "studio:desk_cash")
    staff.post(reverse("studio:desk_cash_decide", args=[cash.pk]), {"paid": "yes"})
    cash.refresh_from_db()
    assert cash.state == CashOrder.State.COLLECTED
    given = refund(sale_of(cash))
    owner = signed_in(mug.shop.owner.user)  # type: ignore[arg-type]  # it has a login
    owner.post(
        reverse("studio:order_given_back", args=[given.sale_id, given.pk]), {"how": "In cash"}
    )
    row = contest_refund(refund=given, note="Nobody came")
    assert "Nobody came" in page(staff, "studio:desk_cash")
    staff.post(reverse("studio:desk_cash_contest", args=[row.pk]), {"missing": "yes"})
    assert stands_at("payee_receivable", mug.shop.owner) == 2_400
    check_invariants()


def test_our_team_counts_what_a_shop_paid_in(mug: Listing) -> None:
    staff = a_staff_browser()
    deliver(a_cash_order(mug))
    payee = payee_of(party=mug.shop.owner)
    form = {"payee": payee.pk, "currency": "SAR", "amount": "25", "reference": "T1"}
    desk = reverse("studio:desk_cash")
    assert "owe less than that" in words_of(staff.post(desk, form))
    assert "Nobody here has this number" in words_of(staff.post(desk, form | {"payee": 999_999}))
    assert staff.post(desk, form | {"amount": "24"}).status_code == 302
    assert stands_at("payee_receivable", mug.shop.owner) == 0
    check_invariants()
