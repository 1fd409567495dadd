"""The fonts are small and hold what the market writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from creatorhub.foundation.assets_build.fonts import (
    ACCENTS,
    ARABIC,
    FARTHER_ARABIC,
    LATIN,
    SUBSETS,
    build_fonts,
    fonts_for,
)

KILOBYTES = 1024


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {path.name: path for path in build_fonts(tmp_path_factory.mktemp("fonts"))}


def test_every_script_is_small(built: dict[str, Path]) -> None:
    sizes = {name: path.stat().st_size for name, path in built.items()}
    assert set(sizes) == {each.filename for each in SUBSETS}
    assert max(sizes.values()) <= 26 * KILOBYTES


def test_an_arabic_page_with_prices_needs_one_file(built: dict[str, Path]) -> None:
    letters = TTFont(built[ARABIC.filename]).getBestCmap()
    assert {ord(letter) for letter in "مخطّط المحتوى ٣٠ 4,128.50 ر.س 20% — «»؟"} <= set(letters)


def test_an_english_page_with_prices_needs_one_file(built: dict[str, Path]) -> None:
    letters = TTFont(built[LATIN.filename]).getBestCmap()
    assert {ord(letter) for letter in "Content planner SAR 4,128.50 20% — “quoted” it’s"} <= set(
        letters
    )


def test_weights_stay_variable(built: dict[str, Path]) -> None:
    axes = {axis.axisTag: axis for axis in TTFont(built[LATIN.filename])["fvar"].axes}
    assert (axes["wght"].minValue, axes["wght"].maxValue) == (400, 800)
    assert "slnt" not in axes


def test_rare_letters_wait_in_files_of_their_own() -> None:
    rare = ACCENTS.characters() | FARTHER_ARABIC.characters()
    assert rare & (LATIN.characters() | ARABIC.characters()) == set()


@pytest.mark.parametrize(("language", "last"), [("ar", ARABIC), ("en", LATIN)])
def test_digits_come_from_the_pages_own_file(language: str, last: object) -> None:
    assert fonts_for(language)[-1] is last
