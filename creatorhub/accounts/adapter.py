"""How allauth behaves here: its mail leaves through the outbox like all mail."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import User
from creatorhub.outbox.services import enqueue_mail

# RFC 2606: no mailbox is there. A sandbox's ready logins are, with a password everybody can read.
NOBODYS_DOMAIN = ".example"


class AccountAdapter(DefaultAccountAdapter):
    """Sends codes and notices through the outbox, and says in our words what went wrong."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This address belongs to your account already."),
        "email_password_mismatch": _("This address and password do not belong together."),
        "email_taken": _("There is an account with this address already. Sign in with it."),
        "enter_current_password": _("Write your current password."),
        "incorrect_code": _("This code is not the right one. Look again, or ask for another."),
        "incorrect_password": _("This password is not the right one."),
        "invalid_login": _("This did not work. Please start again."),
        "too_many_login_attempts": _("That was tried too often. Please wait a few minutes."),
        "unknown_email": _("There is no account with this address yet."),
        "same_as_current": _("This is what you have already. Choose another."),
        "rate_limited": _("That was too quick. Please wait a moment, then try again."),
    }

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> Any:
        """A market that began as a sandbox keeps its demo people, and lets none of them in."""
        if not settings.SANDBOX and user.email.endswith(NOBODYS_DOMAIN):
            user.is_active = False  # For this request: allauth turns closed accounts away.
        return super().pre_login(request, user, **details)

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
