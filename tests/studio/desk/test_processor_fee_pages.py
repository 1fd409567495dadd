"""The fee of the payment provider can be read: by staff in the book, by a shop that bears it."""

from __future__ import annotations

import re

import pytest

from creatorhub.foundation.policy import change_policy, policy
from creatorhub.ledger.models import Account
from creatorhub.sales.models import Sale
from tests.factories.accounts import a_user
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.stripe_sales import a_stripe_that_keeps, pay_by_card
from tests.factories.studio import a_staff_browser, signed_in, words_of

pytestmark = pytest.mark.django_db

DESK = "/en/studio/desk/"


@pytest.fixture
def sale() -> Sale:
    """100.00 of Layan's shop, which bears the 3.20 that the processor kept."""
    change_policy(actor=None, processor_fee_bearer="shop")
    shop = a_shop(owner=a_user(name="Layan"))
    with a_stripe_that_keeps() as fake:
        (sold,) = pay_by_card(fake, a_published_listing(shop=shop, price=10_000))
    return sold


def test_staff_read_who_kept_it_and_who_bears_it(sale: Sale) -> None:
    staff, number = a_staff_browser(), sale.order.number
    account = Account.objects.get(name="processor_fees")
    page = words_of(staff.get(f"{DESK}ledger/accounts/{account.pk}/"))
    assert f"Kept by the payment provider of order {number}" in page
    assert f"Fee of the payment provider for order {number}, borne by the shop" in page
    posting = re.search(r"/en/studio/desk/ledger/postings/\d+/", page)
    assert posting
    told = words_of(staff.get(posting.group()))
    assert "The payment provider keeps this part of every payment." in told
    entry = re.search(r"/en/studio/desk/ledger/entries/\d+/", told)
    assert entry
    both = words_of(staff.get(entry.group()))
    for words in ("Fee of the payment provider", "Owed to us: Layan", "SAR 3.20"):
        assert words in both


def test_a_shop_reads_what_it_bears(sale: Sale) -> None:
    layan = sale.shop.owner.user
    assert layan is not None
    page = words_of(signed_in(layan).get("/en/studio/money/"))
    assert f"Fee of the payment provider for order {sale.order.number}" in page
    assert "SAR 3.20" in page


def test_staff_decide_who_bears_it() -> None:
    staff = a_staff_browser()
    form = staff.get(f"{DESK}policy/").context["form"]
    assert form.initial["processor_fee_bearer"] == "market"
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: "" if value is None else value for name, value in typed.items()}
    answer = staff.post(f"{DESK}policy/", typed | {"processor_fee_bearer": "shop", "policy": "yes"})
    assert answer.status_code == 302
    assert policy().processor_fee_bearer == "shop"
