"""What buyers, shops and our team say of money that went from hand to hand."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    # Whoever has the token is the buyer; an order of a processor has no receipt and no hand.
    "storefront:order_receipt": Row(args=("transfer.checkout.token",), post=Who.EVERYONE),
    "storefront:order_not_received": Row(
        args=("hand_refund.token", "hand_refund.refund"), get=Who.EVERYONE, post=Who.EVERYONE
    ),
}
