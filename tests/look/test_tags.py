"""Tags print what a strict browser accepts, and nothing a stranger could smuggle in."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from creatorhub.foundation.icons import IconError, icon_body
from creatorhub.foundation.templatetags import look

request = RequestFactory()


@pytest.mark.parametrize(
    "brand", ["", "red", "#fff", "#0f5a52;}body{display:none", "</style><script>", None]
)
def test_a_theme_that_is_no_colour_prints_nothing(brand: str | None) -> None:
    assert look.shop_theme(SimpleNamespace(brand_colour=brand)) == ""


def test_a_theme_holds_only_custom_properties_and_hex() -> None:
    theme = look.shop_theme(SimpleNamespace(brand_colour="#A81C54"))
    values = re.findall(r"(--[\w-]+):([^;}]*)", theme)
    assert {name for name, _ in values} == {
        *("--brand", "--on-brand", "--brand-deep", "--brand-ink", "--brand-edge")
    }
    assert all(re.fullmatch(r"#[0-9a-f]{6}", value) for _, value in values)


def test_a_page_without_a_shop_has_the_markets_colours() -> None:
    assert Template("{% shop_theme shop %}").render(Context()) == ""


@pytest.mark.parametrize(
    ("path", "language", "address"),
    [
        ("/en/@noor/planner/?page=2", "ar", "/ar/@noor/planner/?page=2"),
        ("/ar/", "en", "/en/"),
        ("/en/nothing-here", "ar", "/ar/nothing-here"),
        ("/s/7K3M9QWXAB", "ar", "/ar/"),
        ("/entry/", "ar", "/ar/"),
    ],
)
def test_every_page_knows_its_address_in_the_other_language(
    path: str, language: str, address: str
) -> None:
    context = Context({"request": request.get(path)})
    assert look.translated_url(context, language) == address


def test_a_place_is_current_at_its_address_and_below() -> None:
    context = Context({"request": request.get("/en/studio/orders/7/")})
    assert look.current_if(context, "/en/studio/orders/") == ' aria-current="page"'
    assert look.current_if(context, "/en/studio/", "yes") == ""
    assert look.current_if(context, "/en/studio/shop/") == ""
    assert look.current_if(context, "") == ""


def test_another_page_number_keeps_the_rest_of_the_query() -> None:
    context = Context({"request": request.get("/en/search/?q=%22tea%22&page=2")})
    assert look.page_url(context, 3) == "?q=%22tea%22&page=3"


def test_arrows_turn_around_in_arabic_and_other_icons_do_not() -> None:
    assert "is-directed" in look.icon_svg("arrow-right")
    assert "is-directed" in look.icon_svg("chevron-left")
    assert "is-directed" not in look.icon_svg("arrow-right", 20, "no")
    assert "is-directed" not in look.icon_svg("check")
    assert "is-directed" in look.icon_svg("check", 20, "yes")


def test_icons_are_for_the_eyes_only() -> None:
    svg = look.icon_svg("shopping-bag", 24)
    assert 'aria-hidden="true"' in svg
    assert 'width="24"' in svg
    assert "xmlns" not in svg


def test_an_unknown_icon_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(IconError, match="no-such-icon"):
        icon_body("no-such-icon")


def test_the_page_own_script_is_preloaded_and_comes_last() -> None:
    for language, script in (("ar", "arabic"), ("en", "latin")):
        with override(language):
            assert f"cairo-{script}" in look.font_preload()
            faces = re.findall(r"cairo-([\w-]+?)\.", look.inline_css("public"))
            assert faces[-1] == script


def test_sources_become_a_srcset() -> None:
    sources = [("/a-800.webp", 800), {"url": "/a-160.webp", "width": 160}]
    assert look.srcset(sources) == "/a-800.webp 800w, /a-160.webp 160w"
    assert look.first_url(sources) == "/a-160.webp"
    assert look.srcset([('"><script>', 1)]) == "&quot;&gt;&lt;script&gt; 1w"
    assert look.first_url(None) == ""


@pytest.mark.parametrize(
    ("rating", "steps"),
    [(5, "fffff"), (4.5, "ffffh"), (4.9, "fffff"), (0, "eeeee"), (None, "eeeee"), (2.2, "ffeee")],
)
def test_stars_are_rounded_to_halves(rating: float | None, steps: str) -> None:
    assert "".join(step[0] for step in look.star_steps(rating)) == steps


@pytest.mark.parametrize(
    ("name", "letter"), [("نور", "ن"), ("النور", "ن"), ("sara", "S"), ("", "")]
)
def test_a_name_has_an_initial(name: str, letter: str) -> None:
    assert look.initial(name) == letter
