"""The words of every kind of posting that sales write; `explanations.py` lists the kinds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.payouts.explain import register_entry, register_sentence

# What a sale earned ---------------------------------------------------------------------------
register_entry("sale", _("Sale"))
register_sentence("sale.paid", _("Paid by the buyer of order %(order)s"))
register_sentence("sale.share", _("Sold: %(title)s"), _("Share of the shop: %(title)s"))
register_sentence("sale.shipping", _("Shipping of order %(order)s"))
register_sentence(
    "sale.commission", _("Sold through your link: %(title)s"), _("Commission: %(title)s")
)
register_sentence("sale.fee", _("Fee of the market, %(fee_rate)s: %(title)s"))

# What the processor kept ----------------------------------------------------------------------
register_entry("processor_fee", _("Fee of the payment provider"))
register_sentence("processor_fee.kept", _("Kept by the payment provider of order %(order)s"))
register_sentence(
    "processor_fee.charged",
    _("Fee of the payment provider for order %(order)s"),
    _("Fee of the payment provider for order %(order)s, borne by the shop"),
)

# What became payable --------------------------------------------------------------------------
register_entry("release", _("Money released"))
register_sentence("release.share", _("Released: %(title)s"), _("Released to the shop: %(title)s"))
register_sentence("release.shipping", _("Released: shipping of order %(order)s"))
register_sentence(
    "release.commission",
    _("Released: your commission for %(title)s"),
    _("Released, commission: %(title)s"),
)
register_sentence(
    "release.netted",
    _("Settled what you owed, from %(title)s"),
    _("Settled what the payee owed, from %(title)s"),
)

# What went back -------------------------------------------------------------------------------
register_entry("refund", _("Refund"))
register_sentence("refund.paid", _("Given back to the buyer of order %(order)s"))
register_sentence("refund.share", _("Given back to the buyer: %(title)s"))
register_sentence("refund.shipping", _("Given back to the buyer: shipping of order %(order)s"))
register_sentence("refund.commission", _("Commission taken back: %(title)s"))
register_sentence("refund.fee", _("Fee of the market given back: %(title)s"))

register_entry("refund_failed", _("Refund that did not arrive"))
register_sentence("refund_failed.paid", _("The refund of order %(order)s did not arrive"))
register_sentence("refund_failed.share", _("The refund did not arrive, so it is back: %(title)s"))
register_sentence(
    "refund_failed.shipping",
    _("The refund did not arrive, so it is back: shipping of order %(order)s"),
)
register_sentence(
    "refund_failed.commission",
    _("The refund did not arrive, so your commission is back: %(title)s"),
    _("The refund did not arrive, so the commission is back: %(title)s"),
)
register_sentence(
    "refund_failed.fee", _("The refund did not arrive, so the fee is back: %(title)s")
)

# Paid too late --------------------------------------------------------------------------------
register_entry("late.paid", _("Paid after the order had closed"))
register_sentence("late.paid", _("Payment after order %(order)s had closed"))
register_entry("late.refunded", _("Late payment given back"))
register_sentence("late.refunded", _("Given back: order %(order)s had closed before it was paid"))
register_entry("late.refund_failed", _("Late payment that could not go back"))
register_sentence("late.refund_failed", _("The late payment of order %(order)s could not go back"))

# Put aside, because it was not what was asked for ------------------------------------------------
register_entry("aside.paid", _("Payment that became no order"))
register_sentence("aside.paid", _("Paid for order %(order)s, but not what was asked for"))
register_entry("aside.refunded", _("Payment given back"))
register_sentence("aside.refunded", _("Given back: the payment did not fit order %(order)s"))
register_entry("aside.refund_failed", _("Payment that could not go back"))
register_sentence("aside.refund_failed", _("The payment for order %(order)s could not go back"))

# Paid too much ------------------------------------------------------------------------------------
register_entry("surplus.paid", _("Paid too much"))
register_sentence("surplus.paid", _("More was paid than order %(order)s costs"))
register_entry("surplus.refunded", _("Difference given back"))
register_sentence("surplus.refunded", _("Given back: what was paid too much for order %(order)s"))
register_entry("surplus.refund_failed", _("Difference that could not go back"))
register_sentence(
    "surplus.refund_failed", _("What was paid too much for order %(order)s could not go back")
)
