"""What payees and staff are told by mail about being paid. Handlers of the outbox."""

from __future__ import annotations

from typing import Any

from creatorhub.accounts.models import User
from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue_mail
from creatorhub.payouts.models import BalanceCheck, Recipient
from creatorhub.payouts.requirements import in_words


def mail_requirements(message: OutboxMessage) -> None:
    """The processor needs something more, and until when; nothing once it was given."""
    recipient = _recipient(message)
    user = recipient.payee.party.user
    if user is not None and recipient.due and recipient.due_by is not None:
        context = {
            "name": recipient.payee.party.name,
            "missing": in_words(recipient.due),
            "due_by": recipient.due_by,
        }
        _mail("payout_requirements", user, message.key, context)


def mail_bank_refused(message: OutboxMessage) -> None:
    """The payee's own bank sent money back to the processor, where it waits for them."""
    recipient = _recipient(message)
    user = recipient.payee.party.user
    if user is not None:
        _mail("payout_bank_refused", user, message.key, {"name": recipient.payee.party.name})


def mail_balance_differs(message: OutboxMessage) -> None:
    """Staff: the processor's balance is not what the book says."""
    check = BalanceCheck.objects.get(pk=message.payload["check"])
    user = User.objects.get(pk=message.payload["user"])
    _mail("balance_differs", user, message.key, {"check": check})


def _recipient(message: OutboxMessage) -> Recipient:
    rows = Recipient.objects.select_related("payee__party__user")
    return rows.get(pk=message.payload["recipient"])


def _mail(name: str, user: User, key: str, context: dict[str, Any]) -> None:
    subject, text, html = render_mail(name, user.language, context)
    enqueue_mail(
        key=key, to=user.email, subject=subject, text=text, html=html, language=user.language
    )
