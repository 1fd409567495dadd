"""allauth's forms for passkeys, with an answer for what no browser sends.

The browser's reply is read by fido2, which raises whatever it stumbles over; allauth expects two of
these errors. Anybody may post to the sign-in form, so the rest would be errors of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _


class CredentialField(forms.JSONField):
    """A JSON object. Numbers too long to read and nests too deep to walk are none."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            credential = super().to_python(value)
        except (ValueError, RecursionError):
            credential = None
        if not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        return credential

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Shown again, the field is empty: the browser asks the key anew."""
        return None


@contextmanager
def nonsense_is_a_wrong_code() -> Iterator[None]:
    """Whatever fido2 stumbled over, the person hears that the key was not accepted."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddKeyForm(AddWebAuthnForm):
    """A new passkey."""

    credential = CredentialField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("Name")
        self.fields["passwordless"].label = _("Enough to sign in, without a code")
        self.fields["passwordless"].help_text = _(
            "Your device then asks for your fingerprint, your face or a PIN each time."
        )

    def clean(self) -> dict[str, Any]:
        with nonsense_is_a_wrong_code():
            return dict(super().clean())


class SecondKeyForm(AuthenticateWebAuthnForm):
    """A passkey as the second factor."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        with nonsense_is_a_wrong_code():
            return super().clean_credential()


class SignInKeyForm(LoginWebAuthnForm):
    """A passkey instead of a code."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        with nonsense_is_a_wrong_code():
            return super().clean_credential()


class ConfirmKeyForm(ReauthenticateWebAuthnForm):
    """A passkey before something that matters."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        with nonsense_is_a_wrong_code():
            return super().clean_credential()
