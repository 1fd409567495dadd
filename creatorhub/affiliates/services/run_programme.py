"""What a shop decides about its programme: terms, pauses, who may not be in it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from creatorhub.accounts.models import User
from creatorhub.affiliates.models import Enrolment, Programme, RateLock
from creatorhub.affiliates.programmes import RATE_LOCK, check_terms
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.shops.models import Shop


@transaction.atomic
def open_programme(*, shop: Shop, rate_bps: int, window_days: int, actor: User) -> Programme:
    """Open a shop's programme, or open it again. ProgrammeError when the rate cannot be paid."""
    check_terms(rate_bps=rate_bps, window_days=window_days)
    programme, is_new = Programme.objects.get_or_create(
        shop=shop,
        defaults={"rate_bps": rate_bps, "window_days": window_days, "opened_at": now()},
    )
    if not is_new:
        return change_programme(
            programme=programme,
            rate_bps=rate_bps,
            window_days=window_days,
            state=Programme.State.OPEN,
            actor=actor,
        )
    record(
        action="programme.opened",
        subject=f"programme:{programme.pk}",
        actor=actor,
        rate_bps=rate_bps,
        window_days=window_days,
    )
    return programme


@transaction.atomic
def change_programme(
    *,
    programme: Programme,
    actor: User,
    rate_bps: int | None = None,
    window_days: int | None = None,
    state: str | None = None,
) -> Programme:
    """Change terms or state. A cut keeps the old rate for present members for 30 days."""
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    before: dict[str, Any] = {
        "rate_bps": row.rate_bps,
        "window_days": row.window_days,
        "state": row.state,
    }
    row.rate_bps = rate_bps or row.rate_bps
    row.window_days = window_days or row.window_days
    row.state = state or row.state
    check_terms(rate_bps=row.rate_bps, window_days=row.window_days)
    if row.rate_bps < before["rate_bps"]:
        RateLock.objects.create(
            programme=row, rate_bps=before["rate_bps"], cut_at=now(), ends_at=now() + RATE_LOCK
        )
    row.save()
    after = {"rate_bps": row.rate_bps, "window_days": row.window_days, "state": row.state}
    record(
        action="programme.changed",
        subject=f"programme:{row.pk}",
        actor=actor,
        before=before,
        after=after,
    )
    return row


@transaction.atomic
def exclude_member(*, enrolment: Enrolment, actor: User) -> None:
    """The shop ends a membership for good; what was earned stays."""
    Enrolment.objects.filter(pk=enrolment.pk).update(state=Enrolment.State.BANNED, left_at=now())
    record(action="programme.excluded", subject=f"enrolment:{enrolment.pk}", actor=actor)
