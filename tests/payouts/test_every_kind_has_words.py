"""Every kind of posting and of entry that code can write has a sentence in plain words."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.payouts.explain import known_entries, known_kinds, sentence_of
from creatorhub.payouts.invariants import postings_without_words
from creatorhub.sales.return_book import KINDS

SOURCE = Path(__file__).resolve().parents[2] / "creatorhub"
# Only these rooms may write into the book.
WRITERS = [*sorted((SOURCE / "sales").rglob("*.py")), *sorted((SOURCE / "payouts").rglob("*.py"))]
SHARES = ("share", "shipping")
REFUNDS = ("refund", "refund_failed")
# What stands in the braces of kinds that are put together; a new file must say what it writes.
FILLED: dict[str, dict[str, tuple[str, ...]]] = {
    "book.py": {"event": REFUNDS},
    "cash_book.py": {"event": REFUNDS},
    "return_book.py": {
        "KINDS[row.reason_code]": tuple(set(KINDS.values())),
        "event": ("paid", "refunded", "refund_failed"),
    },
}
POSTERS = {"about_line", "about_commission", "_about"}


def written() -> Iterator[tuple[str, str]]:
    """("posting" or "entry", kind) of everything these files can write."""
    for path in WRITERS:
        for node in ast.walk(ast.parse(path.read_text())):
            yield from _of(node, path)


def _of(node: ast.AST, path: Path) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "kind":
                yield from (("posting", kind) for kind in _texts(value, path))
    elif isinstance(node, ast.Assign) and _is_kind(node):
        yield from (("posting", kind) for kind in _texts(node.value, path))
        yield from (("entry", kind) for kind in _texts(node.value, path))
    elif isinstance(node, ast.Call):
        yield from _of_call(node, path)


def _of_call(call: ast.Call, path: Path) -> Iterator[tuple[str, str]]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in POSTERS and call.args:
        yield from (("posting", kind) for kind in _texts(call.args[0], path))
    elif name == "about_share":
        for event in _texts(call.args[0], path):
            yield from (("posting", f"{event}.{part}") for part in SHARES)
    elif name == "NewEntry":
        yield from (("entry", kind) for kind in _texts(call.args[0], path))
    elif name in {"post", "post_entry"}:
        for word in call.keywords:
            if word.arg == "kind":
                yield from (("entry", kind) for kind in _texts(word.value, path))


def _is_kind(node: ast.Assign) -> bool:
    (target, *_more) = node.targets
    return isinstance(target, ast.Name) and target.id == "kind"


def _texts(value: ast.expr, path: Path) -> list[str]:
    """The words an expression may come to; a variable's are found where it is given."""
    if isinstance(value, ast.Constant):
        return [str(value.value)]
    if isinstance(value, ast.Name):
        return list(FILLED.get(path.name, {}).get(value.id, ()))
    if not isinstance(value, ast.JoinedStr) or path.name == "explanations.py":
        return []
    parts = [
        [str(part.value)]
        if isinstance(part, ast.Constant)
        else list(FILLED[path.name][ast.unparse(part.value)])  # type: ignore[attr-defined]  # The other kind of part.
        for part in value.values
    ]
    return ["".join(words) for words in itertools.product(*parts)]


def test_every_kind_of_posting_has_a_sentence() -> None:
    kinds = {kind for what, kind in written() if what == "posting"}
    assert {"sale.share", "refund_failed.fee", "cash.refund", "late.paid", "rehold.share"} <= kinds
    assert len(kinds) > 45
    assert sorted(kinds - set(known_kinds())) == []


def test_every_kind_of_entry_has_a_name() -> None:
    kinds = {kind for what, kind in written() if what == "entry"}
    assert {"sale", "release", "payout", "dispute_lost", "debt_netted"} <= kinds
    assert sorted(kinds - set(known_entries())) == []


def test_both_voices_of_every_sentence_can_be_read() -> None:
    about = {"title": "Planner", "order": "100017", "rate_bps": 500, "fee_bps": 1000}
    for kind in known_kinds():
        for for_staff in (False, True):
            said = sentence_of({"kind": kind, **about}, for_staff=for_staff)
            assert said.strip()
            assert "%(" not in said


@pytest.mark.django_db
def test_the_doctor_names_a_kind_that_nobody_can_read() -> None:
    assert postings_without_words() == []
    lines = [
        side(AccountRef(name), Money(100, "SAR"), kind="moon.rise")
        for side, name in ((debit, "bank"), (credit, "donations"))
    ]
    post_entry(kind="moonlight", reference="moon:1", idempotency_key="moon", lines=lines)
    assert [broken.row for broken in postings_without_words()] == [
        "posting moon.rise",
        "entry moonlight",
    ]
