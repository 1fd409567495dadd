"""The one place to ask what the instance decided."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction

from creatorhub.foundation.audit import record
from creatorhub.foundation.models import PlatformPolicy
from creatorhub.money import Money, currency_facts

# Every order reads it several times; a second of staleness between workers is harmless.
_LIVES_SECONDS = 1.0
_read: tuple[float, PlatformPolicy] | None = None


def policy() -> PlatformPolicy:
    """The policy in force; its defaults until somebody changed one. For reading only."""
    global _read
    if _read is None or time.monotonic() - _read[0] > _LIVES_SECONDS:
        row = PlatformPolicy.objects.filter(id=1).first() or PlatformPolicy()
        _read = (time.monotonic(), row)
    return _read[1]


def forget_policy() -> None:
    """Read it again at the next call: after a change, and between tests."""
    global _read
    _read = None


def payout_minimum(currency: str) -> Money:
    """The smallest amount a payout run sends in this currency."""
    minor = policy().payout_minimum_minor.get(currency)
    return Money(minor or currency_facts(currency).charge_minimum_minor * 10, currency)


def shop_debt_limit(currency: str) -> Money:
    """What a shop may owe at most before it may not collect money itself any more."""
    minor = policy().shop_debt_limit_minor.get(currency)
    return Money(minor or currency_facts(currency).charge_minimum_minor * 100, currency)


@transaction.atomic
def change_policy(*, actor: Any, **changes: Any) -> PlatformPolicy:
    """Change fields of the policy; the audit log keeps before and after."""
    row, _ = PlatformPolicy.objects.select_for_update().get_or_create(id=1)
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    transaction.on_commit(forget_policy)
    forget_policy()
    record(
        action="policy.changed", subject="policy", actor=actor, before=before, after=dict(changes)
    )
    return row
