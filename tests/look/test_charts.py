"""Charts say what the numbers say: smooth, never beyond them, time from left to right."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorhub.foundation.drawing import Point, line_chart, nice_top, smooth_path, spark_points

values = st.lists(st.integers(0, 100_000), min_size=2, max_size=90)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def points(numbers: list[int]) -> list[Point]:
    return [Point(f"day {day}", value, str(value)) for day, value in enumerate(numbers)]


@given(values)
def test_a_curve_never_leaves_the_two_values_it_joins(numbers: list[int]) -> None:
    spots = [(float(x * 10), float(y)) for x, y in enumerate(numbers)]
    path = [float(found) for found in NUMBER.findall(smooth_path(spots))]
    corners = list(zip(path[::2], path[1::2], strict=True))
    for start in range(0, len(corners) - 1, 3):
        (_, before), (_, first), (_, second), (_, after) = corners[start : start + 4]
        low, high = min(before, after) - 0.1, max(before, after) + 0.1
        assert low <= first <= high
        assert low <= second <= high


@given(values)
def test_nothing_is_drawn_outside_the_frame(numbers: list[int]) -> None:
    for right_to_left in (False, True):
        chart = line_chart(
            points(numbers), width=640, height=230, right_to_left=right_to_left, times=4
        )
        assert chart is not None
        for spot in chart.spotlights:
            assert chart.start <= spot.x <= chart.end
            assert 0 <= spot.y <= chart.base


def test_time_runs_left_to_right_in_both_languages_and_only_the_axis_moves() -> None:
    for right_to_left in (False, True):
        chart = line_chart(
            points([1, 5, 3]), width=640, height=230, right_to_left=right_to_left, times=3
        )
        assert chart is not None
        assert all(a.x < b.x for a, b in pairwise(chart.spotlights))
        assert [mark.label for mark in chart.times] == ["day 0", "day 1", "day 2"]
        axis_is_right = all(mark.x > chart.end for mark in chart.values)
        assert axis_is_right is right_to_left


def test_the_period_before_shares_the_scale() -> None:
    chart = line_chart(
        points([1, 2]), [10, 900], width=640, height=230, right_to_left=False, times=2
    )
    assert chart is not None
    assert [mark.label for mark in chart.values] == ["0", "500", "1K"]
    assert chart.previous.startswith("M")


@pytest.mark.parametrize("numbers", [[], [7]])
def test_one_day_is_not_a_line(numbers: list[int]) -> None:
    assert line_chart(points(numbers), width=9, height=9, right_to_left=False, times=2) is None
    assert spark_points(numbers) == ""


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (7, 8), (10, 10), (11, 20), (296, 300), (1200, 2000)]
)
def test_axes_end_at_round_numbers(most: int, top: int) -> None:
    assert nice_top([0, most]) == top


@given(values)
def test_a_spark_stays_in_its_box(numbers: list[int]) -> None:
    pairs = [pair.split(",") for pair in spark_points(numbers).split()]
    assert len(pairs) == len(numbers)
    assert all(0 <= float(x) <= 64 and 0 <= float(y) <= 22 for x, y in pairs)
