"""Held money that comes: how much, why it waits, until when, and whose word ends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from creatorhub.accounts.models import User
from creatorhub.foundation.clock import today
from creatorhub.foundation.reasons import Reason, reason
from creatorhub.money import Money
from creatorhub.sales.holds import CASH_EXPECTED, REFUND_WINDOW
from creatorhub.sales.models import Hold, SaleLine
from creatorhub.studio.money.deciders import who_holds

Key = tuple[str, str, dt.date]


@dataclass(frozen=True, slots=True)
class Coming:
    """Money of one reason and one date. `ends_by_clock` False: an event ends it."""

    amount: Money
    reason: Reason
    on: dt.date
    ends_by_clock: bool
    titles: list[str]
    who: str

    @property
    def more(self) -> int:
        """How many beyond the one that is named."""
        return len(self.titles) - 1


@dataclass(frozen=True, slots=True)
class HeldFor:
    """All held money of one reason, with its dates, soonest first."""

    amount: Money
    reason: Reason
    who: str
    ends_by_clock: bool
    dates: list[Coming]

    @property
    def first_on(self) -> dt.date:
        return self.dates[0].on

    @property
    def last_on(self) -> dt.date:
        return self.dates[-1].on


@dataclass(frozen=True, slots=True)
class Part:
    """One share of one line that waits, with the hold that ends last."""

    amount: Money
    title: str
    hold: Hold | None

    @property
    def key(self) -> Key:
        """A share that nothing holds is released at the next sweep."""
        if self.hold is None:
            return self.amount.currency, REFUND_WINDOW, today()
        return self.amount.currency, self.hold.reason_code, self.hold.expected_until.date()


def coming_of(*, user: User) -> dict[str, list[Coming]]:
    """Held money by currency, grouped by reason and date, soonest first."""
    groups: dict[Key, list[Part]] = {}
    for line in _waiting_lines(user):
        for part in _parts_of(line, user):
            groups.setdefault(part.key, []).append(part)
    found: dict[str, list[Coming]] = {}
    for (currency, code, on), parts in sorted(groups.items(), key=lambda item: item[0][2]):
        found.setdefault(currency, []).append(
            Coming(
                amount=Money.total((part.amount for part in parts), currency),
                reason=reason(code),
                on=on,
                ends_by_clock=all(p.hold is None or p.hold.ends_by_clock for p in parts),
                titles=[part.title for part in parts],
                who=who_holds(parts[0].hold) if parts[0].hold else _("The market, by itself"),
            )
        )
    return found


def by_reason(coming: Iterable[Coming], currency: str) -> list[HeldFor]:
    """What is held, by its reason: the one that ends first stands first."""
    groups: dict[tuple[str, str], list[Coming]] = {}
    for part in coming:
        groups.setdefault((part.reason.code, part.who), []).append(part)
    return [
        HeldFor(
            amount=Money.total((part.amount for part in parts), currency),
            reason=parts[0].reason,
            who=parts[0].who,
            ends_by_clock=all(part.ends_by_clock for part in parts),
            dates=parts,
        )
        for parts in groups.values()
    ]


def _waiting_lines(user: User) -> QuerySet[SaleLine]:
    """Lines in which something of this person waits; a commission may wait longer than its line."""
    # Whatever somebody decides outlasts the clocks: it is what people should read.
    open_holds = Hold.objects.filter(closed_at=None).order_by("-ends_by_clock", "expected_until")
    mine = Q(sale__shop__owner__user=user, released_at=None)
    shared = Q(
        order_line__attribution__enrolment__owner__user=user,
        order_line__attribution__commission__released_at=None,
    )
    return (
        SaleLine.objects.filter(mine | shared)
        .select_related(
            "sale__shop__owner",
            "order_line__attribution__enrolment__owner",
            "order_line__attribution__commission",
        )
        .prefetch_related(Prefetch("holds", queryset=open_holds))
        .distinct()
        .order_by("id")
    )


def _parts_of(line: SaleLine, user: User) -> Iterator[Part]:
    """What of a line is this person's and held: as its shop, as its affiliate, or both.

    A shop that collects itself has its share already, and before it did nobody has one.
    """
    holds = list(line.holds.all())
    last = holds[-1] if holds else None
    title = _("Shipping") if line.kind == SaleLine.Kind.SHIPPING else line.title
    if any(hold.reason_code == CASH_EXPECTED for hold in holds):
        return
    is_mine = line.sale.shop.owner.user_id == user.pk and line.released_at is None
    if is_mine and not line.sale.is_collected_by_shop and line.net_left:
        yield Part(line.net_left, title, last)
    attribution = getattr(line.order_line, "attribution", None)
    if attribution is None or attribution.enrolment.owner.user_id != user.pk:
        return
    commission = getattr(attribution, "commission", None)
    if commission is not None and commission.released_at is None and line.commission_left:
        yield Part(line.commission_left, title, last)
