"""Mails about money that buyers ask for, that did not arrive, or that goes back by itself."""

from __future__ import annotations

from typing import Any

from creatorhub.foundation.reasons import reason
from creatorhub.outbox.models import OutboxMessage
from creatorhub.sales.links import (
    order_url,
    request_url,
    studio_request_url,
)
from creatorhub.sales.mail import about_refund, refund_of, to_buyer, to_shop, to_staff
from creatorhub.sales.models import Checkout, Refund, RefundRequest, ReturnedPayment
from creatorhub.sales.services.escalate_refund_request import escalate_until


def mail_refund_asked(message: OutboxMessage) -> None:
    """To the shop: what is asked and by when to answer. To the buyer: what happens next."""
    _to_buyer_and_shop(message, "refund_asked_buyer", "refund_asked")


def mail_refund_reminder(message: OutboxMessage) -> None:
    """To the shop: a day is left."""
    request = _request(message)
    if request.state == RefundRequest.State.ASKED:
        _to_shop(message, "refund_reminder", request)


def mail_refund_withdrawn(message: OutboxMessage) -> None:
    """To the shop: the buyer needs no money back after all."""
    _to_shop(message, "refund_withdrawn", _request(message))


def mail_refund_declined(message: OutboxMessage) -> None:
    """To the buyer: the shop's words, and how to have our team look at it."""
    _to_buyer(message, "refund_declined", _request(message))


def mail_refund_escalated(message: OutboxMessage) -> None:
    """To everybody: our team looks at it, and by when it decides."""
    request = _to_buyer_and_shop(message, "refund_escalated", "refund_escalated_shop")
    context = _about(request)
    to_staff(message, "refund_escalated_staff", context)


def mail_refund_decided(message: OutboxMessage) -> None:
    """To buyer and shop: what our team decided, and why."""
    _to_buyer_and_shop(message, "refund_decided", "refund_decided_shop")


def mail_not_sent(message: OutboxMessage) -> None:
    """To the shop: not sent in time, so the buyer got the money back."""
    refund = refund_of(message)
    to_shop(message, "not_sent", refund.sale, about_refund(refund))


def mail_payment_returned(message: OutboxMessage) -> None:
    """To the buyer: a payment that became no order, or was too much, goes back."""
    row = _returned(message)
    names = {"paid_after_expiry": "late_payment", "paid_too_much": "surplus_returned"}
    _about_return(message, names.get(row.reason_code, "payment_returned"), row)


def mail_return_failed(message: OutboxMessage) -> None:
    """To the buyer and staff: even that did not arrive."""
    row = _returned(message)
    _about_return(message, "refund_failed", row)
    to_staff(message, "refund_failed_staff", _of_return(row))


def mail_return_repeated(message: OutboxMessage) -> None:
    """To the buyer: it is sent again, or was paid another way."""
    row = _returned(message)
    _about_return(message, "refund_repeated", row)


def _request(message: OutboxMessage) -> RefundRequest:
    rows = RefundRequest.objects.select_related("sale__order", "sale__shop__owner__user", "refund")
    return rows.prefetch_related("lines__sale_line__sale").get(pk=message.payload["request"])


def _returned(message: OutboxMessage) -> ReturnedPayment:
    rows = ReturnedPayment.objects.select_related("checkout__order")
    return rows.get(pk=message.payload["returned"])


def _about(request: RefundRequest) -> dict[str, Any]:
    refund: Refund | None = request.refund
    return {
        "request": request,
        "shop": request.sale.shop,
        "number": request.sale.order.number,
        "titles": [line.sale_line.title for line in request.lines.all()],
        "amount": request.asked,
        "given": None if refund is None else about_refund(refund)["amount"],
        "reason": reason(request.reason_code),
        "note": request.note,
        "escalate_until": escalate_until(request),
    }


def _to_buyer(message: OutboxMessage, name: str, request: RefundRequest) -> None:
    checkout = Checkout.objects.get(order=request.sale.order)
    context = _about(request) | {"url": request_url(checkout, request)}
    to_buyer(message, name, checkout, context)


def _to_shop(message: OutboxMessage, name: str, request: RefundRequest) -> None:
    user = request.sale.shop.owner.user
    url = studio_request_url(request, user.language if user else "en")
    to_shop(message, name, request.sale, _about(request) | {"url": url})


def _to_buyer_and_shop(message: OutboxMessage, for_buyer: str, for_shop: str) -> RefundRequest:
    request = _request(message)
    _to_buyer(message, for_buyer, request)
    _to_shop(message, for_shop, request)
    return request


def _of_return(row: ReturnedPayment) -> dict[str, Any]:
    return {
        "amount": row.amount,
        "number": row.checkout.order.number,
        "titles": list(row.checkout.order.lines.values_list("title", flat=True)),
        "reason": reason(row.reason_code),
        "proof": row.proof,
    }


def _about_return(message: OutboxMessage, name: str, row: ReturnedPayment) -> None:
    to_buyer(message, name, row.checkout, _of_return(row) | {"url": order_url(row.checkout)})
