"""The audit log speaks in words: every action that code can record has a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from creatorhub.community.models import Report
from creatorhub.foundation.audit import record
from creatorhub.sales.models import Appeal, Dispute
from creatorhub.studio.desk.audit_words import ACTIONS
from tests.factories.sales import a_sale
from tests.factories.shops import a_published_listing
from tests.factories.studio import a_staff_browser, words_of

SOURCE = Path(__file__).resolve().parents[3] / "creatorhub"
# Actions made of a state: f"dispute.{state}".
STATES = {
    "report": [state.value for state in Report.State if state != Report.State.OPEN],
    "appeal": [state.value for state in Appeal.State if state != Appeal.State.OPEN],
    "dispute": [state.value for state in Dispute.State],
}
RECORDERS = {"record", "_record", "_note"}


def recorded() -> Iterator[str]:
    """Every action named where something is recorded, in any room."""
    for path in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and _name(call.func) in RECORDERS:
                named = [word.value for word in call.keywords if word.arg == "action"]
                yield from _words(named + call.args)


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _words(values: list[ast.expr]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            if "." in value.value and " " not in value.value:
                yield value.value
        elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
            kind = str(value.values[0].value).removesuffix(".")
            yield from (f"{kind}.{state}" for state in STATES[kind])


def test_every_action_that_code_can_record_has_words() -> None:
    found = set(recorded())
    assert len(found) > 40
    assert sorted(found - set(ACTIONS)) == []


def test_no_words_are_left_of_actions_that_are_gone() -> None:
    assert sorted(set(ACTIONS) - set(recorded())) == []


@pytest.mark.django_db
def test_the_log_names_the_order_and_the_reason_and_leads_to_its_money() -> None:
    sale = a_sale(a_published_listing())
    record(action="sale.refunded", subject=f"sale:{sale.pk}", reason_code="damaged")
    record(action="unheard.of", subject="moon:7")

    page = words_of(a_staff_browser().get("/en/studio/desk/audit/"))

    assert "Gave money back to a buyer" in page
    assert "The item arrived damaged." in page
    assert f"/en/studio/desk/ledger/orders/{sale.order.number}/" in page
    assert "sale.refunded" not in page
    assert "moon:7" in page
