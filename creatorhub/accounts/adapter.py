"""How allauth behaves here: its mail leaves through the outbox like all mail."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from creatorhub.outbox.services import enqueue_mail


class AccountAdapter(DefaultAccountAdapter):
    """Sends codes and notices through the outbox; everything else is allauth's."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render now (codes are short-lived), deliver in a moment."""
        language = get_language() or "en"
        known = {
            **context,
            "email": email,
            "instance_name": settings.INSTANCE_NAME,
            "base_url": settings.BASE_URL,
        }
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", known).split())
        text = render_to_string(f"{template_prefix}_message.txt", known).strip()
        paragraphs = [block.strip() for block in text.split("\n\n") if block.strip()]
        html = render_to_string(
            "mail/account.html", {**known, "subject": subject, "paragraphs": paragraphs}
        )
        enqueue_mail(
            key=f"account:{uuid.uuid4().hex}",
            to=email,
            subject=subject,
            text=f"{text}\n",
            html=html,
            language=language,
        )
