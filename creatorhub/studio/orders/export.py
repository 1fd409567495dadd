"""Orders as a CSV, one row a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from creatorhub.studio.orders.selectors import LineView, SaleView


def header() -> list[str]:
    """The columns, in the reader's language."""
    return [
        _("Order"),
        _("Date"),
        _("Item"),
        _("Quantity"),
        _("Currency"),
        _("Paid"),
        _("Fee"),
        _("Affiliate's share"),
        _("Given back"),
        _("Yours"),
        _("Buyer"),
        _("E-mail"),
        _("Phone"),
        _("Address"),
        _("Country"),
        _("Sent on"),
        _("Tracking number"),
    ]


def rows(views: Sequence[SaleView]) -> Iterator[list[object]]:
    """One row a line of each sale."""
    for view in views:
        for line in view.lines:
            yield _row(view, line)


def _row(view: SaleView, line: LineView) -> list[object]:
    order, sent = view.sale.order, line.fulfilment
    address = order.shipping_address
    return [
        order.number,
        view.sale.sold_at.date().isoformat(),
        line.line.title,
        line.line.quantity,
        view.sale.currency,
        line.paid.to_decimal(),
        line.fee.to_decimal(),
        line.commission.to_decimal(),
        line.refunded.to_decimal(),
        line.yours.to_decimal(),
        view.buyer_name,
        order.checkout.email,
        view.phone,
        ", ".join(view.address_lines),
        address.country_id if address else "",
        sent.sent_at.date().isoformat() if sent and sent.sent_at else "",
        sent.tracking_number if sent else "",
    ]
