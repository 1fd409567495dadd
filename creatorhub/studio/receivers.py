"""allauth's signals, answered: what was bought as a guest follows a proven address."""

from __future__ import annotations

from typing import Any

from creatorhub.offers.access.services import claim_grants


def claim_at_sign_in(*, user: Any, **_: Any) -> None:
    """allauth's user_logged_in: sign-up proves the address first, so this covers it too."""
    claim_grants(user=user)


def claim_for_new_address(*, email_address: Any, **_: Any) -> None:
    """allauth's email_confirmed: a changed address may have bought things."""
    claim_grants(user=email_address.user)
