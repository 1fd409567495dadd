"""How allauth behaves here: its mail leaves through the outbox like all mail."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.template.loader import render_to_string
from django.utils.translation import get_language

from creatorhub.outbox.services import enqueue_mail


class AccountAdapter(DefaultAccountAdapter):
    """Sends codes and notices through the outbox; everything else is allauth's."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render now (codes are short-lived), deliver in a moment."""
        context = {**context, "request": self.request}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        enqueue_mail(
            key=f"account:{uuid.uuid4().hex}",
            to=email,
            subject=" ".join(subject.split()),
            text=render_to_string(f"{template_prefix}_message.txt", context),
            language=get_language() or "en",
        )
