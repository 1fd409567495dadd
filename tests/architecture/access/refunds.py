"""Asking for money back is behind the order's token; answering is the shop's, deciding staff's."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    "storefront:refund_ask": Row(
        args=("checkout.token", "sale.pk"), get=Who.EVERYONE, post=Who.EVERYONE
    ),
    "storefront:refund_request": Row(
        args=("checkout.token", "refund_request.pk"), get=Who.EVERYONE, post=Who.EVERYONE
    ),
    "studio:refund_request": Row(args=("refund_request.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:desk_refunds": Row(get=Who.STAFF),
    "studio:desk_refund": Row(args=("refund_request.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_refund_failed": Row(args=("failed_refund.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_return_failed": Row(args=("failed_return.pk",), get=Who.STAFF, post=Who.STAFF),
}
