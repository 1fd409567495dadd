"""Who decided: a person by name where one did, else the rule that did it by itself.

People are told of others what concerns them: a payee reads "our team", staff read the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.accounts.models import User
from creatorhub.foundation.reasons import Words
from creatorhub.payouts.models import PayeeHold, Payout
from creatorhub.payouts.reasons import FREEZE_REASONS
from creatorhub.sales.models import Hold, Refund

# Whose word ends a hold, by its reason.
HOLDERS: dict[str, Words] = {
    "refund_window": gettext_lazy(
        "The shop's promise of refund days, as it stood when this was sold"
    ),
    "awaiting_shipment": gettext_lazy("The shop, by sending it"),
    "refund_asked": gettext_lazy("The shop, by answering the buyer"),
    "refund_failed": gettext_lazy("Our team"),
    "refund_escalated": gettext_lazy("Our team"),
    "dispute": gettext_lazy("The buyer's bank"),
    "cash_expected": gettext_lazy("The shop, by saying that it was paid"),
    "shop_settles": gettext_lazy("The shop, by paying what it owes"),
    **dict.fromkeys(FREEZE_REASONS, gettext_lazy("Our team")),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, and whether they read it as staff."""

    user: User
    is_staff: bool = False

    def name(self, person: Any) -> str:
        """Somebody, as this reader may know them; the market itself when it was nobody."""
        if person is None:
            return _("The market, by itself")
        if self.is_staff:
            return str(person)
        if person.pk == self.user.pk:
            return _("You")
        return _("Our team") if person.is_staff else str(person)


def who_holds(hold: Hold) -> str:
    """Whose word a line's money waits for."""
    return str(HOLDERS.get(hold.reason_code, _("The rules of this market")))


def who_froze(hold: PayeeHold, reader: Reader) -> str:
    """Who lets a payee's payouts wait."""
    return reader.name(hold.opened_by) if hold.opened_by else _("The rules of this market")


def who_paid(payout: Payout, reader: Reader) -> str:
    """Who started the run."""
    starter = payout.run.started_by
    return reader.name(starter) if starter else _("The run of the payout day, by itself")


def who_refunded(refund: Refund, reader: Reader) -> str:
    """Who gave a buyer their money back."""
    return reader.name(refund.decided_by)
