"""An order as its buyer reads it: what was bought where, and what happens next, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from oscar.apps.order.models import Line

from creatorhub.affiliates.selectors import open_programmes
from creatorhub.money import Money
from creatorhub.offers.models import Fulfilment, Grant
from creatorhub.sales.models import Checkout, Refund, RefundRequest, Sale, SaleLine
from creatorhub.shops.models import Listing, Shop
from creatorhub.storefront.selectors.countries import country_named
from creatorhub.storefront.selectors.pictures import Picture, first_pictures

PAID = "paid"
REFUNDED = "refunded"
EXPIRED = "expired"
WAITING = "pending-payment"
ACCEPTED = "accepted"


@dataclass(frozen=True)
class OrderLine:
    """One thing bought. `parcel` and `grant` are how it reaches the buyer, once paid."""

    title: str
    variant: str
    quantity: int
    total: Money
    listing: Listing | None
    picture: Picture | None
    parcel: Fulfilment | None
    grant: Grant | None
    is_refunded: bool
    pieces_refunded: int = 0

    @property
    def is_paid(self) -> bool:
        return bool(self.total)


@dataclass(frozen=True)
class Parcel:
    """What left together, or still has to leave."""

    is_sent: bool
    on: dt.date
    carrier: str
    tracking_number: str
    tracking_url: str


@dataclass(frozen=True)
class GivenBack:
    """Money on its way back to the buyer: sending, paid or failed. `proof` is a bank's reference.

    A failed one that was made good is not among them: what made it good is.
    """

    amount: Money
    state: str
    on: dt.date
    proof: str = ""


@dataclass(frozen=True)
class OrderPart:
    """What one shop sells, sends and gives back."""

    shop: Shop
    lines: list[OrderLine]
    shipping: Money | None
    refunds: list[GivenBack]
    requests: list[RefundRequest]
    sale: Sale | None
    share_rate_bps: int | None

    @property
    def contact(self) -> str:
        """Where a buyer reaches the seller; told to buyers of a paid order only."""
        return self.shop.owner.user.email if self.shop.owner.user is not None else ""

    @property
    def may_ask(self) -> bool:
        """Whether anything is left to ask back; the page that asks says until when."""
        is_left = any(line.is_paid and not line.is_refunded for line in self.lines)
        return is_left and self.sale is not None and not self.is_waiting

    @property
    def is_waiting(self) -> bool:
        """Whether a request for money back waits for its answer."""
        return any(request.is_open for request in self.requests)

    @property
    def shared(self) -> Listing | None:
        """What its buyer might share: the first thing that still has a page."""
        return next((line.listing for line in self.lines if line.listing is not None), None)

    @property
    def parcels(self) -> list[Parcel]:
        found = {
            Parcel(
                is_sent=row.state == Fulfilment.State.SENT,
                on=row.sent_at.date() if row.sent_at else row.ship_by_on,
                carrier=row.carrier,
                tracking_number=row.tracking_number,
                tracking_url=row.tracking_url,
            ): None
            for line in self.lines
            if (row := line.parcel) is not None and row.state != Fulfilment.State.CANCELLED
        }
        return list(found)


@dataclass(frozen=True)
class OrderPage:
    """The whole order. `state` is the order's: paid, refunded, expired or still waiting."""

    checkout: Checkout
    parts: list[OrderPart]
    total: Money
    address: Any

    @property
    def address_lines(self) -> list[str]:
        """Where it goes, without the name, in the order people write it here."""
        lines = (self.address.line1, self.address.line2, self.address.line4, self.address.postcode)
        return [line for line in (*lines, self._country) if line]

    @property
    def _country(self) -> str:
        found = country_named(self.address.country_id, get_language() or "en")
        return found.name if found is not None else str(self.address.country_id)

    @property
    def number(self) -> str:
        return str(self.checkout.order.number)

    @property
    def state(self) -> str:
        return str(self.checkout.order.status)

    @property
    def is_paid(self) -> bool:
        """Whether it is under way: paid, or to be paid at the door."""
        return self.state in (PAID, REFUNDED, ACCEPTED)

    @property
    def lines(self) -> list[OrderLine]:
        return [line for part in self.parts for line in part.lines]

    @property
    def parcels(self) -> list[Parcel]:
        return [parcel for part in self.parts for parcel in part.parcels]

    @property
    def grants(self) -> list[OrderLine]:
        return [line for line in self.lines if line.grant is not None]

    @property
    def is_all_sent(self) -> bool:
        return bool(self.parcels) and all(parcel.is_sent for parcel in self.parcels)

    @property
    def shipping(self) -> Money:
        charges = [part.shipping for part in self.parts if part.shipping is not None]
        return Money.total(charges, self.total.currency)


