"""Every reason money waits, moves back or is refused has words, and says what ends it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from creatorhub.foundation.reasons import UnknownReasonError, all_reasons, reason

ROOT = Path(__file__).resolve().parents[2] / "creatorhub"
# Calls whose first argument is a code, and functions whose answers are codes.
TAKES_CODE = {"reason", "TransferRefusedError"}
GIVES_CODE = {
    ("payouts/due.py", "why_not"),
    ("sales/services/complete_attempt.py", "_problem"),
}
# Names that hold a code wherever they are assigned.
HOLDS_CODE = {"reason_code"}
CODE_MODULES = ("sales/holds.py",)


def codes_in_code() -> Iterator[tuple[str, str]]:
    """Where (file and line), and which code, for every code written down in the market's code."""
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        name = str(path.relative_to(ROOT))
        source = path.read_text()
        for node in ast.walk(ast.parse(source)):
            if _is_reason_of_its_own(node, source):
                continue
            for found in _codes_of(node, name):
                if isinstance(found, ast.Constant) and isinstance(found.value, str) and found.value:
                    yield f"{name}:{found.lineno}", found.value


def _is_reason_of_its_own(node: ast.AST, source: str) -> bool:
    """A call of some other `reason`: the file knows nothing of ours."""
    called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reason"
    return called and "foundation.reasons import" not in source


def _codes_of(node: ast.AST, name: str) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        yield from (word.value for word in node.keywords if word.arg in HOLDS_CODE)
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called in TAKES_CODE and node.args:
            yield node.args[0]
    elif isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in pairs if getattr(key, "value", "") in HOLDS_CODE)
    elif isinstance(node, ast.FunctionDef) and (name, node.name) in GIVES_CODE:
        returns = (inner for inner in ast.walk(node) if isinstance(inner, ast.Return))
        yield from (inner.value for inner in returns if inner.value is not None)
    elif isinstance(node, ast.Assign):
        names = {getattr(target, "id", getattr(target, "attr", "")) for target in node.targets}
        is_constant = name in CODE_MODULES and all(one.isupper() for one in names)
        if names & HOLDS_CODE or is_constant:
            yield node.value


def test_the_walk_finds_what_it_is_meant_to_find() -> None:
    found = {code for _where, code in codes_in_code()}
    assert {"below_minimum", "refund_failed", "amount_differs", "dispute"} <= found
    assert len(found) > 15


@pytest.mark.parametrize(("where", "code"), sorted(set(codes_in_code())))
def test_a_code_has_words(where: str, code: str) -> None:
    try:
        known = reason(code)
    except UnknownReasonError:
        pytest.fail(f"{where}: {code!r} has no words")
    assert str(known.text).strip()
    assert str(known.ends).strip()


@pytest.mark.parametrize("known", all_reasons(), ids=lambda known: known.code)
def test_words_are_sentences(known) -> None:
    assert str(known.text).endswith(".")
    assert str(known.ends).endswith(".")
    assert known.code not in str(known.text)
