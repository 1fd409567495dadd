"""Nobody is paid before their account has a second factor: it is what a thief lacks."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings

from creatorhub.foundation.policy import policy

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user_id: int | None) -> bool:
    """Whether this person confirms with an app or a passkey. Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user_id, type__in=SECOND_FACTORS).exists())


def payouts_need_second_factor() -> bool:
    """What the policy says; where it says nothing, a real market does and a sandbox does not.

    A sandbox's ready logins share one password that everybody can read.
    """
    wanted = policy().payouts_need_second_factor
    return bool(not settings.SANDBOX if wanted is None else wanted)
