"""What a paid order means to everybody, decided and written at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from oscar.apps.order.models import Line

from creatorhub.affiliates.models import Commission
from creatorhub.affiliates.services import SoldLine, credit_lines
from creatorhub.foundation.policy import policy
from creatorhub.money import Money
from creatorhub.offers.registry import engine_of
from creatorhub.offers.way import Engine, Purchase
from creatorhub.outbox.services import enqueue, enqueue_all
from creatorhub.sales.book import post_sale
from creatorhub.sales.explanations import Shared
from creatorhub.sales.holds import open_first_holds, window_of
from creatorhub.sales.models import Checkout, Sale, SaleLine
from creatorhub.sales.parties import shared_by
from creatorhub.shops.models import Listing, Shop

# A line with the day its sending is promised for, where it is sent.
Promised = tuple[SaleLine, dt.date | None]


@transaction.atomic
def record_sale(
    *,
    checkout: Checkout,
    paid_at: dt.datetime,
    collected_by: Sale.Collector = Sale.Collector.PROCESSOR,
) -> list[Sale]:
    """One Sale per shop with its lines, fee, attribution, commission, entry, holds, delivery, mail.

    Runs inside the transaction that completes the payment: all of it, or nothing. Repeating
    returns what was recorded. What its shop collects has no entry and no mail yet: see
    `collect_cash`. Each kind of row is written in one statement, however many lines there are.
    """
    order = checkout.order
    recorded = list(Sale.objects.filter(order=order).order_by("pk"))
    if recorded:
        return recorded
    lines = _sell(checkout, paid_at, collected_by)
    commissions = _credit(checkout, lines)
    sales = _write(lines, commissions)
    open_first_holds(promised=lines, paid_at=paid_at)
    if collected_by == Sale.Collector.PROCESSOR:
        shares = shared_by([line for line, _ship_by_on in lines], commissions)
        post_sale(order_number=order.number, shares=shares, currency=order.currency)
        order.set_status("paid")
        tell_of_sale(checkout, sales, shares)
    return sales


def _sell(checkout: Checkout, paid_at: dt.datetime, collected_by: Sale.Collector) -> list[Promised]:
    """Begin every delivery; the lines it makes, shop by shop with the shipping last, unwritten."""
    order: Any = checkout.order
    bought = list(order.lines.select_related("product__variant__listing__shop__owner"))
    promises = _deliver(checkout, bought)
    charges = {charge.shop_id: charge.amount_minor for charge in order.shipping_charges.all()}
    by_shop: dict[Shop, list[Any]] = {}
    for order_line in bought:
        by_shop.setdefault(_listing(order_line).shop, []).append(order_line)
    lines: list[Promised] = []
    for shop, order_lines in by_shop.items():
        sale = _sale(checkout, shop, paid_at, collected_by)
        lines += [(_item(sale, one), promises[one.pk]) for one in order_lines]
        if charges.get(shop.pk):
            last = max(day for one in order_lines if (day := promises[one.pk]))
            lines.append((_shipping(sale, charges[shop.pk]), last))
    return lines


def _deliver(checkout: Checkout, bought: Sequence[Any]) -> dict[int, dt.date | None]:
    """By order line: the day its sending is promised for; None where nothing is sent."""
    by_engine: dict[str, tuple[Engine, list[Any]]] = {}
    for order_line in bought:
        engine = engine_of(_listing(order_line).way)
        by_engine.setdefault(engine.key, (engine, []))[1].append(order_line)
    promises: dict[int, dt.date | None] = {}
    for engine, order_lines in by_engine.values():
        deliveries = engine.deliver(
            [
                Purchase(one, _listing(one), checkout.email, checkout.order.user)
                for one in order_lines
            ]
        )
        for order_line, delivery in zip(order_lines, deliveries, strict=True):
            promises[order_line.pk] = delivery.ship_by_on
    return promises


def _listing(order_line: Any) -> Listing:
    listing: Listing = order_line.product.variant.listing
    return listing


def _sale(
    checkout: Checkout, shop: Shop, paid_at: dt.datetime, collected_by: Sale.Collector
) -> Sale:
    """One shop's part of the order; what it is in all is known once its lines are."""
    return Sale(
        order=checkout.order,
        shop=shop,
        currency=checkout.order.currency,
        total_minor=0,
        fee_minor=0,
        commission_minor=0,
        fee_bps=policy().platform_fee_bps,
        refund_window_days=shop.refund_window_days,
        refund_words=shop.refund_words,
        refunds_shipping=shop.refunds_shipping,
        buyer_note=checkout.note,
        collected_by=collected_by,
        sold_at=paid_at,
    )