def find_checkout(token: str) -> Checkout | None:
    """The order behind an unguessable token."""
    return (
        Checkout.objects.filter(token=token)
        .select_related("order__shipping_address__country", "order__user")
        .first()
    )


def order_page(checkout: Checkout) -> OrderPage:
    """Reads an order in a constant number of queries."""
    order = checkout.order
    rows: list[Any] = list(
        Line.objects.filter(order=order)
        .select_related(
            "product__variant__listing__shop",
            "partner__shop__owner__user",
            "fulfilment",
            "grant",
            "sale_line",
        )
        .order_by("pk")
    )
    return OrderPage(
        checkout=checkout,
        parts=_parts(order, rows),
        total=Money.from_decimal(order.total_incl_tax, order.currency),
        address=order.shipping_address,
    )


def orders_of(*, user_id: int) -> Sequence[Checkout]:
    """This account's orders that were paid or are to be paid at the door, newest first."""
    paid = Q(order__status__in=(PAID, REFUNDED, ACCEPTED))
    return list(
        Checkout.objects.filter(paid, order__user_id=user_id)
        .select_related("order")
        .order_by("-placed_at")[:100]
    )


def _parts(order: Any, rows: Sequence[Any]) -> list[OrderPart]:
    """Shop by shop, in the order in which they were put into the basket."""
    currency = order.currency
    pictures = first_pictures(_listing_ids(rows))
    shipping = {row.shop_id: row.amount_minor for row in order.shipping_charges.all()}
    refunds = _refunds(order)
    sales = {sale.shop_id: sale for sale in Sale.objects.filter(order=order)}
    requests = list(RefundRequest.objects.filter(sale__order=order).select_related("sale"))
    rates = _open_rates({row.partner.shop.pk for row in rows})
    by_shop: dict[int, tuple[Shop, list[OrderLine]]] = {}
    for row in rows:
        line = _line(row, currency, pictures)
        by_shop.setdefault(row.partner.shop.pk, (row.partner.shop, []))[1].append(line)
    return [
        OrderPart(
            shop=shop,
            lines=lines,
            shipping=Money(shipping[shop.pk], currency) if shop.pk in shipping else None,
            refunds=[_given_back(row) for row in refunds if row.sale.shop_id == shop.pk],
            requests=[row for row in requests if row.sale.shop_id == shop.pk],
            sale=sales.get(shop.pk),
            share_rate_bps=rates.get(shop.pk),
        )
        for shop, lines in by_shop.values()
    ]


def _refunds(order: Any) -> list[Refund]:
    """What went back of this order, first to last."""
    rows = Refund.objects.filter(sale__order=order, repeated_by=None)
    return list(rows.select_related("sale").order_by("pk"))


def _given_back(row: Refund) -> GivenBack:
    return GivenBack(
        amount=Money(row.amount_minor, row.sale.currency),
        state=row.state,
        on=(row.paid_at or row.created_at).date(),
        proof=row.proof,
    )


def _open_rates(shop_ids: set[int]) -> dict[int, int]:
    """What sharing earns in each of these shops, where anybody may join."""
    rows = open_programmes().filter(shop__in=shop_ids)
    return {row.shop_id: row.rate_bps for row in rows}


def _listing_ids(rows: Sequence[Any]) -> list[int]:
    return [found.pk for row in rows if (found := _listing(row)) is not None]


def _listing(row: Any) -> Listing | None:
    variant = getattr(row.product, "variant", None)
    return variant.listing if variant is not None else None


def _line(row: Any, currency: str, pictures: dict[int, Picture]) -> OrderLine:
    listing = _listing(row)
    sale_line: SaleLine | None = getattr(row, "sale_line", None)
    return OrderLine(
        title=listing.title if listing is not None else row.title,
        variant=row.product.variant.name if listing is not None else "",
        quantity=row.quantity,
        total=Money.from_decimal(row.line_price_incl_tax, currency),
        listing=listing,
        picture=pictures.get(listing.pk) if listing is not None else None,
        parcel=getattr(row, "fulfilment", None),
        grant=getattr(row, "grant", None),
        is_refunded=sale_line is not None and sale_line.is_refunded,
        pieces_refunded=sale_line.refunded_quantity if sale_line is not None else 0,
    )
