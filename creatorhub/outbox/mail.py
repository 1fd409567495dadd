"""The handler that sends mail."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage, SentMail


def send_mail_message(message: OutboxMessage) -> None:
    """Keep the mail as sent, then hand it to the mail server (the sandbox has none)."""
    mail = message.payload
    SentMail.objects.create(message=message, sent_at=now(), **mail)
    if settings.SANDBOX:
        return
    outgoing = EmailMultiAlternatives(mail["subject"], mail["text"], to=[mail["to"]])
    # The same row sent twice (a crash between server and commit) carries the same id.
    outgoing.extra_headers["Message-ID"] = f"<outbox-{message.pk}@creatorhub>"
    if mail["html"]:
        outgoing.attach_alternative(mail["html"], "text/html")
    outgoing.send()
