"""A refund that did not arrive is sent again, or paid from the market's own bank."""

from __future__ import annotations

import pytest

from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Refund, Sale
from creatorhub.sales.parts import Part
from creatorhub.sales.services import refund_lines, refund_parts, repeat_refund
from tests.factories.accounts import a_staff_user
from tests.factories.refunds import a_failed_refund, banks_refuse
from tests.factories.sales import a_sale, let_effects_happen, line_ids, send, stands_at, stock_of
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    sale = a_sale((a_published_listing(price=10_000, stock=5), 2))
    send(sale)
    return sale


def test_sending_it_again_takes_the_same_shares(sale: Sale) -> None:
    failed = a_failed_refund(sale)
    assert stands_at("payee_held", sale.shop.owner) == 18_000

    again = repeat_refund(refund=failed, actor=a_staff_user())

    let_effects_happen()
    again.refresh_from_db()
    assert (again.state, again.amount_minor, again.repeats) == (Refund.State.PAID, 20_000, failed)
    assert stands_at("payee_held", sale.shop.owner) == 0
    check_invariants()


def test_paid_by_bank_is_paid_at_once_and_the_buyer_gets_the_reference(sale: Sale) -> None:
    failed = a_failed_refund(sale)
    again = repeat_refund(refund=failed, actor=a_staff_user(), proof="SA-4711")
    let_effects_happen()
    assert (again.state, again.way) == (Refund.State.PAID, Refund.Way.BANK)
    assert stands_at("bank") == -20_000
    assert stands_at("processor_balance") == 20_000
    assert SentMail.objects.filter(to="sara@example.com", text__contains="SA-4711").exists()
    check_invariants()


def test_two_colleagues_make_it_good_once(sale: Sale) -> None:
    failed, staff = a_failed_refund(sale), a_staff_user()
    repeat_refund(refund=failed, actor=staff)
    with pytest.raises(RefundRefusedError):
        repeat_refund(refund=failed, actor=staff, proof="SA-4711")
    assert sale.refunds.count() == 2


def test_one_that_arrived_is_not_sent_again(sale: Sale) -> None:
    refund = refund_lines(sale=sale, sale_lines=line_ids(sale), reason_code="damaged")
    with pytest.raises(RefundRefusedError):
        repeat_refund(refund=refund, actor=a_staff_user())


def test_what_the_shop_gave_back_meanwhile_is_not_given_twice(sale: Sale) -> None:
    failed = a_failed_refund(sale)
    refund_lines(sale=sale, sale_lines=line_ids(sale), reason_code="damaged")
    with pytest.raises(RefundRefusedError):
        repeat_refund(refund=failed, actor=a_staff_user())
    check_invariants()


def test_failing_again_leads_back_to_staff(sale: Sale) -> None:
    failed = a_failed_refund(sale)
    banks_refuse()
    again = repeat_refund(refund=failed, actor=a_staff_user())
    let_effects_happen()
    again.refresh_from_db()
    assert again.state == Refund.State.FAILED
    check_invariants()
    repeat_refund(refund=again, actor=a_staff_user(), proof="SA-4711")
    check_invariants()


def test_pieces_and_their_stock_are_counted_once(sale: Sale) -> None:
    (line,) = line_ids(sale)
    banks_refuse()
    part = Part(line, quantity=1, restock=True)
    failed = refund_parts(sale=sale, parts=[part], reason_code="damaged")
    let_effects_happen()
    banks_refuse(False)
    failed.refresh_from_db()
    listing = sale.lines.get().listing
    assert listing is not None
    assert stock_of(listing) == (4, 0)
    repeat_refund(refund=failed, actor=a_staff_user())
    assert sale.lines.get().refunded_quantity == 1
    assert stock_of(listing) == (4, 0)
    check_invariants()
