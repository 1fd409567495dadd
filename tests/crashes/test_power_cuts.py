"""PostgreSQL stops at once, under load, again and again: what was promised is there."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest

from creatorhub.operations.services.check_invariants import check_invariants
from tests.crashes.power_cut import Cluster, cluster, looking_at, lost, shoppers
from tests.crashes.recovery import recover
from tests.crashes.stories import a_stall
from tests.figures import Figures

LOAD_SECONDS = 1.0
PROMISES_BEFORE_A_CUT = 6


def stall_in(place: Cluster, template: str) -> dict[str, int]:
    place.fill_from(template)
    with looking_at(place.address):
        stall = a_stall()
        return {"parcel": stall.parcel.pk, "download": stall.download.pk}


@pytest.mark.parametrize("cuts", [3, pytest.param(20, marks=pytest.mark.long)])
def test_no_promise_is_lost(
    template_database: str, django_db_blocker: Any, tmp_path: Path, figures: Figures, cuts: int
) -> None:
    chance = random.Random(cuts)
    with django_db_blocker.unblock(), cluster() as place:
        facts = stall_in(place, template_database)
        with shoppers(place, tmp_path, **facts) as people:
            for _ in range(cuts):
                people.wait_for(PROMISES_BEFORE_A_CUT)
                time.sleep(chance.random() * LOAD_SECONDS)
                place.cut_the_power()
                assert not lost(place, people.promised()).total()
            told = people.promised()
        with looking_at(place.address):
            recover()
            check_invariants()
        assert not lost(place, told).total()
    figures(
        f"{cuts} power cuts, {len(told['placed'])} orders and {len(told['sold'])} sales promised, "
        "none lost"
    )


def test_a_promise_before_the_disk_knows_is_lost(
    template_database: str, django_db_blocker: Any, tmp_path: Path
) -> None:
    """The control: a commit that is answered before it is written down."""
    with django_db_blocker.unblock(), cluster() as place:
        facts = stall_in(place, template_database)
        place.acknowledge_before_the_disk_knows()
        with shoppers(place, tmp_path, **facts) as people:
            for _ in range(5):
                people.wait_for(PROMISES_BEFORE_A_CUT)
                place.cut_the_power()
                gone = lost(place, people.promised())
                if gone.total():
                    break
    assert gone.total()
