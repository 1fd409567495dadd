"""What the processor keeps of a payment is in the book, once, and is somebody's cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.policy import change_policy
from creatorhub.ledger.models import JournalEntry, Posting
from creatorhub.money import Money
from creatorhub.offers.goods.stock import release_stock
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payments.models import PaymentAttempt, Quarantine
from creatorhub.payments.registry import gateway
from creatorhub.payouts.services import check_balances
from creatorhub.sales.fee_invariants import fees_without_their_entry
from creatorhub.sales.services import complete_attempt, complete_due, release_due
from creatorhub.sales.services.complete_attempt import _keep_payment
from creatorhub.sales.services.settle_quarantine import return_quarantined
from tests.factories.accounts import a_staff_user
from tests.factories.sales import a_sale, attempt_of, let_effects_happen, refund, stands_at
from tests.factories.shops import a_download_listing, a_published_listing, a_shop
from tests.factories.stripe_sales import a_stripe_that_keeps, an_order_by_card, pay_by_card
from tests.fakestripe import FakeStripe, Habits

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe() -> Iterator[FakeStripe]:
    """It keeps 2.9 % and 0.30 of each charge."""
    with a_stripe_that_keeps() as fake:
        yield fake


def fees() -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(kind="processor_fee"))


def the_book_is_right(currency: str = "SAR") -> None:
    """By the doctor, and beside the processor's own word."""
    check_invariants()
    differences = {check.currency: check.difference for check in check_balances()}
    assert differences == {currency: Money(0, currency)}


def test_a_fee_is_the_markets_cost(stripe: FakeStripe) -> None:
    (sale,) = pay_by_card(stripe, a_published_listing(price=10_000))
    (entry,) = fees()
    assert entry.reference == f"order:{sale.order.number}"
    assert entry.idempotency_key == f"processor_fee:{sale.order.number}"
    assert stands_at("processor_fees") == 320
    assert stands_at("processor_balance") == 9_680
    assert stands_at("payee_held", sale.shop.owner) == 9_000
    the_book_is_right()


def test_however_often_it_is_told_there_is_one_entry(stripe: FakeStripe) -> None:
    (sale,) = pay_by_card(stripe, a_published_listing())
    stripe.deliver_events(twice=True)
    let_effects_happen()
    complete_attempt(reference=sale.order.number)
    assert len(fees()) == 1


def test_a_fee_that_was_told_is_kept_until_the_sale_is_recorded(stripe: FakeStripe) -> None:
    """The worker dies between the two transactions."""
    checkout = an_order_by_card(a_published_listing(price=10_000))
    page = attempt_of(checkout).provider_id
    stripe.pay(page)
    _keep_payment(checkout.attempt_reference, gateway("stripe").retrieve_checkout(page))
    assert (attempt_of(checkout).fee, fees()) == (Money(320, "SAR"), [])
    complete_due()
    assert stands_at("processor_fees") == 320
    the_book_is_right()


def test_shops_bear_it_by_what_they_sold_where_the_policy_says_so(stripe: FakeStripe) -> None:
    change_policy(actor=None, processor_fee_bearer="shop")
    first, second = a_shop(), a_shop()
    pay_by_card(
        stripe,
        a_published_listing(shop=first, price=6_001),
        a_published_listing(shop=second, price=3_998),
    )
    owed = [stands_at("payee_receivable", shop.owner) for shop in (first, second)]
    assert owed == [191, 128]  # 319: of 99.99, 2.9 % and 0.30
    assert stands_at("processor_fees") == 0
    assert stands_at("processor_balance") == 9_999 - 319
    assert len(fees()) == 1
    the_book_is_right()


def test_a_shops_part_is_taken_from_what_it_can_be_paid(stripe: FakeStripe) -> None:
    shop = a_shop()
    listing = a_download_listing(shop=shop, price=10_000)
    pay_by_card(stripe, listing)
    with travel_to(now() + dt.timedelta(days=40)):
        release_due()
    change_policy(actor=None, processor_fee_bearer="shop")
    pay_by_card(stripe, listing)
    assert stands_at("payee_payable", shop.owner) == 9_000 - 320
    assert stands_at("payee_receivable", shop.owner) == 0
    the_book_is_right()


