"""Pain sits in the maximum: no file over 400 lines, no function over 40."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 40


def python_files() -> list[Path]:
    return [
        path
        for folder in ("creatorhub", "tests", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def long_functions(source: str) -> list[str]:
    """Functions longer than the gate, their docstring not counted."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0]
        docstring = 0
        if ast.get_docstring(node) is not None:
            docstring = (first.end_lineno or 0) - first.lineno + 1
        length = (node.end_lineno or 0) - node.lineno + 1 - docstring
        if length > MOST_LINES_IN_A_FUNCTION:
            found.append(f"{node.name}: {length} lines")
    return found


def test_no_file_is_too_long() -> None:
    suffixes = {".py", ".html", ".css", ".js"}
    folders = ("creatorhub", "tests", "benchmarks", "templates", "assets")
    too_long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in suffixes and "migrations" not in path.parts
        if (lines := len(path.read_text().splitlines())) > MOST_LINES_IN_A_FILE
    ]
    assert too_long == []


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_too_long(path: Path) -> None:
    assert long_functions(path.read_text()) == []


def test_the_function_gate_can_fail() -> None:
    body = "\n".join("    x = 1" for _ in range(MOST_LINES_IN_A_FUNCTION + 1))
    assert long_functions(f"def endless():\n{body}\n") == ["endless: 42 lines"]
