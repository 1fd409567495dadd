"""What people read instead of the words banks use."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.reasons import Words
from creatorhub.sales.models import Dispute

State = Dispute.State

REASONS: dict[str, Words] = {
    "product_not_received": gettext_lazy("The buyer says that it never came."),
    "product_unacceptable": gettext_lazy("The buyer says that it is not what was promised."),
    "fraudulent": gettext_lazy("The card's owner says that somebody else bought with it."),
    "duplicate": gettext_lazy("The buyer says that it was paid twice."),
    "credit_not_processed": gettext_lazy("The buyer says that a promised refund never came."),
    "subscription_canceled": gettext_lazy("The buyer says that it had been cancelled."),
    "unrecognized": gettext_lazy("The card's owner does not remember this payment."),
}
STEPS: dict[str, Words] = {
    "dispute.inquiry": gettext_lazy("The bank asked what happened"),
    "dispute.needs_response": gettext_lazy("The bank took the money"),
    "dispute.under_review": gettext_lazy("The bank looks at the answer"),
    "dispute.won": gettext_lazy("The bank gave the money back"),
    "dispute.lost": gettext_lazy("The buyer keeps the money"),
    "dispute.withdrawn": gettext_lazy("The buyer took it back"),
    "dispute.statement": gettext_lazy("A shop wrote its side"),
    "dispute.answered": gettext_lazy("The answer was decided"),
    "dispute.answer_refused": gettext_lazy("The bank did not take the answer: it came too late"),
}


def reason_of(dispute: Dispute) -> str:
    """Why the buyer went to their bank."""
    return str(REASONS.get(dispute.reason, _("The buyer's bank gives no reason we know.")))


def state_of(dispute: Dispute) -> tuple[str, str]:
    """Where it stands in words, and the kind of its tag."""
    words = {
        State.INQUIRY: (_("The bank asks"), "warn"),
        State.NEEDS_RESPONSE: (_("Waits for our answer"), "bad"),
        State.UNDER_REVIEW: (_("The bank decides"), "warn"),
        State.WON: (_("Won"), "ok"),
        State.LOST: (_("Lost"), "bad"),
        State.WITHDRAWN: (_("Taken back by the buyer"), "ok"),
    }
    if dispute.is_open and dispute.answered_at is not None:
        return _("Answered, the bank decides"), "warn"
    return words[State(dispute.state)]
