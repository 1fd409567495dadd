"""A payment that was put aside completes its order only when it is right; else it goes back."""

from __future__ import annotations

import pytest

from creatorhub.ledger.models import JournalEntry
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import OutboxMessage, SentMail
from creatorhub.payments.models import PaymentAttempt, PaymentRefund, Quarantine, SandboxCheckout
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Checkout, Refund, ReturnedPayment
from creatorhub.sales.services import (
    complete_quarantined,
    put_aside,
    repeat_return,
    return_quarantined,
)
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_staff_user
from tests.factories.refunds import banks_refuse, close_unpaid, paid_differently
from tests.factories.sales import (
    an_order,
    attempt_of,
    let_effects_happen,
    sales_of,
    stands_at,
    stock_of,
)
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db
State = PaymentAttempt.State


@pytest.fixture
def mug() -> Listing:
    return a_published_listing(price=10_000, stock=1)


@pytest.fixture
def checkout(mug: Listing) -> Checkout:
    return an_order(mug)


def row() -> Quarantine:
    return Quarantine.objects.select_related("attempt").get(closed_at=None)


def effects() -> None:
    let_effects_happen()
    assert not OutboxMessage.objects.filter(attempts__gt=0).exists()
    check_invariants()


def test_too_little_can_only_go_back(checkout: Checkout, mug: Listing) -> None:
    paid_differently(checkout, minor=9_000)
    assert not put_aside(row()).can_complete
    staff = a_staff_user()
    with pytest.raises(RefundRefusedError):
        complete_quarantined(row=row(), actor=staff, note="Try")

    returned = return_quarantined(row=row(), actor=staff, note="Too little.")

    effects()
    returned.refresh_from_db()
    assert (returned.state, returned.amount_minor) == (Refund.State.PAID, 9_000)
    assert PaymentRefund.objects.get().amount_minor == 9_000
    assert stock_of(mug) == (1, 0)
    checkout.order.refresh_from_db()
    assert checkout.order.status == "refunded"
    assert attempt_of(checkout).state == State.COMPLETED
    assert stands_at("processor_balance") == stands_at("buyer_credit") == 0
    assert SentMail.objects.filter(to=checkout.email).count() == 1


def test_too_much_completes_the_order_and_gives_the_difference_back(checkout: Checkout) -> None:
    paid_differently(checkout, minor=10_500)
    surplus = put_aside(row()).surplus
    assert surplus is not None
    assert surplus.minor == 500

    assert complete_quarantined(row=row(), actor=a_staff_user(), note="Paid twice a fee.")

    effects()
    (sale,) = sales_of(checkout)
    assert sale.total_minor == 10_000
    assert ReturnedPayment.objects.get().amount_minor == 500
    assert stands_at("processor_balance") == 10_000
    assert not Quarantine.objects.filter(closed_at=None).exists()


def test_the_right_amount_after_all_completes_the_order(checkout: Checkout) -> None:
    paid_differently(checkout, minor=9_999)
    SandboxCheckout.objects.update(amount_minor=10_000)
    assert complete_quarantined(row=row(), actor=a_staff_user(), note="The rest came.")
    effects()
    assert len(sales_of(checkout)) == 1
    assert not ReturnedPayment.objects.exists()


def test_another_currency_goes_back_in_its_own(checkout: Checkout) -> None:
    paid_differently(checkout, minor=9_000, currency="AED")
    return_quarantined(row=row(), actor=a_staff_user(), note="Dirhams.")
    effects()
    refund = PaymentRefund.objects.get()
    assert refund.amount.currency == ReturnedPayment.objects.get().currency == "AED"
    assert stands_at("processor_balance", currency="AED") == 0


def test_two_colleagues_settle_it_once(checkout: Checkout) -> None:
    paid_differently(checkout, minor=10_500)
    same, staff = row(), a_staff_user()
    return_quarantined(row=same, actor=staff, note="Back.")
    for settle in (complete_quarantined, return_quarantined):
        with pytest.raises(RefundRefusedError):
            settle(row=same, actor=staff, note="Again.")  # type: ignore[operator]
    effects()
    assert ReturnedPayment.objects.count() == 1
    assert sales_of(checkout) == []


def test_paid_after_the_order_had_closed_and_the_stock_was_sold(
    checkout: Checkout, mug: Listing
) -> None:
    page = attempt_of(checkout)
    close_unpaid(checkout)
    an_order(mug)
    SandboxCheckout.objects.filter(public_id=page.provider_id).update(state="open")
    paid_differently(checkout, minor=10_500)

    complete_quarantined(row=row(), actor=a_staff_user(), note="It is right.")

    effects()
    assert sales_of(checkout) == []
    kinds = JournalEntry.objects.filter(kind__endswith=".refunded").values_list("kind", flat=True)
    assert set(kinds) == {"late.refunded", "surplus.refunded"}
    assert stands_at("processor_balance") == 0


def test_a_return_that_fails_is_owed_until_it_is_made_good(checkout: Checkout) -> None:
    banks_refuse()
    paid_differently(checkout, minor=9_000)
    returned = return_quarantined(row=row(), actor=a_staff_user(), note="Back.")
    effects()
    returned.refresh_from_db()
    assert returned.state == Refund.State.FAILED
    assert stands_at("buyer_credit") == 9_000

    repeat_return(returned=returned, actor=a_staff_user())
    effects()
    returned.refresh_from_db()
    assert (returned.state, returned.tries) == (Refund.State.FAILED, 2)

    repeat_return(returned=returned, actor=a_staff_user(), proof="IBAN-77")
    effects()
    returned.refresh_from_db()
    assert (returned.state, returned.proof) == (Refund.State.PAID, "IBAN-77")
    assert stands_at("buyer_credit") == 0
    assert stands_at("bank") == -9_000
    with pytest.raises(RefundRefusedError):
        repeat_return(returned=returned, actor=a_staff_user())
