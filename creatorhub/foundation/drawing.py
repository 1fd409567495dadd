"""Geometry of charts, drawn on the server as SVG. Time runs left to right in every language.

Owns: scales, smooth lines, where labels stand. Never: money; values are plain numbers to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, log10

Number = int | float | Decimal
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """One value in time: what stands under it, its height, and its value in words."""

    label: str
    value: Number
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on an axis."""

    x: float
    y: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Spotlight:
    """A point with the column of the chart that shows it when touched."""

    x: float
    y: float
    left: float
    width: float
    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    width: int
    height: int
    line: str
    area: str
    previous: str
    start: float
    end: float
    base: float
    values: list[Mark]
    times: list[Mark]
    spotlights: list[Spotlight]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the drawing lies inside the picture, and what its top stands for."""

    left: float
    right: float
    top: float
    base: float
    most: float

    def spots(self, values: Sequence[Number]) -> list[Spot]:
        step = (self.right - self.left) / max(len(values) - 1, 1)
        tall = self.base - self.top
        return [
            (_tidy(self.left + i * step), _tidy(self.base - float(v) / self.most * tall))
            for i, v in enumerate(values)
        ]


_AXIS = 44
_TOP = 26
_BOTTOM = 26
_EDGE = 6


def line_chart(
    points: Sequence[Point],
    previous: Sequence[Number] = (),
    *,
    width: int,
    height: int,
    right_to_left: bool,
    times: int,
) -> LineChart | None:
    """Everything a template needs to draw it; None when there are fewer than two points.

    The value axis stands where reading starts. `times` is how many time labels fit.
    """
    if len(points) < 2:
        return None
    frame = _Frame(
        left=_EDGE if right_to_left else _AXIS,
        right=width - (_AXIS if right_to_left else _EDGE),
        top=_TOP,
        base=height - _BOTTOM,
        most=nice_top([*(point.value for point in points), *previous]),
    )
    spots = frame.spots([point.value for point in points])
    line = smooth_path(spots)
    return LineChart(
        width=width,
        height=height,
        line=line,
        area=f"{line}V{frame.base}H{spots[0][0]}Z",
        previous=smooth_path(frame.spots(previous)) if len(previous) > 1 else "",
        start=frame.left,
        end=frame.right,
        base=frame.base,
        values=_value_marks(frame, right_to_left=right_to_left),
        times=_time_marks(points, spots, height, times),
        spotlights=_spotlights(points, spots),
    )


def spark_points(values: Sequence[Number], *, width: int = 64, height: int = 22) -> str:
    """The `points` of a polyline; empty when there is no line to draw."""
    if len(values) < 2:
        return ""
    low, high = float(min(values)), float(max(values))
    span = (high - low) or 1
    step = (width - 4) / (len(values) - 1)
    tall = height - 4
    return " ".join(
        f"{_tidy(2 + i * step)},{_tidy(height - 2 - (float(v) - low) / span * tall)}"
        for i, v in enumerate(values)
    )


def nice_top(values: Sequence[Number]) -> float:
    """The smallest of 1, 2, 3, 4, 5, 6, 8, 10 × 10ⁿ that no value exceeds; at least 2."""
    most = max((float(value) for value in values), default=0.0)
    if most <= 2:
        return 2.0
    power = 10.0 ** (ceil(log10(most)) - 1)
    return next(power * n for n in (1, 2, 3, 4, 5, 6, 8, 10) if power * n >= most)


def smooth_path(spots: Sequence[Spot]) -> str:
    """A curve through every spot that never rises above or falls below its neighbours.

    Monotone cubic (Fritsch and Carlson 1980): a smooth line that does not invent values.
    """
    slopes = _slopes(spots)
    parts = [f"M{spots[0][0]} {spots[0][1]}"]
    for i in range(len(spots) - 1):
        (x0, y0), (x1, y1) = spots[i], spots[i + 1]
        third = (x1 - x0) / 3
        first = f"{_tidy(x0 + third)} {_tidy(y0 + slopes[i] * third)}"
        second = f"{_tidy(x1 - third)} {_tidy(y1 - slopes[i + 1] * third)}"
        parts.append(f"C{first} {second} {x1} {y1}")
    return "".join(parts)


def _slopes(spots: Sequence[Spot]) -> list[float]:
    steps = [(after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(spots)]
    slopes = [steps[0]]
    for before, after in pairwise(steps):
        # The harmonic mean of two slopes of one sign keeps the curve monotone; a turn is flat.
        slopes.append(2 * before * after / (before + after) if before * after > 0 else 0.0)
    slopes.append(steps[-1])
    return slopes


def _value_marks(frame: _Frame, *, right_to_left: bool) -> list[Mark]:
    x, anchor = (frame.right + 8, "start") if right_to_left else (frame.left - 8, "end")
    return [
        Mark(
            x,
            _tidy(frame.base - part * (frame.base - frame.top)),
            _short(frame.most * part),
            anchor,
        )
        for part in (0, 0.5, 1)
    ]


def _time_marks(
    points: Sequence[Point], spots: Sequence[Spot], height: int, count: int
) -> list[Mark]:
    last = len(points) - 1
    shown = sorted({round(i * last / max(count - 1, 1)) for i in range(count)})
    anchors = {0: "start", last: "end"}
    return [Mark(spots[i][0], height - 6, points[i].label, anchors.get(i, "middle")) for i in shown]


def _spotlights(points: Sequence[Point], spots: Sequence[Spot]) -> list[Spotlight]:
    width = spots[1][0] - spots[0][0]
    middle = (spots[0][0] + spots[-1][0]) / 2
    reach = (spots[-1][0] - spots[0][0]) / 4
    return [
        Spotlight(
            x=x,
            y=y,
            left=_tidy(x - width / 2),
            width=_tidy(width),
            anchor="middle" if abs(x - middle) < reach else "start" if x < middle else "end",
            label=point.label,
            text=point.text,
        )
        for point, (x, y) in zip(points, spots, strict=True)
    ]


def _short(value: float) -> str:
    """300, 1.5K, 20K, 3M: what fits beside an axis."""
    for size, sign in ((1_000_000, "M"), (1_000, "K")):
        if value >= size:
            return f"{value / size:.1f}".removesuffix(".0") + sign
    return f"{value:.1f}".removesuffix(".0")


def _tidy(value: float) -> float:
    return round(value, 1)
