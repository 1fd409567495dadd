"""What buyers, shops and our team say of money that went from hand to hand."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    # Whoever has the token is the buyer; an order of a processor has no receipt and no hand.
    "storefront:order_receipt": Row(args=("transfer.checkout.token",), post=Who.EVERYONE),
    "storefront:order_not_received": Row(
        args=("hand_refund.token", "hand_refund.refund"), get=Who.EVERYONE, post=Who.EVERYONE
    ),
    "studio:transfer": Row(args=("transfer.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:transfer_receipt": Row(args=("transfer.pk", "receipt.pk"), get=Who.OWNER_AND_STAFF),
    "studio:order_collected": Row(args=("cash_sale.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:order_not_taken": Row(args=("cash_sale.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:order_given_back": Row(
        args=("hand_refund.sale", "hand_refund.refund"), get=Who.OWNER, post=Who.OWNER
    ),
    "studio:desk_cash": Row(get=Who.STAFF, post=Who.STAFF),
    "studio:desk_cash_decide": Row(args=("escalated.pk",), post=Who.STAFF),
    "studio:desk_cash_contest": Row(args=("hand_refund.pk",), post=Who.STAFF),
    "studio:desk_cash_privilege": Row(args=("offline_terms.pk",), post=Who.STAFF),
    "storefront:country_to_cash": Row(get=Who.EVERYONE),
}