def test_three_decimals_are_borne_in_steps_and_the_rest_is_the_markets() -> None:
    """Stripe counts its fee to the thousandth; a shop is paid in steps of ten."""
    change_policy(actor=None, processor_fee_bearer="shop")
    first, second = (a_shop(currency="KWD", country="KW") for _ in range(2))
    with a_stripe_that_keeps(Habits(fee_bps=290, fee_minor=33)) as fake:
        pay_by_card(
            fake,
            a_published_listing(shop=first, price=6_000),
            a_published_listing(shop=second, price=4_010),
        )
        # 10.010 KWD: 0.290 and 0.033, of which 0.320 are steps.
        owed = [stands_at("payee_receivable", shop.owner, "KWD") for shop in (first, second)]
        assert owed == [190, 130]
        assert stands_at("processor_fees", currency="KWD") == 3
        the_book_is_right("KWD")


def test_a_refund_does_not_bring_it_back(stripe: FakeStripe) -> None:
    (sale,) = pay_by_card(stripe, a_published_listing(price=10_000))
    refund(sale)
    let_effects_happen()
    assert stands_at("processor_fees") == 320
    assert stands_at("processor_balance") == -320
    the_book_is_right()


def test_a_payment_that_came_too_late_costs_the_market_its_fee(stripe: FakeStripe) -> None:
    change_policy(actor=None, processor_fee_bearer="shop")
    listing = a_published_listing(price=10_000, stock=1)
    late = an_order_by_card(listing)
    page = attempt_of(late).provider_id
    PaymentAttempt.objects.filter(provider_id=page).update(state="expired")
    release_stock(order_lines=late.order.lines.all())
    late.order.set_status("expired")
    a_sale(listing, email="omar@example.com")
    stripe.pay(page)
    complete_attempt(reference=late.attempt_reference)
    let_effects_happen()
    assert late.order.sales.count() == 0
    assert stands_at("processor_fees") == 320
    assert stands_at("buyer_credit") == 0
    the_book_is_right()


def test_a_payment_that_was_put_aside_and_goes_back_costs_the_market_its_fee(
    stripe: FakeStripe,
) -> None:
    checkout = an_order_by_card(a_published_listing(price=10_000))
    stripe.pay(attempt_of(checkout).provider_id)
    PaymentAttempt.objects.update(amount_minor=9_000)
    assert not complete_attempt(reference=checkout.attempt_reference)
    assert fees() == []
    return_quarantined(row=Quarantine.objects.get(), actor=a_staff_user(), note="not ours")
    let_effects_happen()
    assert stands_at("processor_fees") == 320
    assert stands_at("processor_balance") == -320
    assert fees_without_their_entry() == []
    assert [check.difference for check in check_balances()] == [Money(0, "SAR")]


def test_no_fee_is_no_entry() -> None:
    a_sale(a_published_listing())
    assert fees() == []


def test_a_fee_in_another_currency_is_not_guessed() -> None:
    with a_stripe_that_keeps(Habits(fee_bps=290, settles_in="usd")) as fake:
        (sale,) = pay_by_card(fake, a_published_listing())
        assert attempt_of(sale.order.checkout).fee is None
        assert fees() == []
        check_invariants()


def test_the_doctor_names_a_fee_that_differs_from_what_the_processor_kept(
    stripe: FakeStripe,
) -> None:
    (sale,) = pay_by_card(stripe, a_published_listing(price=10_000))
    assert fees_without_their_entry() == []
    PaymentAttempt.objects.update(fee_minor=321)
    key = f"entry processor_fee:{sale.order.number}"
    assert [(broken.row, broken.sentence) for broken in fees_without_their_entry()] == [
        (key, "of 321 is missing"),
        (key, "of 320 is of no payment"),
    ]
    PaymentAttempt.objects.update(fee_minor=None)
    assert [broken.row for broken in fees_without_their_entry()] == [key]
    assert Posting.objects.filter(entry__kind="processor_fee").count() == 2
