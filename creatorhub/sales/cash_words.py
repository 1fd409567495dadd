"""The words of money that shops collect themselves: reasons, entries and postings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import register_reason
from creatorhub.payouts.explain import register_entry, register_sentence

# Why money waits ------------------------------------------------------------------------------
register_reason(
    "cash_expected",
    _("The buyer pays on delivery, and the shop has not confirmed it yet."),
    _("It ends when the shop says that the order was paid."),
)
register_reason(
    "shop_settles",
    _("The shop collected this order itself and settles your share with its next sales."),
    _("It ends when the shop's next sales, or a payment by the shop, have covered it."),
)

# Why an order was not taken -------------------------------------------------------------------
register_reason(
    "delivery_refused",
    _("The buyer did not take the parcel."),
    _("Nothing was paid and nothing is owed. The items are back in stock."),
)
register_reason(
    "not_reached",
    _("Nobody could be reached at the address."),
    _("Nothing was paid and nothing is owed. The items are back in stock."),
)
register_reason(
    "shop_cannot_send",
    _("The shop cannot send this order."),
    _("Nothing was paid and nothing is owed."),
)
register_reason(
    "cash_unconfirmed",
    _("Nobody confirmed that this order was paid, so our team closed it."),
    _("Nothing is owed for it."),
)

# Why a shop may not collect money itself ------------------------------------------------------
register_reason(
    "owes_too_long",
    _("What you owe from orders you collected yourself has been open for too long."),
    _("It ends by itself once your sales, or a payment by you, have settled it."),
)
register_reason(
    "owes_too_much",
    _("What you owe from orders you collected yourself has become too much."),
    _("It ends by itself once your sales, or a payment by you, have settled it."),
)
register_reason(
    "collecting_stopped",
    _("Our team stopped this after looking at orders that you collected yourself."),
    _("Write to our team; it answers and can allow it again."),
)

# What the book says ---------------------------------------------------------------------------
register_entry("cash_collected", _("Paid to the shop by the buyer"))
register_sentence(
    "cash.fee",
    _("You collected order %(order)s yourself: fee of %(fee_rate)s for %(title)s"),
    _("Owed by the shop, which collected it: fee of %(fee_rate)s for %(title)s"),
)
register_sentence(
    "cash.commission",
    _("You collected order %(order)s yourself: commission of %(rate)s for %(title)s"),
    _("Owed by the shop, which collected it: commission of %(rate)s for %(title)s"),
)
register_sentence(
    "cash.refund",
    _("You gave the buyer of order %(order)s money back: fee and commission of %(title)s"),
    _("The shop gave money back, so it owes less: %(title)s"),
)
register_sentence(
    "cash.refund_failed",
    _("The buyer of order %(order)s did not get it back: fee and commission of %(title)s"),
    _("The refund did not happen, so the shop owes it again: %(title)s"),
)
register_entry("debt_netted", _("Debt of a shop settled from its money"))
register_sentence(
    "debt.netted",
    _("Settled what you owed from orders you collected yourself"),
    _("Settled what the shop owed from orders it collected itself"),
)
register_entry("debt_paid_in", _("Debt of a shop paid in"))
register_sentence(
    "debt.paid_in",
    _("You paid in what you owed, reference %(paid_reference)s"),
    _("Paid in by the shop, reference %(paid_reference)s"),
)
