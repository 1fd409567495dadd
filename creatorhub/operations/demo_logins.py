"""The ready logins of a sandbox, shown on its sign-in page. There are none in production."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from creatorhub.accounts.models import User
from creatorhub.accounts.services import party_of

DEMO_EMAILS = {
    "creator": "creator@demo.example",
    "affiliate": "affiliate@demo.example",
    "staff": "staff@demo.example",
}
DEMO_PASSWORD = "open-the-market"  # noqa: S105  Printed on the sign-in page of every sandbox.


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One ready login. `totp_code` is the code that holds now, for whoever needs one."""

    role: str
    email: str
    password: str
    totp_code: str | None


def demo_logins() -> list[DemoLogin]:
    """The ready logins that exist in this sandbox; nothing outside a sandbox."""
    if not settings.SANDBOX:
        return []
    users = {
        user.email: user
        for user in User.objects.filter(email__in=DEMO_EMAILS.values(), is_active=True)
    }
    return [
        DemoLogin(role, email, DEMO_PASSWORD, _current_code(users[email]))
        for role, email in DEMO_EMAILS.items()
        if email in users
    ]


@transaction.atomic
def make_demo_person(*, role: str, name: str, language: str) -> User:
    """The person behind one ready login: verified, with a password, staff with a second factor.

    Asking again returns the same person. RuntimeError outside a sandbox.
    """
    if not settings.SANDBOX:
        raise RuntimeError("demo people live in a sandbox only")
    email = DEMO_EMAILS[role]
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email, DEMO_PASSWORD, name=name, language=language, is_staff=role == "staff"
        )
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        party_of(user=user)
        if user.is_staff:
            TOTP.activate(user, generate_totp_secret())
    return user


def _current_code(user: User) -> str | None:
    """The TOTP code of this half minute. Real time: authenticator apps know no virtual clock."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return None
    counter = int(time.time()) // mfa_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter)))
