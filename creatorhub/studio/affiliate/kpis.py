"""The four figures at the top of the affiliate home, with how each is counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from creatorhub.affiliates.performance import Figures, Performance
from creatorhub.foundation.amounts import format_money, format_number, format_rate


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
    if present is not None and past is not None and present != past:
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
    delta, trend = _change(present.minor, past.minor) if present and past else ("", "up")
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
    """In percent of the period before; nothing when there was nothing before or no change."""
    if past <= 0 or present == past:
        return "", "up"
    percent = abs(Decimal(present - past)) * 100 / past
    words = format_number(int(percent.quantize(Decimal(1)))) + "%"
    return words, "up" if present > past else "down"
