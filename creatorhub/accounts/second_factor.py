"""What the second factor says when something is not right."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factor, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Remove the second factor first, then change the address."),
        "cannot_delete_authenticator": _("This second factor cannot be removed."),
        "cannot_generate_recovery_codes": _("Add a passkey or an app first."),
        "incorrect_code": _("This did not match. Please try again."),
        "unverified_email": _("Confirm your e-mail address first."),
    }
