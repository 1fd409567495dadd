"""How a party's links did: clicks, orders, earnings, over time, by network and by link.

Always in one currency: of links to shops that sell in it, and of sales there. Days are UTC.
A click counts when a person made it and not twice within an hour; an order counts
once however many of its lines are credited; earnings are commissions less what was taken back.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate

from creatorhub.accounts.models import Party
from creatorhub.affiliates.models import Attribution, Commission
from creatorhub.foundation.clock import now, today
from creatorhub.money import RATE_WHOLE_BPS, Money
from creatorhub.social_share.models import Click, ShareLink

PERIODS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class Figures:
    """One period, one currency. Lists have one number a day, the oldest first."""

    first_day: dt.date
    clicks: list[int]
    orders: list[int]
    earned_minor: list[int]
    commissions: int
    currency: str

    @property
    def total_clicks(self) -> int:
        return sum(self.clicks)

    @property
    def total_orders(self) -> int:
        return sum(self.orders)

    @property
    def earned(self) -> Money:
        return Money(sum(self.earned_minor), self.currency)

    @property
    def conversion_bps(self) -> int | None:
        """Orders per click in basis points; None without clicks."""
        if not self.total_clicks:
            return None
        return min(self.total_orders * RATE_WHOLE_BPS // self.total_clicks, RATE_WHOLE_BPS)

    @property
    def average(self) -> Money | None:
        """Earnings per credited order; None without orders."""
        return self.earned.prorate_floor(1, self.total_orders) if self.total_orders else None


@dataclass(frozen=True, slots=True)
class NetworkShare:
    """Orders that came through one network."""

    source: str
    orders: int
    percent: int


@dataclass(slots=True)
class LinkResult:
    """One link in the period."""

    link: ShareLink
    earned: Money
    clicks: int = 0
    orders: int = 0


@dataclass(frozen=True, slots=True)
class Performance:
    """A period beside the one before it."""

    days: int
    now: Figures
    before: Figures
    networks: list[NetworkShare]
    links: list[LinkResult]


def currencies_of(party: Party) -> list[str]:
    """Currencies the party earned in, or could: the one with most commissions first."""
    earned = (
        Commission.objects.filter(attribution__enrolment__owner=party)
        .values("currency")
        .annotate(count=Count("id"))
        .order_by("-count", "currency")
        .values_list("currency", flat=True)
    )
    promoted = party.enrolments.order_by("-joined_at").values_list(
        "programme__shop__currency", flat=True
    )
    return list(dict.fromkeys([*earned, *promoted]))


def performance_of(*, party: Party, days: int, currency: str) -> Performance:
    """Everything the affiliate home shows of a period that ends now."""
    first_day = today() - dt.timedelta(days=days - 1)
    first_before = first_day - dt.timedelta(days=days)
    start, end = _midnight(first_day), now()
    return Performance(
        days=days,
        now=_figures(party, first_day, days, currency),
        before=_figures(party, first_before, days, currency),
        networks=_networks(party, start, end, currency),
        links=_links(party, start, end, currency),
    )


def clicks_by_class(*, link: ShareLink) -> list[tuple[str, int]]:
    """Every hit of a link by class, people first."""
    counted = dict(link.clicks.values_list("klass").annotate(Count("id")))
    return [(klass.value, counted[klass.value]) for klass in Click.Klass if klass in counted]


def _figures(party: Party, first_day: dt.date, days: int, currency: str) -> Figures:
    start, end = _midnight(first_day), _midnight(first_day + dt.timedelta(days=days))
    clicks = _people(party, currency).filter(at__gte=start, at__lt=end)
    credited = _credited(party, currency).filter(decided_at__gte=start, decided_at__lt=end)
    commissions = Commission.objects.filter(
        attribution__in=credited, currency=currency
    ).values_list("created_at", "amount_minor", "reversed_minor")
    orders = dict(credited.values_list("order_line__order", "decided_at"))
    earned: Counter[dt.date] = Counter()
    for at, amount, reversed_minor in commissions:
        earned[at.astimezone(dt.UTC).date()] += amount - reversed_minor
    per_day = dict(clicks.annotate(day=TruncDate("at")).values_list("day").annotate(Count("id")))
    order_days = Counter(at.astimezone(dt.UTC).date() for at in orders.values())
    every_day = [first_day + dt.timedelta(days=number) for number in range(days)]
    return Figures(
        first_day=first_day,
        clicks=[per_day.get(day, 0) for day in every_day],
        orders=[order_days[day] for day in every_day],
        earned_minor=[earned[day] for day in every_day],
        commissions=len(commissions),
        currency=currency,
    )


def _networks(
    party: Party, start: dt.datetime, end: dt.datetime, currency: str
) -> list[NetworkShare]:
    counted = (
        _credited(party, currency)
        .filter(decided_at__gte=start, decided_at__lte=end)
        .values_list("channel")
        .annotate(orders=Count("order_line__order", distinct=True))
        .order_by("-orders", "channel")
    )
    rows = list(counted)
    percents = _percents([orders for _source, orders in rows])
    return [
        NetworkShare(source, orders, percent)
        for (source, orders), percent in zip(rows, percents, strict=True)
    ]


def _links(party: Party, start: dt.datetime, end: dt.datetime, currency: str) -> list[LinkResult]:
    """Links with anything to show, the best earner first."""
    results = {
        link.pk: LinkResult(link, Money.zero(currency))
        for link in party.share_links.select_related(
            "shop__avatar", "listing__shop", "post__picture"
        ).prefetch_related("listing__pictures__image__renditions")
    }
    clicks = _people(party, currency).filter(at__gte=start, at__lte=end)
    for pk, count in clicks.values_list("link").annotate(Count("id")):
        results[pk].clicks = count
    credited = _credited(party, currency).filter(decided_at__gte=start, decided_at__lte=end)
    for pk, count in credited.values_list("link").annotate(
        Count("order_line__order", distinct=True)
    ):
        results[pk].orders = count
    commissions = Commission.objects.filter(attribution__in=credited)
    for pk, minor in commissions.values_list("attribution__link").annotate(
        left=Sum(F("amount_minor") - F("reversed_minor"))
    ):
        results[pk].earned = Money(int(minor), currency)
    return sorted(
        results.values(),
        key=lambda result: (-result.earned.minor, -result.clicks, -result.link.pk),
    )


def _people(party: Party, currency: str) -> QuerySet[Click]:
    return Click.objects.filter(
        link__sharer=party, link__shop__currency=currency, klass=Click.Klass.HUMAN
    )


def _credited(party: Party, currency: str) -> QuerySet[Attribution]:
    return Attribution.objects.filter(
        enrolment__owner=party, enrolment__programme__shop__currency=currency
    )


def _percents(counts: list[int]) -> list[int]:
    """Whole percentages that sum to 100 (largest remainder)."""
    whole = sum(counts)
    if not whole:
        return [0 for _ in counts]
    floors = [count * 100 // whole for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda i: -(counts[i] * 100 % whole))
    for index in by_rest[: 100 - sum(floors)]:
        floors[index] += 1
    return floors


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
