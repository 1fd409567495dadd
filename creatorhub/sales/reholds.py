"""Money that was released and not paid out yet waits again, and is let go again.

A dispute or a freeze reaches lines whose money had left "held". What has not left for a bank is
taken back there, so that it waits with a reason; what has is left alone until it is decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from creatorhub.affiliates.services import (
    postpone_commission,
    rehold_commission,
    release_commission,
)
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.ledger.entry import AccountRef
from creatorhub.ledger.models import Posting
from creatorhub.payouts.paid import is_paid_out
from creatorhub.sales.book import Draft, release_keys
from creatorhub.sales.dispute_book import post_rehold
from creatorhub.sales.entries import post_release
from creatorhub.sales.explanations import Shared
from creatorhub.sales.holds import close_holds
from creatorhub.sales.models import Hold, Rehold, SaleLine
from creatorhub.sales.parties import shared_by


@transaction.atomic
def hold_lines(*, lines: Sequence[SaleLine], reason_code: str, until: dt.datetime) -> None:
    """Let the money of these locked lines wait until somebody decides; people see `until`.

    Only what was neither given back whole nor free. Asking again moves the date.
    """
    reason(reason_code)
    held = [line for line in lines if line.remaining]
    for line in held:
        hold, is_new = Hold.objects.get_or_create(
            sale_line=line,
            reason_code=reason_code,
            closed_at=None,
            defaults={"opened_at": now(), "expected_until": until, "ends_by_clock": False},
        )
        if not is_new and hold.expected_until != until:
            hold.expected_until = until
            hold.save(update_fields=["expected_until"])
    _take_back_released(held, reason_code)
    for line in held:
        if line.order_line is not None:
            postpone_commission(order_line=line.order_line, expected_on=until.date())


@transaction.atomic
def let_lines_go(*, lines: Sequence[SaleLine], reason_code: str, outcome: str) -> None:
    """End this reason; whatever waited for nothing else is released at once.

    Lines whose other holds still run, or end at the next sweep, are left to it.
    """
    for line in lines:
        close_holds(line=line, outcome=outcome, reason_code=reason_code)
    for shared in shared_by(lines):
        line = shared.line
        waits = line.remaining and (shared.is_net_held or shared.is_commission_held)
        if waits and not Hold.objects.filter(sale_line=line, closed_at=None).exists():
            release_line(shared=shared)


@transaction.atomic
def release_line(*, shared: Shared) -> None:
    """What is left of a locked line's shares becomes payable, as far as it still waits."""
    line = shared.line
    post_release(shared=shared)
    if shared.commission is not None:
        release_commission(order_line=line.item)
    if line.released_at is None:
        line.released_at = now()
        line.save(update_fields=["released_at"])


def _take_back_released(lines: Sequence[SaleLine], reason_code: str) -> None:
    released = [
        shared
        for shared in shared_by(lines)
        if not (shared.is_net_held and (shared.commission is None or shared.is_commission_held))
    ]
    if not released:
        return
    # One draft for all: its locks are taken in one order, and no payout can slip in between.
    draft = Draft(shares=released, currency=released[0].line.sale.currency)
    for shared in released:
        _take_back(draft, shared, reason_code)


def _take_back(draft: Draft, shared: Shared, reason_code: str) -> None:
    line = shared.line
    is_ours = not line.sale.is_collected_by_shop
    net = line.net_left.minor if is_ours and _is_here(shared, shared.shop_owner) else 0
    commission = 0
    if shared.commission is not None and _is_here(shared, shared.affiliate_owner):
        commission = line.commission_left.minor
    net = 0 if shared.is_net_held else net
    commission = 0 if shared.is_commission_held else commission
    if not net and not commission:
        return
    row = Rehold.objects.create(
        sale_line=line,
        reason_code=reason_code,
        net_minor=net,
        commission_minor=commission,
        reheld_at=now(),
    )
    post_rehold(draft, shared=shared, row=row)
    if net:
        line.released_at = None
        line.save(update_fields=["released_at"])
    if commission:
        rehold_commission(order_line=line.item)


def _is_here(shared: Shared, owner: str) -> bool:
    """Whether what this line released to somebody has not left for their bank."""
    released = (
        Posting.objects.filter(
            entry__idempotency_key__in=release_keys(shared.line),
            account__code=AccountRef("payee_payable", owner).code,
            side=Posting.Side.CREDIT,
        )
        .select_related("account")
        .order_by("-id")
        .first()
    )
    return released is not None and not is_paid_out(posting=released)
