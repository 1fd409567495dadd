"""Everything that waits by somebody's decision, and whom a freeze could be about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import Reason, reason
from creatorhub.ledger.models import Account
from creatorhub.money import Money
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.sales.models import Appeal, Sale, SaleFreeze

FOUND_AT_MOST = 10
WAITING = ("payee_held", "payee_payable")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Money that waits: whose, why, what ends it, when, who decided."""

    who: str
    about: str
    reason: Reason
    note: str
    opened_at: dt.datetime
    until: dt.datetime
    ends_by_clock: bool
    by: str
    end_url: str

    @property
    def is_overdue(self) -> bool:
        return self.until <= now() and not self.ends_by_clock


def everything_waiting() -> list[Waiting]:
    """Every open hold of a payee and every frozen sale, the promised date that is next first."""
    holds = PayeeHold.objects.filter(closed_at=None).select_related("payee__party", "opened_by")
    freezes = SaleFreeze.objects.filter(closed_at=None).select_related(
        "sale__shop", "sale__order", "opened_by"
    )
    rows = [*map(_of_payee, holds), *map(_of_sale, freezes)]
    return sorted(rows, key=lambda row: row.until)


def open_appeals() -> QuerySet[Appeal]:
    """Appeals without an answer, whoever must be answered soonest first."""
    rows = Appeal.objects.filter(state=Appeal.State.OPEN).select_related("party")
    return rows.order_by("answer_by", "pk")


def overdue_count() -> int:
    """Open appeals, and dates that have passed."""
    moment = now()
    late = PayeeHold.objects.filter(closed_at=None, ends_by_clock=False, expected_until__lte=moment)
    frozen = SaleFreeze.objects.filter(closed_at=None, expected_until__lte=moment)
    return open_appeals().count() + late.count() + frozen.count()


def payees_like(words: str) -> QuerySet[Payee]:
    """People who are paid here, by name or address."""
    if not words:
        return Payee.objects.none()
    found = Q(party__name__icontains=words) | Q(party__user__email__icontains=words)
    return Payee.objects.filter(found).select_related("party__user").order_by("pk")[:FOUND_AT_MOST]


def sales_like(words: str) -> QuerySet[Sale]:
    """Sales by the number of their order or by their shop."""
    if not words:
        return Sale.objects.none()
    found = Q(order__number=words) | Q(shop__name__icontains=words) | Q(shop__handle=words)
    rows = Sale.objects.filter(found).select_related("order", "shop")
    return rows.order_by("-pk")[:FOUND_AT_MOST]


def money_of(payee: Payee) -> list[Money]:
    """What waits for, or is payable to, somebody: one amount a currency."""
    accounts = Account.objects.filter(owner=payee.ledger_owner, name__in=WAITING)
    currencies = sorted({account.currency for account in accounts})
    return [
        Money(sum(a.balance_minor for a in accounts if a.currency == code), code)
        for code in currencies
    ]


def open_holds_of(payee: Payee) -> list[tuple[PayeeHold, Reason]]:
    """Why somebody is not paid now."""
    rows = PayeeHold.objects.filter(payee=payee, closed_at=None).select_related("opened_by")
    return [(hold, reason(hold.reason_code)) for hold in rows.order_by("pk")]


def _of_payee(hold: PayeeHold) -> Waiting:
    return Waiting(
        who=hold.payee.party.name,
        about="",
        reason=reason(hold.reason_code),
        note=hold.note,
        opened_at=hold.opened_at,
        until=hold.expected_until,
        ends_by_clock=hold.ends_by_clock,
        by=str(hold.opened_by or ""),
        end_url=reverse("studio:desk_hold_end", args=[hold.pk]),
    )


def _of_sale(freeze: SaleFreeze) -> Waiting:
    return Waiting(
        who=freeze.sale.shop.name,
        about=freeze.sale.order.number,
        reason=reason(freeze.reason_code),
        note=freeze.note,
        opened_at=freeze.opened_at,
        until=freeze.expected_until,
        ends_by_clock=False,
        by=str(freeze.opened_by or ""),
        end_url=reverse("studio:desk_freeze_end", args=[freeze.pk]),
    )
