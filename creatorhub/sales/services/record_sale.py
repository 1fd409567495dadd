"""What a paid order means to everybody, decided and written at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from creatorhub.affiliates.services import credit_line
from creatorhub.foundation.policy import policy
from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.registry import engine_of
from creatorhub.offers.way import Purchase
from creatorhub.outbox.services import enqueue
from creatorhub.sales.book import post_sale
from creatorhub.sales.explanations import Shared
from creatorhub.sales.holds import hold_for_refunds, hold_for_sending, window_of
from creatorhub.sales.models import Checkout, Sale, SaleLine, ShippingCharge
from creatorhub.sales.parties import shared_by
from creatorhub.shops.models import Listing, Shop


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
    `collect_cash`.
    """
    order = checkout.order
    recorded = list(Sale.objects.filter(order=order).order_by("pk"))
    if recorded:
        return recorded
    by_shop: dict[Shop, list[Any]] = {}
    order_lines: Any = order.lines.select_related("product__variant__listing__shop__owner")
    for order_line in order_lines:
        by_shop.setdefault(order_line.product.variant.listing.shop, []).append(order_line)
    fee_bps = policy().platform_fee_bps
    sales = [
        _sell(checkout, shop, bought, fee_bps=fee_bps, paid_at=paid_at, collected_by=collected_by)
        for shop, bought in by_shop.items()
    ]
    if collected_by == Sale.Collector.SHOP:
        return sales
    shares = [shared for sale in sales for shared in shares_of(sale)]
    post_sale(order_number=order.number, shares=shares, currency=order.currency)
    order.set_status("paid")
    tell_of_sale(checkout, sales, shares)
    return sales


def _sell(
    checkout: Checkout,
    shop: Shop,
    order_lines: list[Any],
    *,
    fee_bps: int,
    paid_at: dt.datetime,
    collected_by: Sale.Collector,
) -> Sale:
    """One shop's part: its lines, what each is split into, its delivery and its holds."""
    sale = Sale.objects.create(
        order=checkout.order,
        shop=shop,
        currency=checkout.order.currency,
        total_minor=0,
        fee_minor=0,
        commission_minor=0,
        fee_bps=fee_bps,
        refund_window_days=shop.refund_window_days,
        buyer_note=checkout.note,
        collected_by=collected_by,
        sold_at=paid_at,
    )
    lines = [_sell_item(sale, order_line, checkout, paid_at) for order_line in order_lines]
    shipping = _sell_shipping(sale)
    if shipping is not None:
        lines.append(shipping)
    sale.total_minor = sum(line.base_minor for line in lines)
    sale.fee_minor = sum(line.fee_minor for line in lines)
    sale.commission_minor = sum(line.commission_minor for line in lines)
    sale.save(update_fields=["total_minor", "fee_minor", "commission_minor"])
    return sale


def _sell_item(sale: Sale, order_line: Any, checkout: Checkout, paid_at: dt.datetime) -> SaleLine:
    listing: Listing = order_line.product.variant.listing
    base = Money.from_decimal(order_line.line_price_excl_tax, sale.currency)
    fee = base.at_rate(sale.fee_bps)
    line = SaleLine.objects.create(
        sale=sale,
        order_line=order_line,
        listing=listing,
        title=order_line.title,
        quantity=order_line.quantity,
        base_minor=base.minor,
        fee_minor=fee.minor,
        released_at=None if base else paid_at,
    )
    delivery = engine_of(listing.way).deliver(
        Purchase(order_line, listing, checkout.email, checkout.order.user)
    )
    _credit(line, checkout, fee, delivery.ship_by_on or paid_at.date())
    if delivery.ship_by_on is None:
        hold_for_refunds(line=line, since=paid_at)
    else:
        hold_for_sending(line=line, ship_by_on=delivery.ship_by_on)
    return line


def _credit(line: SaleLine, checkout: Checkout, fee: Money, delivered_on: dt.date) -> None:
    """Attribution and commission of one line; both freeze here."""
    commission = credit_line(
        order_line=line.item,
        shop=line.sale.shop,
        order_number=checkout.order.number,
        buyer_email=checkout.email,
        buyer_user=checkout.order.user,
        placed_at=checkout.placed_at,
        base=line.base,
        fee=fee,
        expected_on=delivered_on + window_of(line.sale),
    )
    if commission is not None:
        line.commission_minor = commission.amount_minor
        line.save(update_fields=["commission_minor"])


def _sell_shipping(sale: Sale) -> SaleLine | None:
    """What the buyer paid for sending is all the shop's, and waits for the last parcel."""
    charge = ShippingCharge.objects.filter(order=sale.order, shop=sale.shop).first()
    if charge is None or charge.amount_minor == 0:
        return None
    line = SaleLine.objects.create(
        sale=sale,
        kind=SaleLine.Kind.SHIPPING,
        title=sale.shop.name,
        base_minor=charge.amount_minor,
        fee_minor=0,
    )
    parcels = Fulfilment.objects.filter(order_line__sale_line__sale=sale)
    promised = max(parcels.values_list("ship_by_on", flat=True))
    hold_for_sending(line=line, ship_by_on=promised)
    return line


def shares_of(sale: Sale) -> list[Shared]:
    """Every line of a sale with everybody who has a share in it."""
    lines = sale.lines.select_related("sale__order", "sale__shop__owner").order_by("pk")
    return shared_by(lines)


def tell_of_sale(checkout: Checkout, sales: list[Sale], shares: list[Shared]) -> None:
    """The buyer, every shop and every affiliate hear of it."""
    number = checkout.order.number
    enqueue(topic="mail.receipt", key=f"receipt:{number}", payload={"checkout": checkout.pk})
    for sale in sales:
        enqueue(topic="mail.sold", key=f"sold:{sale.pk}", payload={"sale": sale.pk})
    for shared in shares:
        if shared.commission is not None and shared.commission.amount_minor:
            pk = shared.commission.pk
            enqueue(topic="mail.commission", key=f"commission:{pk}", payload={"commission": pk})
