"""The style files keep the house's promises, and the bundles stay small."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from creatorhub.foundation.assets_build.stylesheets import BUNDLES, LAYERS, bundle, minify

FOLDER = Path(settings.PROJECT_ROOT) / "assets" / "css"
FILES = sorted(FOLDER.rglob("*.css"))
NAMES = [str(path.relative_to(FOLDER)) for path in FILES]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.I)
KILOBYTES = 1024


def rules(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_line_holds_one_declaration(path: Path) -> None:
    crowded = [
        line.strip()
        for line in rules(path).splitlines()
        if line.count(";") > 1 or re.search(r"\{[^}]*:", line.replace("::", ""))
    ]
    assert crowded == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_colours_are_named_in_tokens_only(path: Path) -> None:
    if path.name != "tokens.css":
        assert COLOUR.findall(rules(path)) == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_braces_are_balanced(path: Path) -> None:
    assert rules(path).count("{") == rules(path).count("}")


def test_only_tokens_that_exist_are_used() -> None:
    defined = set(re.findall(r"(--[\w-]+):", "".join(rules(path) for path in FILES)))
    used = set(re.findall(r"var\((--[\w-]+)", "".join(rules(path) for path in FILES)))
    assert used - defined == set()


def test_the_public_bundle_fits_its_budget() -> None:
    assert len(gzip.compress(bundle("public").encode())) <= 10 * KILOBYTES


def test_the_public_scripts_fit_their_budget() -> None:
    public = ["copy.js", "share.js", "forms.js", "gallery.js", "variant.js"]
    scripts = [(FOLDER.parent / "js" / name).read_bytes() for name in public]
    assert sum(len(gzip.compress(script)) for script in scripts) <= 5 * KILOBYTES


@pytest.mark.parametrize("name", sorted(BUNDLES))
def test_a_bundle_holds_every_layer_in_order(name: str) -> None:
    css = bundle(name)
    assert css.startswith(f"@layer {','.join(LAYERS)};")
    found = [css.index(f"@layer {layer}{{") for layer in LAYERS]
    assert found == sorted(found)
    assert "\n" not in css


def test_the_studios_styles_stay_in_the_studio() -> None:
    assert ".kpi-value{" in bundle("studio")
    assert ".kpi-value{" not in bundle("public")
    assert ".buy-bar{" in bundle("public")
    assert ".button{" in bundle("public")
    assert ".button{" in bundle("studio")


def test_minifying_keeps_what_means_something() -> None:
    css = """
    /* a note */
    .a > .b, .c :focus-visible {
      inline-size: calc(1rem + 2 * var(--space-1));
      grid-template-areas: "a b";
    }
    @media (min-width: 860px) {
      .a {
        color: var(--ink);
      }
    }
    """
    assert minify(css) == (
        ".a>.b,.c :focus-visible{inline-size:calc(1rem + 2 * var(--space-1));"
        'grid-template-areas:"a b"}@media (min-width:860px){.a{color:var(--ink)}}'
    )
