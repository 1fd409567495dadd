"""Whatever colour a creator picks, people can read what stands on it and what is written in it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from creatorhub.foundation import colour
from creatorhub.foundation.colour import ColourError, contrast, theme_of

TOKENS = (settings.PROJECT_ROOT / "assets" / "css" / "tokens.css").read_text()
any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def tokens_of(scheme: str) -> dict[str, str]:
    """The hex tokens of a scheme; dark ones lie over the light ones."""
    light, dark, dark_by_device = re.split(r':root\[data-scheme="dark"\]|@media', TOKENS)
    assert tokens_in(dark) == tokens_in(dark_by_device)
    return tokens_in(light) | (tokens_in(dark) if scheme == "dark" else {})


def tokens_in(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


@given(any_colour)
def test_text_on_a_brand_is_readable(brand: str) -> None:
    theme = theme_of(brand)
    assert contrast(theme.on_brand, theme.brand) >= 4.5
    assert contrast(theme.on_brand, theme.brand_deep) >= 4.5


@given(any_colour)
def test_a_brand_is_readable_as_text_in_both_schemes(brand: str) -> None:
    theme = theme_of(brand)
    for ink, surfaces in (
        (theme.brand_ink, colour.LIGHT_SURFACES),
        (theme.brand_ink_dark, colour.DARK_SURFACES),
    ):
        for surface in surfaces:
            assert contrast(ink, surface) >= 4.5
            assert contrast(ink, colour.mix(brand, surface, colour.BRAND_WASH)) >= 4.5


@given(any_colour)
def test_a_readable_brand_is_left_as_it_is(brand: str) -> None:
    theme = theme_of(brand)
    grounds = [
        ground
        for surface in colour.LIGHT_SURFACES
        for ground in (surface, colour.mix(brand, surface, colour.BRAND_WASH))
    ]
    if all(contrast(brand, ground) >= 4.5 for ground in grounds):
        assert theme.brand_ink == brand


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    "value", ["", "red", "#fff", "#0f5a5", "#0f5a52;}", "url(x)", "#０f5a52", "#0f5a52\n#000000"]
)
def test_what_is_not_a_colour_is_refused(value: str) -> None:
    with pytest.raises(ColourError):
        theme_of(value)


def test_colours_are_cleaned_of_case_and_spaces() -> None:
    assert theme_of(" #A81C54 ").brand == "#a81c54"


def test_the_stylesheet_and_the_computation_agree_on_surfaces() -> None:
    for scheme, surfaces in (
        ("light", colour.LIGHT_SURFACES),
        ("dark", colour.DARK_SURFACES),
    ):
        tokens = tokens_of(scheme)
        assert {tokens["surface"], tokens["bg"]} == set(surfaces)


def test_the_default_brand_of_the_stylesheet_is_the_computed_one() -> None:
    theme, light, dark = theme_of(colour.DEFAULT_BRAND), tokens_of("light"), tokens_of("dark")
    assert (light["brand"], light["on-brand"]) == (theme.brand, theme.on_brand)
    assert (light["brand-deep"], light["brand-edge"]) == (theme.brand_deep, theme.edge)
    assert (light["brand-ink"], dark["brand-ink"]) == (theme.brand_ink, theme.brand_ink_dark)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_token_is_readable_on_every_ground_it_meets(scheme: str) -> None:
    tokens = tokens_of(scheme)
    pairs = [(word, ground) for word in ("ink", "muted") for ground in ("bg", "surface", "sunken")]
    for word in ("ok", "warn", "bad", "info"):
        pairs += [(word, "bg"), (word, "surface"), (word, f"{word}-soft")]
        pairs += [("ink", f"{word}-soft")]
    unreadable = [
        (word, ground) for word, ground in pairs if contrast(tokens[word], tokens[ground]) < 4.5
    ]
    assert unreadable == []
    assert contrast(tokens["field-line"], tokens["surface"]) >= 3
