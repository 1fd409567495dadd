"""An order that its shop collects begins: at the door, or with a transfer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.money import Money
from creatorhub.outbox.services import enqueue
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.offline.gateway import BANK_TRANSFER, CASH_ON_DELIVERY, OFFLINE
from creatorhub.sales.errors import WayToPayRefusedError
from creatorhub.sales.holds import hold_for_cash
from creatorhub.sales.models import CashOrder, Checkout, OfflineTerms, Sale
from creatorhub.sales.offline_ways import has_downloads, offline_ways, terms_of
from creatorhub.sales.parties import shared_by
from creatorhub.sales.services.record_sale import record_sale
from creatorhub.shops.models import Listing, Shop

# No clock closes an order to be paid at the door: people do. Its attempt must end some day.
KEPT_OPEN = dt.timedelta(days=3650)


def accept_offline_order(*, checkout: Checkout, gateway: str) -> None:
    """In the transaction that places the order: the rest of what an offline way begins.

    With cash on delivery the sale exists at once, because its shop has to send it; with a transfer
    the buyer is told where to pay, and the sale follows the money. Other gateways: nothing.
    Raises WayToPayRefusedError when the basket's shop does not take it this way.
    """
    if gateway not in OFFLINE:
        return
    lines: Any = checkout.order.lines.select_related("product__variant__listing__shop")
    listings = [line.product.variant.listing for line in lines]
    shop, terms = _check(listings, _total(checkout), gateway)
    if gateway == CASH_ON_DELIVERY:
        _accept_cash(checkout, shop)
    elif gateway == BANK_TRANSFER:
        _await_transfer(checkout, shop, terms)


def _check(listings: list[Listing], total: Money, gateway: str) -> tuple[Shop, OfflineTerms]:
    shops = {listing.shop for listing in listings}
    shop = listings[0].shop
    terms = terms_of(shop)
    ways = offline_ways(
        shops=shops, total=total, has_downloads=has_downloads(listings), terms=terms
    )
    problem = next((way.problem for way in ways if way.gateway == gateway), "not_offered")
    if problem or terms is None:
        raise WayToPayRefusedError(gateway, problem)
    return shop, terms


def _accept_cash(checkout: Checkout, shop: Shop) -> None:
    moment = now()
    (sale,) = record_sale(checkout=checkout, paid_at=moment, collected_by=Sale.Collector.SHOP)
    promised = shop.ship_within_days + policy().cash_confirm_days
    cash = _open(checkout, shop, CashOrder.Way.CASH, moment + dt.timedelta(days=promised))
    lines = list(sale.lines.select_related("sale__order", "sale__shop__owner"))
    # Nothing is posted yet, but whoever reads (the doctor, too) finds everybody's name in the book.
    shared_by(lines)
    for line in lines:
        hold_for_cash(line=line, until=cash.answer_by)
    _let_attempt_run(checkout, moment + KEPT_OPEN)
    checkout.order.set_status("accepted")
    number = checkout.order.number
    enqueue(topic="mail.cash_placed", key=f"cash_placed:{number}", payload={"cash": cash.pk})
    enqueue(topic="mail.cash_to_send", key=f"cash_to_send:{number}", payload={"cash": cash.pk})


def _await_transfer(checkout: Checkout, shop: Shop, terms: OfflineTerms) -> None:
    until = now() + dt.timedelta(days=policy().transfer_pay_days)
    cash = _open(checkout, shop, CashOrder.Way.TRANSFER, until, terms.account_lines)
    _let_attempt_run(checkout, until)
    number = checkout.order.number
    enqueue(topic="mail.transfer_due", key=f"transfer_due:{number}", payload={"cash": cash.pk})


def _open(
    checkout: Checkout,
    shop: Shop,
    way: CashOrder.Way,
    until: dt.datetime,
    account_lines: list[str] | None = None,
) -> CashOrder:
    is_cash = way == CashOrder.Way.CASH
    total = _total(checkout)
    return CashOrder.objects.create(
        checkout=checkout,
        shop=shop,
        way=way,
        state=CashOrder.State.TO_COLLECT if is_cash else CashOrder.State.AWAITING,
        amount_minor=total.minor,
        currency=total.currency,
        account_lines=account_lines or [],
        answer_by=until,
    )


def _let_attempt_run(checkout: Checkout, until: dt.datetime) -> None:
    PaymentAttempt.objects.filter(reference=checkout.attempt_reference).update(expires_at=until)


def _total(checkout: Checkout) -> Money:
    order = checkout.order
    return Money.from_decimal(order.total_incl_tax, order.currency)
