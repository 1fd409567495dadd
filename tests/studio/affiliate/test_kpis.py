"""How a figure moved is said in percent only where a percentage means something."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from creatorhub.affiliates.performance import Figures, Performance
from creatorhub.studio.affiliate.kpis import Kpi, kpis_of


def figures(*, clicks: int, orders: int, earned: int = 0) -> Figures:
    return Figures(
        first_day=dt.date(2026, 11, 1),
        currency="SAR",
        clicks=[clicks],
        orders=[orders],
        earned_minor=[earned],
        commissions=orders,
    )


def moved(before: Figures, now: Figures) -> list[Kpi]:
    with translation.override("en"):
        return kpis_of(Performance(days=30, now=now, before=before, networks=[], links=[]))


@pytest.mark.parametrize(
    ("before", "now", "delta", "trend"),
    [
        (0, 5, "", "up"),
        (7, 7, "", "up"),
        (1, 3, "2", "up"),
        (9, 4, "5", "down"),
        (10, 13, "30%", "up"),
        (200, 150, "25%", "down"),
    ],
)
def test_counts_move_by_how_many_until_a_percentage_means_something(
    before: int, now: int, delta: str, trend: str
) -> None:
    clicks, *_others = moved(figures(clicks=before, orders=0), figures(clicks=now, orders=0))
    assert (clicks.delta, clicks.trend) == (delta, trend)


def test_averages_of_a_few_sales_are_not_compared() -> None:
    few = moved(
        figures(clicks=40, orders=1, earned=1_000), figures(clicks=40, orders=2, earned=9_000)
    )
    many = moved(
        figures(clicks=40, orders=10, earned=10_000), figures(clicks=40, orders=20, earned=40_000)
    )
    assert few[3].delta == ""
    assert (many[3].delta, many[3].trend) == ("100%", "up")


def test_conversion_of_a_few_clicks_is_not_compared() -> None:
    few = moved(figures(clicks=3, orders=1), figures(clicks=9, orders=1))
    many = moved(figures(clicks=100, orders=1), figures(clicks=100, orders=3))
    assert few[2].delta == ""
    assert many[2].delta == "2 points"
