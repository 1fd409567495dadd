"""Small promises of the house that no linter knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(path.parent for path in (ROOT / "creatorhub").glob("*/__init__.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "mixins", "misc"}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_has_a_charter(room: Path) -> None:
    charter = (room / "__init__.py").read_text()
    assert "Owns:" in charter
    assert "Never:" in charter


def test_no_file_is_named_after_nothing() -> None:
    named = {path.stem for path in (ROOT / "creatorhub").rglob("*.py")}
    assert named & FORBIDDEN_NAMES == set()


def test_only_the_gateway_says_the_processors_name() -> None:
    speakers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "creatorhub").rglob("*.py")
        if re.search(r"^\s*(import stripe|from stripe)", path.read_text(), re.MULTILINE)
    }
    assert speakers <= {"creatorhub/payments/stripe_gateway.py"}


def test_components_name_their_inputs_on_line_one() -> None:
    silent = [
        path.name
        for path in sorted((ROOT / "templates" / "cotton").rglob("*.html"))
        if not path.read_text().lstrip().startswith(("{#", "{% comment", "<c-vars"))
    ]
    assert silent == []


def test_templates_carry_no_inline_styles_or_handlers() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}: {found.group(0)}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "mail" not in path.parts
        for found in re.finditer(r"\s(style|on(click|change|submit|load|error))=", path.read_text())
    ]
    assert offenders == []


def test_css_uses_logical_properties_only() -> None:
    physical = re.compile(
        r"^\s*(margin|padding|border)-(left|right|top|bottom)\b|^\s*(left|right|float):"
        r"|text-align:\s*(left|right)",
        re.MULTILINE,
    )
    offenders = [
        f"{path.relative_to(ROOT)}: {found.group(0).strip()}"
        for path in sorted((ROOT / "assets").rglob("*.css"))
        for found in physical.finditer(path.read_text())
    ]
    assert offenders == []


def test_locks_carry_hashes_and_no_address() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text, lock
