"""From a posting's frozen explanation to the sentence a person reads, in their language.

Rooms above add their kinds with `register_sentence`. Parameters come from the explanation.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.amounts import format_rate
from creatorhub.foundation.reasons import UnknownReasonError, Words, reason

_sentences: dict[str, Words] = {}


def register_sentence(kind: str, sentence: Words) -> None:
    """Words for a kind; may name %(title)s, %(order)s, %(rate)s, %(fee_rate)s and %(reason)s."""
    _sentences[kind] = sentence


def sentence_of(explanation: dict[str, Any]) -> str:
    """What this movement of money was, in the language of the reader."""
    kind = str(explanation.get("kind", ""))
    words = _sentences.get(kind)
    if words is None:
        return _("Correction")
    return str(words) % _parameters(explanation)


def reason_of(explanation: dict[str, Any]) -> str:
    """Why, if the explanation carries a reason code; else nothing."""
    code = str(explanation.get("reason_code", ""))
    try:
        return str(reason(code).text) if code else ""
    except UnknownReasonError:
        return ""


def known_kinds() -> list[str]:
    """Every kind that has words."""
    return sorted(_sentences)


def _parameters(explanation: dict[str, Any]) -> dict[str, str]:
    return {
        "title": str(explanation.get("title", "")),
        "order": str(explanation.get("order", "")),
        "payout": str(explanation.get("payout", "")),
        "rate": format_rate(int(explanation.get("rate_bps", 0))),
        "fee_rate": format_rate(int(explanation.get("fee_bps", 0))),
        "reason": reason_of(explanation),
    }


# What a sale earned ---------------------------------------------------------------------------
register_sentence("sale.share", gettext_lazy("Your share of “%(title)s”, order %(order)s"))
register_sentence("sale.shipping", gettext_lazy("Shipping of order %(order)s"))
register_sentence(
    "sale.commission",
    gettext_lazy("Commission of %(rate)s on “%(title)s”, order %(order)s"),
)
register_sentence("sale.fee", gettext_lazy("Fee of %(fee_rate)s on “%(title)s”, order %(order)s"))
register_sentence("sale.paid", gettext_lazy("Payment of order %(order)s"))

# What became payable --------------------------------------------------------------------------
register_sentence("release.share", gettext_lazy("Your share of “%(title)s”, order %(order)s"))
register_sentence("release.shipping", gettext_lazy("Shipping of order %(order)s"))
register_sentence(
    "release.commission",
    gettext_lazy("Commission of %(rate)s on “%(title)s”, order %(order)s"),
)
register_sentence(
    "release.netted",
    gettext_lazy("Kept back for an earlier refund that had been paid out already"),
)

# What went back -------------------------------------------------------------------------------
register_sentence("refund.share", gettext_lazy("Refund of “%(title)s”, order %(order)s"))
register_sentence("refund.shipping", gettext_lazy("Refund of shipping, order %(order)s"))
register_sentence(
    "refund.commission",
    gettext_lazy("Commission taken back: “%(title)s” was refunded, order %(order)s"),
)
register_sentence(
    "refund.fee", gettext_lazy("Fee given back: “%(title)s” was refunded, order %(order)s")
)
register_sentence("refund.paid", gettext_lazy("Refund to the buyer of order %(order)s"))
register_sentence(
    "refund_failed.share",
    gettext_lazy("The refund of “%(title)s” did not arrive, order %(order)s"),
)
register_sentence(
    "refund_failed.shipping",
    gettext_lazy("The refund of shipping did not arrive, order %(order)s"),
)
register_sentence(
    "refund_failed.commission",
    gettext_lazy("Commission restored: the refund of “%(title)s” did not arrive, order %(order)s"),
)
register_sentence(
    "refund_failed.fee",
    gettext_lazy("Fee restored: the refund of “%(title)s” did not arrive, order %(order)s"),
)
register_sentence(
    "refund_failed.paid", gettext_lazy("The refund of order %(order)s did not arrive")
)
register_sentence("late.paid", gettext_lazy("Payment after order %(order)s had closed"))
register_sentence(
    "late.refunded", gettext_lazy("Given back: order %(order)s had closed before it was paid")
)
register_sentence(
    "late.refund_failed", gettext_lazy("The late payment of order %(order)s could not go back")
)

# Payouts --------------------------------------------------------------------------------------
register_sentence("payout", gettext_lazy("Payout %(payout)s sent to you"))
register_sentence("payout_returned", gettext_lazy("Payout %(payout)s came back"))
