"""What allauth says about how a person signs in: a change lets their payouts wait for a while.

Its own signals are the only way to hear of it. Setting up the first second factor is no change:
there was nothing to protect, and we ask for it ourselves before the first payout.
"""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from creatorhub.accounts.models import User
from creatorhub.payouts.models import Payee
from creatorhub.payouts.second_factor import SECOND_FACTORS, has_second_factor
from creatorhub.payouts.services.guard_changes import hold_after_change


@receiver(email_changed)
def guard_email(user: User, from_email_address: Any, to_email_address: Any, **about: Any) -> None:
    """The address that codes and mails go to is another one now."""
    old = from_email_address.email if from_email_address else ""
    payee = _payee_of(user)
    if payee is not None:
        hold_after_change(
            payee=payee, what="email", old_address=old, new_address=to_email_address.email
        )


@receiver(authenticator_added)
def guard_another_factor(user: User, authenticator: Authenticator, **about: Any) -> None:
    """A second way to confirm, beside one that was there."""
    others = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
    if authenticator.type in SECOND_FACTORS and others.exclude(pk=authenticator.pk).exists():
        _guard_factor(user)


@receiver([authenticator_removed, authenticator_reset])
def guard_lost_factor(user: User, **about: Any) -> None:
    """A second factor is gone, or its recovery codes are new."""
    _guard_factor(user)


@receiver([post_save, post_delete], sender=Authenticator)
def keep_second_factor(instance: Authenticator, **about: Any) -> None:
    """Whatever added or removed it: the payee's row says whether there is one."""
    Payee.objects.filter(party__user=instance.user_id).update(
        has_second_factor=has_second_factor(instance.user_id)
    )


def _guard_factor(user: User) -> None:
    payee = _payee_of(user)
    if payee is not None:
        hold_after_change(
            payee=payee, what="second_factor", old_address=user.email, new_address=user.email
        )


def _payee_of(user: User) -> Payee | None:
    return Payee.objects.filter(party__user=user).first()
