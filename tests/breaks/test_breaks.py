"""The table of breaks stays true to the code; at full size every break is tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.breaks.table import BREAKS, Break
from tests.breaks.workshop import ROOT, broken, judge, workshop

each_break = pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name)


@each_break
def test_the_line_to_break_stands_once_and_its_test_exists(one: Break) -> None:
    assert (ROOT / one.path).read_text().count(one.find) == 1
    assert one.find != one.replace
    assert (ROOT / one.noticed_by).is_file()


def test_every_room_that_holds_money_is_broken_at_least_once() -> None:
    rooms = {one.path.removesuffix(".py").split("/")[1] for one in BREAKS}
    assert rooms >= {"money", "ledger", "sales", "payouts", "affiliates"}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with workshop() as copy:
        yield copy


@pytest.mark.long
def test_nothing_is_noticed_while_nothing_is_broken(place: Path) -> None:
    verdict = judge(place, sorted({one.noticed_by for one in BREAKS}))
    assert verdict.is_sound, verdict.output


@pytest.mark.long
@each_break
def test_the_break_is_noticed(place: Path, one: Break) -> None:
    with broken(place, one):
        verdict = judge(place, [one.noticed_by])
    assert verdict.is_noticed, verdict.output
