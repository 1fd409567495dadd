"""Changes to people."""

from __future__ import annotations

from django.db import transaction

from creatorhub.accounts.models import Party, User


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
