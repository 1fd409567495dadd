"""Killed anywhere: no order lost, nobody charged twice, given back twice or paid twice."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import Any

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from tests.crashes.children import Children, Job
from tests.crashes.recovery import recover
from tests.crashes.stories import CARELESS, STORIES, Stall, Story, a_stall
from tests.databases import CommittedDatabase
from tests.figures import Figures

LONG_POINTS = int(os.environ.get("KILL_POINTS", "40"))
ENOUGH_TO_BE_FOUND_OUT = 16
A_POINT_TAKES = dt.timedelta(minutes=10)


def chosen(moments: tuple[str, ...], points: int) -> list[int]:
    """The numbers of so many moments: most around commits and calls, the rest evenly."""
    if points >= len(moments):
        return list(range(1, len(moments) + 1))
    sharp = [n for n, told in enumerate(moments, 1) if told.split()[-1] in ("commit", "call")]
    rest = [n for n in range(1, len(moments) + 1) if n not in set(sharp)]
    wanted = _evenly(sharp, points - points // 4)
    return sorted(wanted + _evenly(rest, points - len(wanted)))


def _evenly(numbers: list[int], count: int) -> list[int]:
    return [numbers[(2 * n + 1) * len(numbers) // (2 * count)] for n in range(count)][
        : len(numbers)
    ]


@dataclass
class Toll:
    """What the kills did: children that died, and what they left undone."""

    killed: int = 0
    left_open: int = 0
    moments: int = 0


def kill_at(children: Children, story: Story, facts: dict[str, Any], tick: int) -> Toll:
    """Cut it off, let the worker look, and every other time let somebody try it again."""
    job = Job(story.act, facts)
    was_killed = children.kill(job, at=tick)
    was_open = story.is_open(**facts)
    recover(story.news)
    assert not story.is_open(**facts), "the worker left it undone"
    check_invariants()
    if tick % 2:
        children.run(job)
        recover(story.news)
        story.happened_once(**facts)
        check_invariants()
    return Toll(was_killed, was_open)


def moments_in(children: Children, story: Story, stall: Stall) -> tuple[str, ...]:
    """Where it can be cut off. The first time is not counted: then a process learns things."""
    children.run(Job(story.act, story.begin(stall)))
    recover(story.news)  # Nothing of it may be left to do for the one that is counted.
    facts = story.begin(stall)
    moments = children.run(Job(story.act, facts)).moments
    recover(story.news)
    story.happened_once(**facts)
    check_invariants()
    return moments


def kill_everywhere(children: Children, story: Story, points: int) -> Toll:
    stall = a_stall()
    moments = moments_in(children, story, stall)
    toll, start = Toll(moments=len(moments)), now()
    for number, tick in enumerate(chosen(moments, points), 1):
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
@pytest.mark.parametrize("points", [4, pytest.param(LONG_POINTS, marks=pytest.mark.long)])
def test_a_story_killed_anywhere(
    committed_database: CommittedDatabase,
    children: Children,
    figures: Figures,
    story: Story,
    points: int,
) -> None:
    with story.around():
        toll = kill_everywhere(children, story, points)
    figures(
        f"{story.name}: killed at {toll.killed} of {toll.moments} moments, "
        f"{toll.left_open} left it undone until the worker came"
    )
    assert toll.killed >= min(points, 40) * 0.75


@pytest.mark.parametrize("story", CARELESS, ids=lambda story: story.name)
def test_careless_code_is_found_out(
    committed_database: CommittedDatabase, children: Children, story: Story
) -> None:
    """The control: it works while nobody kills it, and a kill between its steps is noticed."""
    with pytest.raises(AssertionError) as found:
        kill_everywhere(children, story, ENOUGH_TO_BE_FOUND_OUT)
    assert any("killed" in note for note in found.value.__notes__)
