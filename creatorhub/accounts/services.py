"""Changes to people."""

from __future__ import annotations

from django.db import transaction

from creatorhub.accounts.models import Party, User
from creatorhub.foundation.audit import record


@transaction.atomic
def welcome_user(*, user: User, name: str, language: str) -> Party:
    """Give a new account its name, its language and its party."""
    user.name = name.strip()
    user.language = language
    user.save(update_fields=["name", "language"])
    return party_of(user=user)


def party_of(*, user: User) -> Party:
    """The party that owns what this person owns; made on first need."""
    party, _ = Party.objects.get_or_create(user=user, defaults={"name": user.name or user.email})
    return party


@transaction.atomic
def change_profile(*, user: User, name: str, language: str) -> Party:
    """A person's new name and language; the party that owns their shops follows."""
    before = {"name": user.name, "language": user.language}
    party = welcome_user(user=user, name=name, language=language)
    party.name = user.name
    party.save(update_fields=["name"])
    record(
        action="account.profile_changed",
        subject=f"user:{user.pk}",
        actor=user,
        before=before,
        after={"name": user.name, "language": language},
    )
    return party
