"""Reading sales for shops and orders for buyers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.sales.holds import AWAITING_SHIPMENT, window_of
from creatorhub.sales.models import Checkout, Hold, Sale, SaleLine


@dataclass(frozen=True, slots=True)
class LineMoney:
    """One line's money, explained: base = fee + commission + net, and what became of it.

    `release_on` is when the rest becomes payable, if nothing changes; None once it is, or once
    everything was given back.
    """

    line: SaleLine
    base: Money
    fee: Money
    commission: Money
    net: Money
    refunded: Money
    net_left: Money
    release_on: dt.date | None
    holds: list[Hold]


def sales_of_shop(shop: Any) -> QuerySet[Sale]:
    """A shop's sales, newest first, with everything a list of orders shows."""
    return (
        Sale.objects.filter(shop=shop)
        .select_related("order__checkout", "order__shipping_address__country", "shop")
        .prefetch_related(_lines())
        .order_by("-pk")
    )


def sales_to_send(shop: Any) -> QuerySet[Sale]:
    """Those of a shop's sales with something left to send."""
    waiting = Fulfilment.objects.filter(
        order_line__sale_line__sale=OuterRef("pk"), state=Fulfilment.State.TO_SEND
    )
    return sales_of_shop(shop).filter(Exists(waiting))


def order_by_token(token: str) -> Checkout:
    """The order behind an unguessable link; Checkout.DoesNotExist when there is none."""
    return (
        Checkout.objects.select_related("order__shipping_address__country", "order__user")
        .prefetch_related(
            "order__shipping_charges__shop",
            Prefetch("order__lines__product__variant__listing__shop"),
            Prefetch(
                "order__sales",
                queryset=Sale.objects.select_related("shop").prefetch_related(
                    _lines(), "refunds__lines"
                ),
            ),
        )
        .get(token=token)
    )


def buyer_orders(user: Any) -> QuerySet[Checkout]:
    """What this person ordered, signed in or as a guest under one of their verified addresses."""
    verified = EmailAddress.objects.filter(user=user, verified=True)
    emails = [email.lower() for email in verified.values_list("email", flat=True)]
    as_guest = Q(order__user=None, address__in=emails)
    return (
        Checkout.objects.annotate(address=Lower("email"))
        .filter(Q(order__user=user) | as_guest)
        .exclude(order__status="expired")
        .select_related("order")
        .prefetch_related("order__lines")
        .order_by("-placed_at", "-pk")
    )


def money_of_sale(sale: Sale) -> list[LineMoney]:
    """Every line of a sale with who gets what, why it waits and when it moves."""
    lines = sale.lines.select_related("sale__shop").prefetch_related("holds").order_by("pk")
    return [_money_of(line) for line in lines]


def release_on(line: SaleLine) -> dt.date | None:
    """When a line's money becomes payable if nothing changes.

    A parcel that was not sent yet is taken to leave on its promised day.
    """
    waiting = [hold for hold in line.holds.all() if hold.closed_at is None]
    if line.released_at is not None or not waiting:
        return None
    return max(_ends(hold, line) for hold in waiting).date()


def unreleased_lines(shop: Any) -> QuerySet[SaleLine]:
    """A shop's lines whose money still waits, with their holds."""
    return (
        SaleLine.objects.filter(
            sale__shop=shop, released_at=None, refunded_minor__lt=F("base_minor")
        )
        .select_related("sale__order", "sale__shop")
        .prefetch_related("holds")
        .order_by("pk")
    )


def _lines() -> Prefetch[str]:
    rows = SaleLine.objects.select_related(
        "listing", "sale", "order_line__fulfilment", "order_line__grant"
    )
    return Prefetch("lines", queryset=rows.prefetch_related("holds").order_by("pk"))


def _money_of(line: SaleLine) -> LineMoney:
    currency = line.sale.currency
    return LineMoney(
        line=line,
        base=line.base,
        fee=Money(line.fee_minor, currency),
        commission=Money(line.commission_minor, currency),
        net=Money(line.net_minor, currency),
        refunded=Money(line.refunded_minor, currency),
        net_left=line.net_left,
        release_on=release_on(line),
        holds=[hold for hold in line.holds.all() if hold.closed_at is None],
    )


def _ends(hold: Hold, line: SaleLine) -> dt.datetime:
    if hold.reason_code == AWAITING_SHIPMENT:
        return hold.expected_until + window_of(line.sale)
    return hold.expected_until
