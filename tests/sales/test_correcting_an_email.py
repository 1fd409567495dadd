"""A mistyped address is corrected by the buyer, and the receipt goes to the right one."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.offers.models import Grant
from creatorhub.outbox.models import SentMail
from creatorhub.sales.errors import CorrectionRefusedError
from creatorhub.sales.selectors import buyer_orders, order_by_token
from creatorhub.sales.services import correct_email
from tests.factories.accounts import a_user
from tests.factories.sales import an_order, let_effects_happen, pay
from tests.factories.shops import a_download_listing

pytestmark = pytest.mark.django_db


def test_receipt_library_and_order_follow_the_new_address() -> None:
    checkout = an_order(a_download_listing(), email="sara@exmaple.com", address=None)
    pay(checkout)
    let_effects_happen()

    correct_email(checkout=checkout, email=" sara@example.com ")
    let_effects_happen()

    found = order_by_token(checkout.token)
    assert found.email == found.order.guest_email == "sara@example.com"
    assert Grant.objects.get().email == "sara@example.com"
    receipts = SentMail.objects.filter(subject__contains=checkout.order.number)
    assert set(receipts.values_list("to", flat=True)) >= {"sara@exmaple.com", "sara@example.com"}


def test_before_payment_only_the_address_changes() -> None:
    checkout = an_order(a_download_listing(), email="sara@exmaple.com", address=None)
    correct_email(checkout=checkout, email="sara@example.com")
    let_effects_happen()
    assert not SentMail.objects.exists()
    pay(checkout)
    let_effects_happen()
    assert SentMail.objects.filter(to="sara@example.com").exists()


def test_the_same_address_again_sends_nothing() -> None:
    checkout = an_order(a_download_listing(), email="sara@example.com", address=None)
    pay(checkout)
    assert correct_email(checkout=checkout, email="sara@example.com").email_corrected_at is None


@pytest.mark.parametrize("typed", ["", "sara", "sara@", "a b@example.com"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    checkout = an_order(a_download_listing(), email="sara@example.com", address=None)
    with pytest.raises(CorrectionRefusedError):
        correct_email(checkout=checkout, email=typed)


def test_after_two_days_it_is_too_late() -> None:
    checkout = an_order(a_download_listing(), email="sara@exmaple.com", address=None)
    with travel_to(now() + dt.timedelta(days=3)), pytest.raises(CorrectionRefusedError):
        correct_email(checkout=checkout, email="sara@example.com")


def test_a_signed_in_buyers_order_stays_in_their_account() -> None:
    user = a_user()
    checkout = an_order(a_download_listing(), user=user, email=user.email, address=None)
    pay(checkout)
    correct_email(checkout=checkout, email="work@example.com")
    assert checkout in buyer_orders(user)
    assert Grant.objects.get().user == user


def test_orders_as_a_guest_belong_to_whoever_proved_the_address() -> None:
    checkout = an_order(a_download_listing(), email="Sara@Example.com", address=None)
    pay(checkout)
    sara, other = a_user(email="sara@example.com"), a_user()
    assert list(buyer_orders(sara)) == [checkout]
    assert list(buyer_orders(other)) == []
