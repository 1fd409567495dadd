"""Sentences about money, made from what each posting froze about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.amounts import format_rate
from creatorhub.foundation.reasons import UnknownReasonError, reason
from creatorhub.ledger.models import Posting
from creatorhub.social_share.channels.registry import channel_of

KINDS = {
    "sale.share": gettext_lazy("Sold: %(title)s"),
    "sale.shipping": gettext_lazy("Shipping of order %(order)s"),
    "sale.commission": gettext_lazy("Sold through your link: %(title)s"),
    "release.share": gettext_lazy("Released: %(title)s"),
    "release.shipping": gettext_lazy("Released: shipping of order %(order)s"),
    "release.commission": gettext_lazy("Released: your commission for %(title)s"),
    "release.netted": gettext_lazy("Settled what you owed, from %(title)s"),
    "refund.share": gettext_lazy("Given back to the buyer: %(title)s"),
    "refund.shipping": gettext_lazy("Given back to the buyer: shipping of order %(order)s"),
    "refund.commission": gettext_lazy("Commission taken back: %(title)s"),
    "refund_failed.share": gettext_lazy("The refund did not arrive, so it is back: %(title)s"),
    "refund_failed.shipping": gettext_lazy(
        "The refund did not arrive, so it is back: shipping of order %(order)s"
    ),
    "refund_failed.commission": gettext_lazy(
        "The refund did not arrive, so your commission is back: %(title)s"
    ),
    "payout": gettext_lazy("Paid out to you"),
    "payout_returned": gettext_lazy("A payout came back to you"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened in one line; `details` says how the amount came about."""

    text: str
    details: list[str]
    order: str


def sentence_of(posting: Posting) -> Sentence:
    """The sentence of a posting; of an unknown kind, what can honestly be said."""
    about: dict[str, Any] = posting.explanation
    template = KINDS.get(str(about.get("kind", "")))
    words = {"title": about.get("title", ""), "order": about.get("order", "")}
    text = str(template) % words if template else _("A movement of your money")
    return Sentence(text=text, details=_details(about), order=str(about.get("order", "")))


def _details(about: dict[str, Any]) -> list[str]:
    """The terms that were frozen: fee, commission rate, network, reason."""
    details = []
    kind = str(about.get("kind", ""))
    if kind.endswith(".share") and about.get("fee_bps"):
        details.append(_("fee %(rate)s") % {"rate": format_rate(about["fee_bps"])})
    if kind.endswith(".commission") and about.get("rate_bps"):
        details.append(_("commission %(rate)s") % {"rate": format_rate(about["rate_bps"])})
    if about.get("channel"):
        details.append(_("via %(network)s") % {"network": _network(str(about["channel"]))})
    if about.get("reason_code"):
        details.append(_reason_text(str(about["reason_code"])))
    return details


def _network(key: str) -> str:
    channel = channel_of(key)
    return str(channel.name) if channel else key.title()


def _reason_text(code: str) -> str:
    try:
        return str(reason(code).text)
    except UnknownReasonError:
        return ""
