"""The whole life of money in any order: after every step, everything that must hold holds."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import BrokenInvariantError
from creatorhub.sales import reversal
from tests.figures import Figures
from tests.sales.money_life import MoneyLife

pytestmark = pytest.mark.django_db

STEPS_A_LIFE = 50
LONG_STEPS = int(os.environ.get("LIFE_STEPS", "10000"))


def live(steps: int) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis
        MoneyLife,
        settings=settings(
            # Some lives end early; a fifth more of them makes up for it.
            max_examples=steps * 6 // 5 // STEPS_A_LIFE,
            stateful_step_count=STEPS_A_LIFE,
            deadline=None,
            derandomize=True,
            report_multiple_bugs=False,
            # Shrinking a life takes longer than living it; its last steps say enough.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("steps", [500, pytest.param(LONG_STEPS, marks=pytest.mark.long)])
def test_money_lives_through_anything(figures: Figures, steps: int) -> None:
    lived = MoneyLife.steps_lived
    live(steps)
    figures(
        f"{MoneyLife.steps_lived - lived:,} steps of a life of money, all invariants after each"
    )


def test_a_cent_too_much_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a reversal that keeps a cent of the fee breaks an invariant within 500 steps."""
    honest = reversal.reversed_share

    def greedy(*, share: Money, base: Money, refunded: Money) -> Money:
        fair = honest(share=share, base=base, refunded=refunded)
        return fair - Money(1, fair.currency) if fair.minor > 1 else fair

    monkeypatch.setattr(reversal, "reversed_share", greedy)
    with pytest.raises(BrokenInvariantError):
        live(500)
