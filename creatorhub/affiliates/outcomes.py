"""Why a click was or was not credited, in words. The codes are frozen in explain records."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OUTCOMES: dict[str, str | Promise] = {
    "credited": _("This click led to the sale and was credited."),
    "later_click_won": _("A later click on somebody's link was credited instead."),
    "shared_by_nobody": _("The link is the shop's own; nobody earns from it."),
    "no_programme": _("The shop had no programme when the order was placed."),
    "programme_paused": _("The shop had paused its programme when the order was placed."),
    "owns_the_shop": _("The link belongs to the shop's owner."),
    "not_a_member": _("The person who shared the link had not joined this shop's programme."),
    "excluded": _("The shop had excluded the person who shared the link."),
    "left_programme": _("The person who shared the link had left the programme."),
    "joined_after_click": _("The click came before its sharer joined the programme."),
    "clicked_after_order": _("The click came after the order was placed."),
    "window_over": _("The click was older than the shop's window when the order was placed."),
    "own_purchase": _("The buyer is the person who shared the link."),
}


def outcome_in_words(code: str) -> str | Promise:
    """The sentence of an outcome; KeyError for a code this house never wrote."""
    return OUTCOMES[code]
