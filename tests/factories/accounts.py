"""People for tests, made through the real services."""

from __future__ import annotations

from itertools import count

from allauth.account.models import EmailAddress

from creatorhub.accounts.models import Party, User
from creatorhub.accounts.services import party_of

_numbers = count(1)


def a_user(
    *, name: str = "Layan", email: str | None = None, language: str = "en", password: str = ""
) -> User:
    """A person with a verified address and a party of their own."""
    address = email or f"person{next(_numbers)}@example.com"
    user = User.objects.create_user(address, password or None, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    party_of(user=user)
    return user


def a_party(*, name: str = "Layan", **user: str) -> Party:
    """A person's party, ready to own shops and enrolments."""
    return party_of(user=a_user(name=name, **user))


def a_staff_user(*, name: str = "Staff", email: str | None = None) -> User:
    """Somebody who works for the market and may do everything."""
    user = a_user(name=name, email=email)
    user.is_staff = user.is_superuser = True
    user.save()
    return user
