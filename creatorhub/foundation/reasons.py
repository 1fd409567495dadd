"""Every reason money waits, moves back or is refused: a code, its sentence, and what ends it.

Rooms store the code; people read the sentence in their language.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Reason:
    """`text` says why; `ends` says what ends it, in plain words."""

    code: str
    text: Words
    ends: Words


class UnknownReasonError(LookupError):
    """A code without words: nothing may be held for a reason nobody can read."""


_reasons: dict[str, Reason] = {}


def register_reason(code: str, text: Words, ends: Words) -> None:
    """Add a reason; rooms above may bring their own."""
    _reasons[code] = Reason(code, text, ends)


def reason(code: str) -> Reason:
    """The reason of a code; UnknownReasonError when it has no words."""
    try:
        return _reasons[code]
    except KeyError:
        raise UnknownReasonError(code) from None


def all_reasons() -> list[Reason]:
    """Every reason, by code."""
    return [_reasons[code] for code in sorted(_reasons)]


# Why a sale waits -----------------------------------------------------------------------------
register_reason(
    "awaiting_shipment",
    _("The order has not been sent yet."),
    _("Marking the order as sent ends this."),
)
register_reason(
    "refund_window",
    _("The buyer can still ask for their money back."),
    _("It ends by itself on the date shown."),
)

# Why a payee waits, or a payout did not arrive ------------------------------------------------
register_reason(
    "below_minimum",
    _("The amount is still below the smallest payout in this currency."),
    _("It is paid with the next payout once enough has come together."),
)
register_reason(
    "payee_hold",
    _("Our team is looking at this account, so payouts wait. Nothing is lost."),
    _("Our team answers by the date shown."),
)
register_reason(
    "changed_destination",
    _("Where this money goes was changed recently, so payouts wait to keep it safe."),
    _("It ends by itself on the date shown, unless you tell us it was not you."),
)
register_reason(
    "rail_unavailable",
    _("There is no way to send this payout right now."),
    _("Choosing a way to be paid ends this."),
)
register_reason(
    "payout_failed",
    _("The bank sent the payout back. The money is yours and goes out again."),
    _("The next payout tries again; check that your details are right."),
)
register_reason(
    "payout_unknown",
    _("We have not heard back about an earlier payout and are checking it."),
    _("It ends as soon as the answer arrives."),
)

# Why a payment was put aside ------------------------------------------------------------------
register_reason(
    "amount_differs",
    _("The amount paid is not the amount of the order."),
    _("Our team compares both and either completes the order or gives the money back."),
)
register_reason(
    "currency_differs",
    _("The payment arrived in another currency than the order."),
    _("Our team compares both and either completes the order or gives the money back."),
)
register_reason(
    "paid_after_expiry",
    _("The payment arrived after the order had closed and the items were gone."),
    _("The money goes back to the buyer by itself."),
)
register_reason(
    "payment_unknown",
    _("The payment provider reports a payment we cannot match to an order."),
    _("Our team looks it up with the provider."),
)

# Why money goes back --------------------------------------------------------------------------
register_reason(
    "buyer_changed_mind",
    _("The buyer changed their mind."),
    _("The money goes back to the buyer."),
)
register_reason(
    "item_unavailable",
    _("The item is no longer available."),
    _("The money goes back to the buyer."),
)
register_reason(
    "damaged",
    _("The item arrived damaged."),
    _("The money goes back to the buyer."),
)
register_reason(
    "not_as_described",
    _("The item is not as it was described."),
    _("The money goes back to the buyer."),
)
register_reason(
    "not_sent_in_time",
    _("The order was not sent in time."),
    _("The money goes back to the buyer."),
)
register_reason(
    "taken_down",
    _("The item was taken down because it broke the rules of this market."),
    _("You can ask our team to look again."),
)
register_reason(
    "refunded",
    _("The buyer got their money back for this."),
    _("Nothing more happens here."),
)
register_reason(
    "refund_failed",
    _("The buyer's bank did not accept the refund."),
    _("Our team finds another way with the buyer."),
)

# Why a click earned nothing -------------------------------------------------------------------
register_reason(
    "self_purchase",
    _("Buying through your own link does not earn a commission."),
    _("Orders of other people through this link earn as usual."),
)
