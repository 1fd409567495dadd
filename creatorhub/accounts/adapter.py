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
        language = get_language() or "en"
        subject = " ".join(
            render_to_string(
                f"{template_prefix}_subject.txt", {**context, "email": email}, self.request
            ).split()
        )
        text = render_to_string(
            f"{template_prefix}_message.txt", {**context, "email": email}, self.request
        ).strip()
        html = render_to_string(
            "mail/account.html",
            {
                "language": language,
                "subject": subject,
                "paragraphs": _paragraphs(text),
                "code": context.get("code", ""),
            },
            self.request,
        )
        enqueue_mail(
            key=f"account:{uuid.uuid4().hex}",
            to=email,
            subject=subject,
            text=text + "\n",
            html=html,
            language=language,
        )


def _paragraphs(text: str) -> list[str]:
    """The text's blocks, each in one piece, for the HTML part."""
    return [block.strip() for block in text.split("\n\n") if block.strip()]
