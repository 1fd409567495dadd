"""The words of disputes and of money that waits again: postings, and reasons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import register_reason
from creatorhub.payouts.explain import register_entry, register_sentence

register_entry("dispute_taken", _("Dispute: the bank took the money"))
register_sentence("dispute.taken", _("Taken back by the bank of the buyer of order %(order)s"))
register_sentence("dispute.fee", _("What the payment provider kept for the dispute"))

register_entry("dispute_won", _("Dispute won"))
register_sentence("dispute.won", _("Given back by the bank: order %(order)s stays paid"))

register_entry("dispute_lost", _("Dispute lost"))
register_sentence("dispute_lost.paid", _("The buyer of order %(order)s keeps the money"))
register_sentence("dispute_lost.share", _("Lost to the buyer in a dispute: %(title)s"))
register_sentence(
    "dispute_lost.shipping", _("Lost to the buyer in a dispute: shipping of order %(order)s")
)
register_sentence(
    "dispute_lost.commission",
    _("Commission taken back, the buyer won a dispute: %(title)s"),
    _("Commission taken back after a dispute: %(title)s"),
)
register_sentence("dispute_lost.fee", _("Fee of the market given back after a dispute: %(title)s"))
register_sentence(
    "dispute_lost.nothing_left",
    _("Lost by the market: order %(order)s had been given back before"),
)
register_sentence(
    "dispute.fee_charged",
    _("The bank's fee for the dispute about %(title)s"),
    _("Fee of a dispute, borne by the shop: %(title)s"),
)

register_entry("rehold", _("Released money that waits again"))
register_sentence("rehold.share", _("Waits again: %(title)s"))
register_sentence("rehold.shipping", _("Waits again: shipping of order %(order)s"))
register_sentence("rehold.commission", _("Waits again: the commission for %(title)s"))

register_reason(
    "dispute",
    _("The buyer went to their bank, and the bank took the money while it looks into it."),
    _("The bank's decision ends this; we answer it by the date shown."),
)
register_reason(
    "dispute_inquiry",
    _("The buyer's bank asks what happened. It has not taken any money."),
    _("The bank's answer ends this; we write to it by the date shown."),
)
register_reason(
    "dispute_lost",
    _("The buyer's bank decided that they get their money back."),
    _("Nothing more happens here."),
)