def _item(sale: Sale, order_line: Line) -> SaleLine:
    base = Money.from_decimal(order_line.line_price_excl_tax, sale.currency)
    return SaleLine(
        sale=sale,
        order_line=order_line,
        listing=_listing(order_line),
        title=order_line.title,
        quantity=order_line.quantity,
        base_minor=base.minor,
        fee_minor=base.at_rate(sale.fee_bps).minor,
        released_at=None if base else sale.sold_at,
    )


def _shipping(sale: Sale, charge_minor: int) -> SaleLine:
    """What the buyer paid for sending is all the shop's, and waits for the last parcel."""
    return SaleLine(
        sale=sale,
        kind=SaleLine.Kind.SHIPPING,
        title=sale.shop.name,
        base_minor=charge_minor,
        fee_minor=0,
    )


def _credit(checkout: Checkout, lines: Sequence[Promised]) -> dict[int, Commission]:
    """Attribution and commission of every item, by order line; both freeze here."""
    return credit_lines(
        lines=[
            SoldLine(
                order_line_id=line.item.pk,
                order_number=checkout.order.number,
                shop_id=line.sale.shop_id,
                buyer_email=checkout.email,
                buyer_user_id=checkout.order.user_id,
                placed_at=checkout.placed_at,
                base=line.base,
                fee=Money(line.fee_minor, line.sale.currency),
                expected_on=(ship_by_on or line.sale.sold_at.date()) + window_of(line.sale),
            )
            for line, ship_by_on in lines
            if line.kind == SaleLine.Kind.ITEM
        ]
    )


def _write(lines: Sequence[Promised], commissions: dict[int, Commission]) -> list[Sale]:
    """The sales in all, and their lines."""
    sales: dict[int, Sale] = {}
    for line, _ship_by_on in lines:
        sale = sales.setdefault(line.sale.shop_id, line.sale)
        earned = commissions.get(line.order_line_id or 0)
        line.commission_minor = earned.amount_minor if earned else 0
        sale.total_minor += line.base_minor
        sale.fee_minor += line.fee_minor
        sale.commission_minor += line.commission_minor
    Sale.objects.bulk_create(sales.values())
    SaleLine.objects.bulk_create(line for line, _ship_by_on in lines)
    return list(sales.values())


def shares_of(sale: Sale) -> list[Shared]:
    """Every line of a sale with everybody who has a share in it."""
    lines = sale.lines.select_related("sale__order", "sale__shop__owner").order_by("pk")
    return shared_by(lines)


def tell_of_sale(checkout: Checkout, sales: list[Sale], shares: list[Shared]) -> None:
    """The buyer, every shop and every affiliate hear of it."""
    number = checkout.order.number
    enqueue(topic="mail.receipt", key=f"receipt:{number}", payload={"checkout": checkout.pk})
    sold = {f"sold:{sale.pk}": {"sale": sale.pk} for sale in sales}
    enqueue_all(topic="mail.sold", payloads=sold)
    earned = [shared.commission for shared in shares if shared.commission is not None]
    enqueue_all(
        topic="mail.commission",
        payloads={
            f"commission:{commission.pk}": {"commission": commission.pk}
            for commission in earned
            if commission.amount_minor
        },
    )
