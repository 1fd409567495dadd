"""Killed anywhere: no order lost, nobody charged twice, given back twice or paid twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from creatorhub.config.registries import SWEEPS
from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from tests.crashes.children import Children, Job
from tests.crashes.stories import STORIES, Story, a_stall
from tests.databases import CommittedDatabase
from tests.figures import Figures

EVERYWHERE = 100_000
A_POINT_TAKES = dt.timedelta(minutes=10)
# The completer asks after a minute; a message under way may be taken up again after two.
THE_WORKER_LOOKS_AFTER = (dt.timedelta(0), dt.timedelta(minutes=3), dt.timedelta(minutes=6))


def recover() -> None:
    """What the worker does once it is up again, and a little later."""
    for later in THE_WORKER_LOOKS_AFTER:
        with travel_to(now() + later):
            for sweep in SWEEPS:
                sweep()


def chosen(moments: tuple[str, ...], points: int) -> list[int]:
    """The numbers of so many moments: first around commits and calls, then evenly."""
    sharp = [n for n, told in enumerate(moments, 1) if told.split()[-1] in ("commit", "call")]
    rest = [n for n in range(1, len(moments) + 1) if n not in set(sharp)]
    wanted = _evenly(sharp, points - points // 4) + _evenly(rest, points)
    return sorted(wanted[:points])


def _evenly(numbers: list[int], count: int) -> list[int]:
    step = max(1, -(-len(numbers) // max(count, 1)))
    return numbers[step // 2 :: step]


@dataclass
class Toll:
    """What the kills did: children that died, and what they left undone."""

    killed: int = 0
    left_open: int = 0


def kill_at(children: Children, story: Story, facts: dict[str, Any], tick: int) -> Toll:
    """Cut it off, let the worker look, and every other time let somebody try it again."""
    job = Job(story.act, facts)
    was_killed = children.kill(job, at=tick)
    was_open = story.is_open(**facts)
    recover()
    assert not story.is_open(**facts)
    check_invariants()
    if tick % 2:
        children.run(job)
        recover()
        story.happened_once(**facts)
        check_invariants()
    return Toll(was_killed, was_open)


def kill_everywhere(children: Children, story: Story, points: int) -> Toll:
    stall = a_stall()
    children.run(Job(story.act, story.begin(stall)))
    moments = children.moments_of(Job(story.act, story.begin(stall)))
    recover()
    toll, start = Toll(), now()
    for number, tick in enumerate(chosen(moments, points)):
        with travel_to(start + number * A_POINT_TAKES):
            facts = story.begin(stall)
            try:
                told = kill_at(children, story, facts, tick)
            except AssertionError as error:
                error.add_note(f"{story.name}, killed {moments[tick - 1]} (moment {tick})")
                raise
        toll.killed += told.killed
        toll.left_open += told.left_open
    return toll


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
@pytest.mark.parametrize("points", [5, pytest.param(EVERYWHERE, marks=pytest.mark.long)])
def test_a_story_killed_anywhere(
    committed_database: CommittedDatabase,
    children: Children,
    figures: Figures,
    story: Story,
    points: int,
) -> None:
    toll = kill_everywhere(children, story, points)
    figures(f"{story.name}: killed at {toll.killed} moments, {toll.left_open} left it undone")
    assert toll.killed >= min(points, 40) * 0.8
