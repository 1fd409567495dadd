"""Staff decide between buyer and shop, make good what did not arrive, settle what was put aside."""

from __future__ import annotations

import pytest
from django.test import Client

from creatorhub.outbox.models import SentMail
from creatorhub.payments.models import Quarantine
from creatorhub.sales.models import Refund, RefundRequest, ReturnedPayment, Sale
from tests.factories.refunds import (
    a_failed_refund,
    a_failed_return,
    an_escalated_request,
    paid_differently,
)
from tests.factories.sales import a_sale, an_order, let_effects_happen, line_ids, sales_of
from tests.factories.shops import a_published_listing
from tests.factories.studio import a_staff_browser, words_of

pytestmark = pytest.mark.django_db
DESK = "/en/studio/desk/"


@pytest.fixture
def staff() -> Client:
    return a_staff_browser()


@pytest.fixture
def sale() -> Sale:
    return a_sale((a_published_listing(title="Cup", price=10_000, stock=9), 2))


def test_both_sides_words_and_all_of_it(staff: Client, sale: Sale) -> None:
    request = an_escalated_request(sale)
    assert sale.order.number in words_of(staff.get(f"{DESK}refunds/"))
    page = words_of(staff.get(f"{DESK}refunds/{request.pk}/"))
    assert "It was fine." in page
    assert "It was not." in page

    decided = {"decision": "all", "note": "The photo shows it."}
    staff.post(f"{DESK}refunds/{request.pk}/", decided)
    late = staff.post(f"{DESK}refunds/{request.pk}/", decided, follow=True)

    assert "in the meantime" in words_of(late)
    assert sale.refunds.get().amount_minor == 20_000
    assert "The photo shows it." in words_of(staff.get(f"{DESK}refunds/"))


def test_some_of_it(staff: Client, sale: Sale) -> None:
    request, (line,) = an_escalated_request(sale), line_ids(sale)
    url = f"{DESK}refunds/{request.pk}/"
    assert "Write at least one amount." in words_of(
        staff.post(url, {"decision": "some", "note": "Half."})
    )
    too_much = {"decision": "some", "note": "Half.", f"amount_{line}": "200.01"}
    assert "only SAR 200.00 is left" in words_of(staff.post(url, too_much))
    staff.post(url, {"decision": "some", "note": "Half.", f"amount_{line}": "100"})
    assert sale.refunds.get().amount_minor == 10_000
    assert RefundRequest.objects.get().state == "accepted"


def test_nothing_needs_words_too(staff: Client, sale: Sale) -> None:
    request = an_escalated_request(sale)
    url = f"{DESK}refunds/{request.pk}/"
    assert "Say why" in words_of(staff.post(url, {"decision": "nothing"}))
    staff.post(url, {"decision": "nothing", "note": "It is whole."})
    request.refresh_from_db()
    assert (request.state, sale.refunds.count()) == ("closed", 0)
    let_effects_happen()
    assert SentMail.objects.filter(to="sara@example.com", text__contains="It is whole.").exists()


def test_a_failed_refund_is_sent_again_or_paid_by_bank(staff: Client, sale: Sale) -> None:
    failed = a_failed_refund(sale)
    url = f"{DESK}refunds/failed/{failed.pk}/"
    assert "Did not arrive" in words_of(staff.get(f"{DESK}refunds/"))
    assert "Write the reference" in words_of(staff.post(url, {"how": "bank"}))
    staff.post(url, {"how": "bank", "proof": "SA-4711"})
    assert Refund.objects.get(repeats=failed).proof == "SA-4711"
    assert staff.get(url).status_code == 404
    assert "Did not arrive" not in words_of(staff.get(f"{DESK}refunds/"))


def test_a_failed_return_is_sent_again(staff: Client) -> None:
    failed = a_failed_return(a_published_listing())
    url = f"{DESK}refunds/returns/{failed.pk}/"
    assert "did not arrive" in words_of(staff.get(url))
    staff.post(url, {"how": "again"})
    failed.refresh_from_db()
    assert (failed.state, failed.tries) == ("sending", 2)


def test_a_payment_put_aside_goes_back_with_one_press(staff: Client) -> None:
    checkout = an_order(a_published_listing(price=10_000))
    paid_differently(checkout, minor=9_000)
    url = f"{DESK}quarantine/{Quarantine.objects.get().pk}/"
    page = words_of(staff.get(url))
    assert "SAR 90.00" in page
    assert "Complete the order" not in page
    refused = staff.post(url, {"act": "complete", "outcome": "Try."})
    assert "Too little was paid" in words_of(refused)
    staff.post(url, {"act": "return", "outcome": "Too little."})
    assert ReturnedPayment.objects.get().amount_minor == 9_000
    assert staff.get(url).status_code == 404


def test_a_payment_of_enough_completes_the_order(staff: Client) -> None:
    checkout = an_order(a_published_listing(price=10_000))
    paid_differently(checkout, minor=10_001)
    url = f"{DESK}quarantine/{Quarantine.objects.get().pk}/"
    assert "Complete the order" in words_of(staff.get(url))
    staff.post(url, {"act": "complete", "outcome": "One halala."})
    assert len(sales_of(checkout)) == 1
