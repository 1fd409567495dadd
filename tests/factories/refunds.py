"""Buyers who ask for money back, and money that does not arrive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from creatorhub.foundation.clock import now, travel_to
from creatorhub.payments.models import SandboxCheckout, SandboxControls
from creatorhub.sales.models import Checkout, Refund, RefundRequest, ReturnedPayment, Sale
from creatorhub.sales.services import (
    complete_attempt,
    decline_refund_request,
    escalate_refund_request,
    expire_attempt,
    open_refund_request,
    refund_lines,
)
from creatorhub.sales.services.return_payment import return_payment
from tests.factories.accounts import a_user
from tests.factories.sales import an_order, attempt_of, let_effects_happen, the_buyer_pays


def a_request(
    sale: Sale,
    *,
    pieces: dict[int, int] | None = None,
    reason_code: str = "damaged",
    note: str = "",
) -> RefundRequest:
    """The buyer asks for these pieces, or for all items of the sale."""
    if pieces is None:
        items = sale.lines.filter(kind="item")
        pieces = dict(items.values_list("pk", "quantity"))
    return open_refund_request(sale=sale, pieces=pieces, reason_code=reason_code, note=note)


def a_declined_request(sale: Sale) -> RefundRequest:
    """The shop said no."""
    actor = sale.shop.owner.user or a_user()
    return decline_refund_request(request=a_request(sale), note="It was fine.", actor=actor)


def an_escalated_request(sale: Sale) -> RefundRequest:
    """The shop said no, and the buyer asked our team."""
    return escalate_refund_request(request=a_declined_request(sale), note="It was not.")


def banks_refuse(refuse: bool = True) -> None:
    """From now on the buyer's bank takes no refund, or takes them again."""
    SandboxControls.objects.update_or_create(id=1, defaults={"refuses_refunds": refuse})


def a_failed_refund(sale: Sale, *lines: int) -> Refund:
    """Given back, and the bank did not take it."""
    banks_refuse()
    ids = lines or tuple(sale.lines.values_list("pk", flat=True))
    refund = refund_lines(sale=sale, sale_lines=ids, reason_code="damaged")
    let_effects_happen()
    banks_refuse(False)
    refund.refresh_from_db()
    assert refund.state == Refund.State.FAILED
    return refund


def a_failed_return(listing: Any) -> ReturnedPayment:
    """A payment that is too much for its order: what exceeds it could not go back."""
    checkout = an_order(listing)
    the_buyer_pays(checkout)
    complete_attempt(reference=checkout.attempt_reference)
    banks_refuse()
    row = return_payment(
        checkout=checkout, amount=attempt_of(checkout).amount, reason_code="paid_too_much"
    )
    let_effects_happen()
    banks_refuse(False)
    row.refresh_from_db()
    assert row.state == Refund.State.FAILED
    return row


def paid_differently(checkout: Checkout, *, minor: int, currency: str = "SAR") -> None:
    """The buyer pays, and the provider says another amount or currency."""
    the_buyer_pays(checkout)
    page = SandboxCheckout.objects.get(public_id=attempt_of(checkout).provider_id)
    page.amount_minor, page.currency = minor, currency
    page.save()
    assert not complete_attempt(reference=checkout.attempt_reference)


def close_unpaid(checkout: Checkout) -> None:
    """Its time is over."""
    with travel_to(now() + dt.timedelta(hours=2)):
        assert expire_attempt(reference=checkout.attempt_reference)
