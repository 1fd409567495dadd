"""Telling a payee that money arrived, or came back."""

from __future__ import annotations

from creatorhub.foundation.reasons import reason
from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue_mail
from creatorhub.payouts.models import Payout


def mail_payout(message: OutboxMessage) -> None:
    """The outbox's handler of "mail.payout". A party without a login has no address."""
    payout = Payout.objects.select_related("payee__party__user").get(pk=message.payload["payout"])
    user = payout.payee.party.user
    if user is None:
        return
    name = "payout_paid" if payout.state == Payout.State.PAID else "payout_failed"
    context = {
        "payout": payout,
        "amount": payout.arrived if payout.state == Payout.State.PAID else payout.amount,
        "returned": payout.returned,
        "payee": payout.payee,
        "reason": reason(payout.reason_code) if payout.reason_code else None,
    }
    subject, text, html = render_mail(name, user.language, context)
    enqueue_mail(
        key=message.key,
        to=user.email,
        subject=subject,
        text=text,
        html=html,
        language=user.language,
    )
