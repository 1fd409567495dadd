"""How one shop is doing: numbers of a period beside the period before it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from creatorhub.affiliates.models import Attribution
from creatorhub.foundation.clock import today
from creatorhub.money import Money
from creatorhub.sales.models import Sale, SaleLine
from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.selectors import PictureSources, picture_set

PERIODS = (7, 30, 90)
DEFAULT_PERIOD = 30
BEST_SHOWN = 5
SOURCES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Day:
    """What was sold on one day, and on the day as far into the period before."""

    on: dt.date
    sold: Money
    before: Money
    orders: int


@dataclass(frozen=True, slots=True)
class Best:
    """A product and what it brought in the period."""

    listing: Listing
    quantity: int
    sold: Money
    yours: Money

    @property
    def picture(self) -> PictureSources | None:
        return next(iter(picture_set(self.listing)), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where sales came from: a network's key, or nothing for people who came by themselves."""

    channel: str
    sold: Money
    percent: int


@dataclass(frozen=True, slots=True)
class Period:
    """A shop's period of `days` days that ends today."""

    days: list[Day]
    orders: int
    orders_before: int
    sold: Money
    sold_before: Money
    yours: Money
    items: int
    items_before: int
    best: list[Best]
    sources: list[Source]

    @property
    def average(self) -> Money:
        """What an order brings on average, rounded down."""
        return self.sold.prorate_floor(1, self.orders) if self.orders else self.sold

    @property
    def average_before(self) -> Money:
        if not self.orders_before:
            return self.sold_before
        return self.sold_before.prorate_floor(1, self.orders_before)

    @property
    def is_empty(self) -> bool:
        return not self.orders and not self.orders_before


def period(*, shop: Shop, days: int) -> Period:
    """The last `days` days of a shop, today included."""
    first = today() - dt.timedelta(days=days - 1)
    first_before = first - dt.timedelta(days=days)
    sales = Sale.objects.filter(shop=shop, sold_at__date__gte=first_before)
    by_day = _sold_by_day(shop, first_before)
    nothing = (Money.zero(shop.currency), 0)
    step = dt.timedelta(days=days)
    dates = [first + dt.timedelta(days=number) for number in range(days)]
    table = [
        Day(
            on,
            by_day.get(on, nothing)[0],
            by_day.get(on - step, nothing)[0],
            by_day.get(on, nothing)[1],
        )
        for on in dates
    ]
    lines = _lines(shop, first)
    before = SaleLine.objects.filter(
        sale__shop=shop,
        kind=SaleLine.Kind.ITEM,
        sale__sold_at__date__gte=first_before,
        sale__sold_at__date__lt=first,
    )
    return Period(
        days=table,
        orders=sales.filter(sold_at__date__gte=first).count(),
        orders_before=sales.filter(sold_at__date__lt=first).count(),
        sold=Money.total((day.sold for day in table), shop.currency),
        sold_before=Money.total((day.before for day in table), shop.currency),
        yours=Money.total((line.net_left for line in lines), shop.currency),
        items=sum(line.quantity for line in lines if line.kind == SaleLine.Kind.ITEM),
        items_before=before.aggregate(count=Sum("quantity"))["count"] or 0,
        best=_best(lines, shop.currency),
        sources=_sources(lines, shop.currency),
    )


def _sold_by_day(shop: Shop, since: dt.date) -> dict[dt.date, tuple[Money, int]]:
    rows = (
        Sale.objects.filter(shop=shop, sold_at__date__gte=since)
        .order_by()
        .annotate(on=TruncDate("sold_at"))
        .values("on")
        .annotate(minor=Sum("total_minor"), orders=Count("id"))
    )
    return {row["on"]: (Money(row["minor"], shop.currency), row["orders"]) for row in rows}


def _lines(shop: Shop, since: dt.date) -> list[SaleLine]:
    return list(
        SaleLine.objects.filter(sale__shop=shop, sale__sold_at__date__gte=since).select_related(
            "sale", "listing"
        )
    )


def _best(lines: list[SaleLine], currency: str) -> list[Best]:
    """What sold most, by money."""
    by_listing: dict[int, list[SaleLine]] = defaultdict(list)
    for line in lines:
        if line.listing_id is not None:
            by_listing[line.listing_id].append(line)
    best = [
        Best(
            listing=rows[0].listing,
            quantity=sum(row.quantity for row in rows),
            sold=Money.total((row.base for row in rows), currency),
            yours=Money.total((row.net_left for row in rows), currency),
        )
        for rows in by_listing.values()
        if rows[0].listing is not None
    ]
    return sorted(best, key=lambda one: -one.sold.minor)[:BEST_SHOWN]


def _sources(lines: list[SaleLine], currency: str) -> list[Source]:
    """Sales by the network whose link brought them, in whole percents of the period."""
    channels = dict(
        Attribution.objects.filter(order_line__sale_line__in=lines).values_list(
            "order_line__sale_line__id", "channel"
        )
    )
    counted: Counter[str] = Counter()
    for line in lines:
        if line.kind == SaleLine.Kind.ITEM:
            counted[channels.get(line.pk, "")] += line.base_minor
    whole = sum(counted.values())
    return [
        Source(channel, Money(minor, currency), _percent(minor, whole))
        for channel, minor in counted.most_common(SOURCES_SHOWN)
        if minor
    ]


def _percent(part: int, whole: int) -> int:
    """To the nearest whole percent, for reading only."""
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))
