"""What people read instead of the states of payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import Words
from creatorhub.payments.models import PaymentAttempt, PaymentRefund, SandboxDispute

ATTEMPT_WORDS: dict[str, Words] = {
    PaymentAttempt.State.CREATED: _("The payment page is being prepared"),
    PaymentAttempt.State.AWAITING: _("Waiting for the buyer to pay"),
    PaymentAttempt.State.PAID: _("Paid, the order is being completed"),
    PaymentAttempt.State.COMPLETED: _("Paid"),
    PaymentAttempt.State.EXPIRED: _("Closed without payment"),
    PaymentAttempt.State.QUARANTINED: _("Put aside for our team to look at"),
}

REFUND_WORDS: dict[str, Words] = {
    PaymentRefund.State.REQUESTED: _("On its way back to the buyer"),
    PaymentRefund.State.SUCCEEDED: _("The buyer has it back"),
    PaymentRefund.State.FAILED: _("The buyer's bank sent it back"),
}

DISPUTE_WORDS: dict[str, Words] = {
    SandboxDispute.State.INQUIRY: _("The bank asks what happened; it took no money"),
    SandboxDispute.State.NEEDS_RESPONSE: _("The bank took the money and waits for an answer"),
    SandboxDispute.State.UNDER_REVIEW: _("The bank looks at the answer"),
    SandboxDispute.State.WON: _("The bank gave the money back"),
    SandboxDispute.State.LOST: _("The buyer keeps the money"),
    SandboxDispute.State.WITHDRAWN: _("The buyer took it back"),
}

EVENT_WORDS: dict[str, Words] = {
    "checkout.paid": _("A buyer paid"),
    "refund.succeeded": _("A refund arrived"),
    "refund.failed": _("A refund was sent back"),
    "dispute.opened": _("A buyer disputes a payment"),
    "dispute.updated": _("A dispute moved on"),
    "dispute.closed": _("A dispute has ended"),
    "recipient.updated": _("What a payee has to give has changed"),
    "recipient.payout_failed": _("A payee's bank sent money back"),
}
