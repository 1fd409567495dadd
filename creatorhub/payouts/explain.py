"""From a posting's frozen explanation to the sentence a person reads, in their language.

Each kind has two voices: what its payee reads ("Sold: Planner") and what staff read, who look at
everybody's money ("Share of the shop: Planner"). Rooms register their kinds when apps are ready;
words may name any parameter of the explanation, and %(rate)s, %(fee_rate)s and %(reason)s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.amounts import format_rate
from creatorhub.foundation.reasons import UnknownReasonError, Words, reason


@dataclass(frozen=True, slots=True)
class Voices:
    """One kind of posting, as its payee and as staff read it."""

    payee: Words
    staff: Words


class Parameters(dict[str, str]):
    """What words may name; a parameter that the explanation lacks is nothing."""

    def __missing__(self, key: str) -> str:
        return ""


_sentences: dict[str, Voices] = {}
_entries: dict[str, Words] = {}


def register_sentence(kind: str, payee: Words, staff: Words = "") -> None:
    """Words for a kind of posting; without `staff` both read the same."""
    _sentences[kind] = Voices(payee, staff or payee)


def register_entry(kind: str, name: Words) -> None:
    """The name of a kind of entry, as a heading: what happened, once for all its postings."""
    _entries[kind] = name


def sentence_of(explanation: dict[str, Any], *, for_staff: bool = False) -> str:
    """What this movement of money was, in the language of the reader."""
    voices = _sentences.get(str(explanation.get("kind", "")))
    if voices is None:
        return _("Correction")
    words = str(voices.staff if for_staff else voices.payee)
    return words % _parameters(explanation)


def entry_name(kind: str) -> str:
    """What happened, as a heading."""
    return str(_entries.get(kind, _("Correction")))


def reason_of(explanation: dict[str, Any]) -> str:
    """Why, if the explanation carries a reason code; else nothing."""
    code = str(explanation.get("reason_code", ""))
    try:
        return str(reason(code).text) if code else ""
    except UnknownReasonError:
        return ""


def known_kinds() -> list[str]:
    """Every kind of posting that has words."""
    return sorted(_sentences)


def known_entries() -> list[str]:
    """Every kind of entry that has a name."""
    return sorted(_entries)


def _parameters(explanation: dict[str, Any]) -> Parameters:
    about = Parameters({key: str(value) for key, value in explanation.items()})
    about["rate"] = format_rate(int(explanation.get("rate_bps", 0)))
    about["fee_rate"] = format_rate(int(explanation.get("fee_bps", 0)))
    about["reason"] = reason_of(explanation)
    return about


def _say(kind: str, payee: Promise, staff: Promise | str = "") -> None:
    register_sentence(kind, payee, staff)


# What this room posts -------------------------------------------------------------------------
_say("payout", gettext_lazy("Paid out to you"), gettext_lazy("Payout %(payout)s"))
_say(
    "payout_returned",
    gettext_lazy("A payout came back to you"),
    gettext_lazy("Payout %(payout)s came back"),
)
_say(
    "transfer_reversed",
    gettext_lazy("Taken back from what order %(order)s had paid out to you"),
    gettext_lazy("Transfer of order %(order)s taken back, payout %(payout)s"),
)
register_entry("transfer_reversed", gettext_lazy("Transfer taken back"))
register_entry("payout", gettext_lazy("Payout"))
register_entry("payout_returned", gettext_lazy("Payout that came back"))
