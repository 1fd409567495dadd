"""Everything the affiliate home shows, across affiliates, sales and payouts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from creatorhub.accounts.models import Party, User
from creatorhub.accounts.services import party_of
from creatorhub.affiliates.models import Commission, Enrolment
from creatorhub.affiliates.performance import (
    PERIODS,
    Figures,
    LinkResult,
    Performance,
    currencies_of,
    performance_of,
)
from creatorhub.affiliates.selectors import memberships_of
from creatorhub.foundation.amounts import format_money, format_short_day
from creatorhub.foundation.drawing import Point
from creatorhub.foundation.reasons import Reason, reason
from creatorhub.money import Money
from creatorhub.sales.models import Hold
from creatorhub.shops.picture_sources import PictureSources
from creatorhub.social_share.kit import ShareKit, share_kit
from creatorhub.social_share.services import link_for
from creatorhub.studio.affiliate.kpis import Kpi, kpis_of
from creatorhub.studio.affiliate.link_pages import picture_of, source_name, title_of
from creatorhub.studio.money.selectors import Purse, purses

USUAL_DAYS = 30
BEST_LINKS = 6
COMING_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of all sales."""

    label: str | Promise
    text: str
    percent: int


@dataclass(frozen=True, slots=True)
class BestLink:
    """One link of the table."""

    result: LinkResult
    title: str
    picture: PictureSources | None
    shop_name: str
    earned: Money


@dataclass(frozen=True, slots=True)
class ComingCommission:
    """A commission that waits: how much, until when, and why."""

    commission: Commission
    title: str
    shop_name: str
    on: dt.date
    reason: Reason


@dataclass(frozen=True, slots=True)
class AffiliateHome:
    """The whole page. Without memberships only `user` and `periods` matter."""

    user: User
    days: int
    currency: str
    currencies: list[str]
    memberships: list[Enrolment]
    purse: Purse | None
    kit: ShareKit | None
    story_path: str
    performance: Performance
    kpis: list[Kpi]
    points: list[Point]
    previous: list[Decimal]
    bars: list[Bar]
    best: list[BestLink]
    coming: list[ComingCommission]
    coming_total: Money
    coming_count: int

    @property
    def periods(self) -> tuple[int, ...]:
        return PERIODS

    @property
    def has_begun(self) -> bool:
        """Joined a programme now, or earned from one before."""
        return bool(self.memberships or self.currencies)

    @property
    def nothing(self) -> Money:
        return Money.zero(self.currency)

    @property
    def hidden_coming(self) -> int:
        return self.coming_count - len(self.coming)


def affiliate_home(*, user: User, days: str, currency: str) -> AffiliateHome:
    """The page of one person for one period and currency; strange wishes get the usual ones."""
    party = party_of(user=user)
    currencies = currencies_of(party)
    chosen = currency if currency in currencies else next(iter(currencies), "USD")
    period = next((p for p in PERIODS if str(p) == days), USUAL_DAYS)
    memberships = list(memberships_of(party))
    performance = performance_of(party=party, days=period, currency=chosen)
    waiting = coming_commissions(party=party, currency=chosen)
    return AffiliateHome(
        user=user,
        days=period,
        currency=chosen,
        currencies=currencies,
        memberships=memberships,
        purse=next((p for p in purses(user=user) if p.currency == chosen), None),
        kit=_personal_kit(party, memberships),
        story_path=_story_path(memberships),
        performance=performance,
        kpis=kpis_of(performance),
        points=_points(performance.now),
        previous=[_height(minor, chosen) for minor in performance.before.earned_minor],
        bars=_bars(performance),
        best=_best(performance),
        coming=waiting[:COMING_SHOWN],
        coming_total=Money.total((row.commission.remaining for row in waiting), chosen),
        coming_count=len(waiting),
    )


def coming_commissions(*, party: Party, currency: str) -> list[ComingCommission]:
    """Commissions that wait, the next to be released first, each with what it waits for."""
    open_holds = Prefetch(
        "attribution__order_line__sale_line__holds",
        queryset=Hold.objects.filter(closed_at=None).order_by("expected_until"),
        to_attr="open_holds",
    )
    rows = (
        Commission.objects.filter(
            attribution__enrolment__owner=party,
            currency=currency,
            state=Commission.State.PENDING,
        )
        .select_related(
            "attribution__order_line__sale_line", "attribution__enrolment__programme__shop"
        )
        .prefetch_related(open_holds)
        .order_by("expected_on", "pk")
    )
    return sorted((_coming(row) for row in rows), key=lambda row: (row.on, row.commission.pk))


def _coming(commission: Commission) -> ComingCommission:
    """The hold that ends last decides; without one the commission is released at the next sweep."""
    line = commission.attribution.order_line
    sale_line = getattr(line, "sale_line", None)
    holds: list[Hold] = getattr(sale_line, "open_holds", [])
    last = holds[-1] if holds else None
    return ComingCommission(
        commission=commission,
        title=line.title,
        shop_name=commission.attribution.enrolment.programme.shop.name,
        on=max(commission.expected_on, last.expected_until.date())
        if last
        else commission.expected_on,
        reason=reason(last.reason_code if last else "refund_window"),
    )


def _personal_kit(party: Party, memberships: list[Enrolment]) -> ShareKit | None:
    """The link to the shop joined last: something to copy on the first screen."""
    if not memberships:
        return None
    shop = memberships[0].programme.shop
    return share_kit(link_for(sharer=party, shop=shop), shop, get_language() or "en")


def _story_path(memberships: list[Enrolment]) -> str:
    if not memberships:
        return ""
    shop = memberships[0].programme.shop
    return reverse("studio:share", args=["shop", shop.pk]) + "#pictures"


def _points(figures: Figures) -> list[Point]:
    return [
        Point(
            label=format_short_day(figures.first_day + dt.timedelta(days=number)),
            value=_height(minor, figures.currency),
            text=format_money(Money(minor, figures.currency), exact=True),
        )
        for number, minor in enumerate(figures.earned_minor)
    ]


def _height(minor: int, currency: str) -> Decimal:
    return Money(minor, currency).to_decimal()


def _bars(performance: Performance) -> list[Bar]:
    return [
        Bar(source_name(share.source), f"{share.percent}%", share.percent)
        for share in performance.networks
    ]


def _best(performance: Performance) -> list[BestLink]:
    shown = [result for result in performance.links if result.clicks or result.orders]
    return [
        BestLink(
            result=result,
            title=title_of(result.link),
            picture=picture_of(result.link),
            shop_name=result.link.shop.name,
            earned=result.earned,
        )
        for result in shown[:BEST_LINKS]
    ]
