"""A period as the page draws it: four numbers, a line, and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.amounts import format_money, format_number, format_short_day
from creatorhub.foundation.drawing import Number, Point
from creatorhub.social_share.channels.registry import channel_of
from creatorhub.studio.home.selectors import Period

OTHER_SOURCES: dict[str, Promise] = {
    "": gettext_lazy("People who came by themselves"),
    "direct": gettext_lazy("A link sent directly"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its change against the period before; `how` says how it is counted."""

    label: str
    value: str
    delta: str
    trend: str
    how: str
    points: Sequence[Number]


@dataclass(frozen=True, slots=True)
class Bar:
    """One share of a whole, 0 to 100."""

    label: str
    text: str
    percent: int


def figures(period: Period) -> list[Figure]:
    """Sold, yours, orders, and what an order brings."""
    daily = [day.sold.to_decimal() for day in period.days]
    return [
        _figure(
            _("Sold"),
            format_money(period.sold),
            (period.sold.minor, period.sold_before.minor),
            _("Everything buyers paid you in this time, shipping included, before refunds."),
            daily,
        ),
        _figure(
            _("Orders"),
            format_number(period.orders),
            (period.orders, period.orders_before),
            _("Paid orders with at least one item of yours."),
            [day.orders for day in period.days],
        ),
        _figure(
            _("Items"),
            format_number(period.items),
            (period.items, period.items_before),
            _("Pieces and downloads sold, each counted once."),
        ),
        _figure(
            _("Average order"),
            format_money(period.average),
            (period.average.minor, period.average_before.minor),
            _("Sold, shared by the number of orders."),
        ),
    ]


def points(period: Period) -> list[Point]:
    """What was sold, day by day."""
    return [
        Point(format_short_day(day.on), day.sold.to_decimal(), format_money(day.sold))
        for day in period.days
    ]


def previous(period: Period) -> list[Number]:
    """The same days of the period before; nothing when nothing was sold in it."""
    return [day.before.to_decimal() for day in period.days] if period.sold_before else []


def bars(period: Period) -> list[Bar]:
    """Where sales came from, largest first."""
    return [
        Bar(
            label=_source_name(source.channel),
            text=f"{source.percent}%",
            percent=source.percent,
        )
        for source in period.sources
    ]


def _source_name(source: str) -> str:
    channel = channel_of(source)
    return str(channel.name if channel else OTHER_SOURCES.get(source, source.capitalize()))


def _figure(
    label: str, value: str, numbers: tuple[int, int], how: str, line: Sequence[Number] = ()
) -> Figure:
    now, before = numbers
    delta = f"{abs(int(Decimal(100 * (now - before)) / before))}%" if before else ""
    trend = "down" if now < before else "up"
    return Figure(label, value, delta, trend, how, line)
