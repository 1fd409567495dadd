"""Killed, and killed again while it recovers: what is left is the same as after one kill."""

from __future__ import annotations

import random

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from tests.crashes.children import Children, Job
from tests.crashes.recovery import recover
from tests.crashes.stories import CHECKOUT, STORIES, Stall, Story, a_stall
from tests.crashes.stories.story import no_news
from tests.crashes.test_killed_anywhere import A_POINT_TAKES, moments_in
from tests.databases import CommittedDatabase
from tests.figures import Figures

RECOVERY = "recovery"
# A recovering child would need the far side's address; these hold theirs in the database.
IN_THE_SANDBOX = [story for story in STORIES if story.news is no_news]
SEED = 20_261_203


def kill_twice(
    children: Children, story: Story, stall: Stall, moments: dict[str, int], chance: random.Random
) -> bool:
    """The story dies, then its recovery does; the next recovery must be enough."""
    if story.name not in moments:
        moments[story.name] = len(moments_in(children, story, stall))
    facts = story.begin(stall)
    job = Job(story.act, facts)
    children.kill(job, at=chance.randint(1, moments[story.name]))
    killed_again = children.kill(Job(recover), at=chance.randint(1, moments[RECOVERY]))
    recover()
    assert not story.is_open(**facts), "the worker left it undone"
    if chance.random() < 0.5:
        children.run(job)
        recover()
        story.happened_once(**facts)
    check_invariants()
    return killed_again


@pytest.mark.parametrize("crashes", [12, pytest.param(500, marks=pytest.mark.long)])
def test_a_second_kill_changes_nothing(
    committed_database: CommittedDatabase, children: Children, figures: Figures, crashes: int
) -> None:
    chance = random.Random(SEED)
    stall = a_stall()
    moments = {CHECKOUT.name: len(moments_in(children, CHECKOUT, stall))}
    children.kill(Job(CHECKOUT.act, CHECKOUT.begin(stall)), at=moments[CHECKOUT.name] // 2)
    moments[RECOVERY] = len(children.moments_of(Job(recover)))
    start, twice = now(), 0
    for number in range(1, crashes + 1):
        story = chance.choice(IN_THE_SANDBOX)
        with travel_to(start + number * A_POINT_TAKES):
            try:
                twice += kill_twice(children, story, stall, moments, chance)
            except AssertionError as error:
                error.add_note(f"{story.name}, crash {number} of seed {SEED}")
                raise
    figures(f"{crashes} crashes, {twice} of them killed a second time while recovering")
    assert twice > crashes / 2
