"""Which shops may collect money themselves: whoever owes too long or too much may not, for now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy, shop_debt_limit
from creatorhub.foundation.reasons import reason
from creatorhub.ledger.selectors import balance
from creatorhub.outbox.services import enqueue
from creatorhub.payouts.services import payee_of
from creatorhub.sales.models import CashOrder, OfflineTerms
from creatorhub.sales.sweeps import sweep

OWES_TOO_LONG = "owes_too_long"
OWES_TOO_MUCH = "owes_too_much"
STOPPED_BY_STAFF = "collecting_stopped"


def judge_collecting(*, limit: int = 500) -> int:
    """Take the privilege from shops that owe too much, give it back once they are settled.

    What staff stopped, only staff allow again. Returns how many shops changed.
    """
    owing = CashOrder.objects.filter(state=CashOrder.State.COLLECTED, settled_at=None)
    rows = OfflineTerms.objects.filter(
        paused_at=None, shop__owner__in=owing.values("shop__owner")
    ) | OfflineTerms.objects.filter(paused_reason__in=(OWES_TOO_LONG, OWES_TOO_MUCH))
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    return sweep("judge the collecting of shop", ids, _judge)


@transaction.atomic(durable=True)
def stop_collecting(*, terms: OfflineTerms, actor: Any) -> None:
    """Staff take the privilege away, e.g. after refunds that never reached buyers."""
    row = OfflineTerms.objects.select_for_update().get(pk=terms.pk)
    _pause(row, STOPPED_BY_STAFF, actor)


@transaction.atomic(durable=True)
def allow_collecting(*, terms: OfflineTerms, actor: Any) -> None:
    """Staff give it back."""
    row = OfflineTerms.objects.select_for_update().get(pk=terms.pk)
    if row.is_paused:
        _resume(row, actor)


@transaction.atomic(durable=True)
def _judge(pk: int) -> bool:
    row = (
        OfflineTerms.objects.select_for_update(of=("self",))
        .select_related("shop__owner")
        .get(pk=pk)
    )
    problem = why_not(row)
    if problem and not row.is_paused:
        _pause(row, problem, None)
        return True
    if row.is_paused and row.paused_reason != STOPPED_BY_STAFF and not _owes(row):
        _resume(row, None)
        return True
    return False


def why_not(terms: OfflineTerms) -> str:
    """The reason code for which a shop may not collect money itself now; empty when it may."""
    shop = terms.shop
    owed = _owes(terms)
    if not owed:
        return ""
    since = now() - dt.timedelta(days=policy().shop_debt_days)
    too_old = CashOrder.objects.filter(
        shop__owner=shop.owner,
        currency=shop.currency,
        state=CashOrder.State.COLLECTED,
        settled_at=None,
        collected_at__lt=since,
    )
    if too_old.exists():
        return OWES_TOO_LONG
    is_much = owed > shop_debt_limit(shop.currency).minor
    return OWES_TOO_MUCH if is_much else ""


def _owes(terms: OfflineTerms) -> int:
    owner = payee_of(party=terms.shop.owner).ledger_owner
    return balance("payee_receivable", owner, terms.shop.currency).minor


def _pause(row: OfflineTerms, reason_code: str, actor: Any) -> None:
    reason(reason_code)
    row.paused_at, row.paused_reason = now(), reason_code
    row.save(update_fields=["paused_at", "paused_reason"])
    _note(row, "collecting.paused", actor, is_paused=True)


def _resume(row: OfflineTerms, actor: Any) -> None:
    row.paused_at, row.paused_reason = None, ""
    row.save(update_fields=["paused_at", "paused_reason"])
    _note(row, "collecting.resumed", actor, is_paused=False)


def _note(row: OfflineTerms, action: str, actor: Any, *, is_paused: bool) -> None:
    record(action=action, subject=f"shop:{row.shop_id}", actor=actor, reason_code=row.paused_reason)
    enqueue(
        topic="mail.collecting_changed",
        key=f"{action}:{row.pk}:{now().isoformat()}",
        payload={"terms": row.pk, "is_paused": is_paused},
    )
