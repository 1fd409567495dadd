"""A buyer asks for a piece back, the shop says yes, and the money goes."""

from __future__ import annotations

from creatorhub.outbox.services import deliver_due
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Refund, RefundRequest, Sale, SaleLine
from creatorhub.sales.services.answer_refund_request import accept_refund_request
from creatorhub.sales.services.open_refund_request import open_refund_request
from tests.crashes.stories.giving_back import is_unasked
from tests.crashes.stories.story import Facts, Stall, Story, the_provider
from tests.factories.sales import send


def a_parcel_that_arrived(stall: Stall) -> Facts:
    the_provider()
    sale = stall.sale()
    send(sale)
    return {"sale": sale.pk}


def ask_and_give(*, sale: int) -> None:
    row = Sale.objects.get(pk=sale)
    request = RefundRequest.objects.filter(sale=row).first()
    if request is None:
        line = row.lines.get(listing__way="own_products", kind=SaleLine.Kind.ITEM)
        request = open_refund_request(sale=row, pieces={line.pk: 1}, reason_code="damaged")
    accept_refund_request(request=request, actor=row.shop.owner.user)
    deliver_due()
    handle_due_events()


def given_as_asked_once(*, sale: int) -> None:
    request = RefundRequest.objects.get(sale=sale)
    refund = Refund.objects.get(sale=sale)
    assert request.refund_id == refund.pk
    assert request.state == RefundRequest.State.ACCEPTED
    assert refund.state == Refund.State.PAID


ASKED_BACK = Story(
    "refund request", a_parcel_that_arrived, ask_and_give, given_as_asked_once, is_unasked
)
