"""Orders that their shop collects, driven through the real services."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from creatorhub.money import Money
from creatorhub.sales.contact import Address, Contact
from creatorhub.sales.models import CashOrder, Checkout, OfflineTerms, Sale
from creatorhub.sales.services import place_order
from creatorhub.sales.services.change_offline_terms import (
    CashTerms,
    TransferTerms,
    change_offline_terms,
)
from creatorhub.sales.services.confirm_cash import confirm_cash, deny_transfer, send_receipt
from creatorhub.sales.services.give_back_by_hand import contest_refund, say_refund_given
from creatorhub.shops.models import Listing, Shop
from tests.factories.sales import RIYADH, a_basket, refund, send
from tests.factories.shops import a_published_listing

SAUDI_IBAN = "SA0380000000608010167519"


def takes_cash(
    shop: Shop, *, least: Money | None = None, most: Money | None = None, transfers: bool = True
) -> OfflineTerms:
    """This shop collects at the door, and by transfer."""
    return change_offline_terms(
        shop=shop,
        cash=CashTerms(is_on=True, least=least, most=most),
        transfers=TransferTerms(
            is_on=transfers, holder="Layan", bank="Al Rajhi", account=SAUDI_IBAN, note=""
        ),
        actor=shop.owner.user,
    )


def a_cash_order(
    *listings: Listing | tuple[Listing, int],
    gateway: str = "cash_on_delivery",
    address: Address | None = RIYADH,
    email: str = "sara@example.com",
    language: str = "en",
    **order: Any,
) -> CashOrder:
    """Placed: to be paid at the door, or waiting for a transfer."""
    checkout = place_order(
        basket=a_basket(*listings),
        contact=Contact(email=email, name="Sara", phone="+966500000001", language=language),
        address=address,
        gateway=gateway,
        **order,
    )
    return cash_of(checkout)


def cash_of(checkout: Checkout) -> CashOrder:
    return CashOrder.objects.select_related("checkout__order", "shop__owner").get(checkout=checkout)


def sale_of(cash: CashOrder) -> Sale:
    return Sale.objects.get(order=cash.checkout.order_id)


def deliver(cash: CashOrder) -> Sale:
    """Sent, delivered, paid at the door, and said so; a transfer is paid first."""
    if cash.way == CashOrder.Way.CASH:
        send(sale_of(cash))
    confirm_cash(cash=cash, actor=cash.shop.owner.user)
    if cash.way == CashOrder.Way.TRANSFER:
        send(sale_of(cash))
    return sale_of(cash)


@dataclass(frozen=True)
class HandRefundOf:
    """Where a buyer finds a refund that the shop says it gave back."""

    token: str
    pk: int
    refund: int
    sale: int


def cash_things(*, shop: Shop) -> dict[str, Any]:
    """One of everything that goes from hand to hand, for the table of addresses."""
    takes_cash(shop)
    mug = a_published_listing(shop=shop, stock=20)
    transfer = a_cash_order(mug, gateway="bank_transfer")
    receipt = send_receipt(cash=transfer, picture=ContentFile(a_png(), name="receipt.webp"))
    at_the_door = a_cash_order(mug)
    contested = a_cash_order(mug)
    sale = deliver(contested)
    given = refund(sale)
    say_refund_given(refund=given, how="Cash", actor=shop.owner.user)
    row = contest_refund(refund=given, note="Nothing came")
    escalated = a_cash_order(mug, gateway="bank_transfer")
    send_receipt(cash=escalated, picture=None, note="Paid")
    deny_transfer(cash=escalated)
    send_receipt(cash=escalated, picture=None, note="Really paid")
    return {
        "transfer": cash_of(transfer.checkout),
        "receipt": receipt,
        "cash": at_the_door,
        "cash_sale": sale_of(at_the_door),
        "hand_refund": HandRefundOf(contested.checkout.token, row.pk, given.pk, sale.pk),
        "escalated": escalated,
        "offline_terms": shop.offline_terms,
    }


def a_png() -> bytes:
    """A small picture, as a phone would send it."""
    target = io.BytesIO()
    Image.new("RGB", (40, 60), "#0f5a52").save(target, "PNG")
    return target.getvalue()
