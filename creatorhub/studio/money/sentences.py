"""Sentences about money with their terms, made from what each posting froze about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_rate
from creatorhub.ledger.models import Posting
from creatorhub.payouts import explain
from creatorhub.social_share.channels.registry import channel_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened in one line; `details` says how the amount came about."""

    text: str
    details: list[str]
    order: str


def sentence_of(posting: Posting, *, for_staff: bool = False) -> Sentence:
    """The sentence of a posting with the terms that were frozen."""
    about: dict[str, Any] = posting.explanation
    return Sentence(
        text=explain.sentence_of(about, for_staff=for_staff),
        details=_details(about),
        order=str(about.get("order", "")),
    )


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
    why = explain.reason_of(about)
    if why:
        details.append(why)
    return details


def _network(key: str) -> str:
    channel = channel_of(key)
    return str(channel.name) if channel else key.title()
