"""The four figures at the top of the affiliate home, with how each is counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from creatorhub.affiliates.performance import Figures, Performance
from creatorhub.foundation.amounts import format_money, format_number, format_rate

# From one to three is not "up 200 %": percentages begin where a single sale no longer decides.
ENOUGH_FOR_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Kpi:
    """A number, how it moved, its line, and how it is counted."""

    label: str
    value: str
    delta: str
    trend: str
    points: list[int]
    how: str


def kpis_of(performance: Performance) -> list[Kpi]:
    """Clicks, sales, conversion and average commission of a period beside the one before."""
    now, before = performance.now, performance.before
    return [
        _counted(
            _("Clicks"),
            now.clicks,
            before.total_clicks,
            _(
                "People who opened your links. The same person within an hour counts once; "
                "robots and previews do not count."
            ),
        ),
        _counted(
            _("Sales"),
            now.orders,
            before.total_orders,
            _(
                "Orders in which your link was the last one clicked before buying, "
                "within the shop's window."
            ),
        ),
        _conversion(now, before),
        _average(now, before),
    ]


def _counted(label: str, numbers: list[int], before: int, how: str) -> Kpi:
    whole = sum(numbers)
    delta, trend = _change(whole, before)
    return Kpi(label, format_number(whole), delta, trend, numbers, how)


def _conversion(now: Figures, before: Figures) -> Kpi:
    present, past = now.conversion_bps, before.conversion_bps
    delta, trend = "", "up"
    is_enough = min(now.total_clicks, before.total_clicks) >= ENOUGH_FOR_PERCENT
    if present is not None and past is not None and present != past and is_enough:
        delta = _("%(points)s points") % {
            "points": format_number(Decimal(abs(present - past)) / 100)
        }
        trend = "up" if present > past else "down"
    return Kpi(
        _("Conversion"),
        "–" if present is None else format_rate(present),
        delta,
        trend,
        [],
        _("Sales out of a hundred clicks."),
    )


def _average(now: Figures, before: Figures) -> Kpi:
    present, past = now.average, before.average
    delta, trend = "", "up"
    is_enough = min(now.total_orders, before.total_orders) >= ENOUGH_FOR_PERCENT
    if present and past and present != past and is_enough:
        delta = _percent(present.minor, past.minor)
        trend = "up" if present > past else "down"
    return Kpi(
        _("Average commission"),
        format_money(present, exact=True) if present else "–",
        delta,
        trend,
        now.earned_minor,
        _(
            "What you earned in this period, divided by your sales. "
            "What was taken back is not in it."
        ),
    )


def _change(present: int, past: int) -> tuple[str, str]:
    """How a count moved: in percent, or from a small number by how many. Nothing from nothing."""
    if past <= 0 or present == past:
        return "", "up"
    trend = "up" if present > past else "down"
    if past < ENOUGH_FOR_PERCENT:
        return format_number(abs(present - past)), trend
    return _percent(present, past), trend


def _percent(present: int, past: int) -> str:
    percent = abs(Decimal(present - past)) * 100 / past
    return format_number(int(percent.quantize(Decimal(1)))) + "%"
