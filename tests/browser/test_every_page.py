"""Every page: axe finds nothing in either scheme, it fits, and it speaks one language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response

from tests.architecture.access import Role
from tests.architecture.access.world import World
from tests.browser.conftest import Inspectors
from tests.browser.every_page import PageToOpen, pages_to_open
from tests.browser.inspection import Inspector

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "role", [Role.ANONYMOUS, Role.CREATOR, Role.AFFILIATE, Role.STAFF], ids=lambda role: role.value
)
def test_every_page_is_for_everybody(inspectors: Inspectors, role: Role, language: str) -> None:
    looking = inspectors.arrive(role, language)
    for page in pages_to_open():
        if page.role is role:
            look_at(page, looking, inspectors.opened.world)
    assert looking.looked_at
    assert looking.complaints == [], "\n".join(looking.complaints)


def look_at(page: PageToOpen, looking: Inspector, world: World) -> None:
    path = page.path(world, looking.language)
    answer = looking.open(path)
    if answer is None or is_a_file(answer):
        return
    if answer.status not in page.row.answers:
        looking.complaints.append(f"{page.name}: answers {answer.status}")
    if answer.url.endswith(path):
        looking.look(page.name, is_storefront=page.name.startswith("storefront:"))
    else:
        looking.complaints.append(f"{page.name}: leads to {answer.url}; say why in NO_PAGE")


def is_a_file(answer: Response) -> bool:
    return not answer.headers.get("content-type", "").startswith("text/html")


def test_an_inspector_finds_what_is_wrong(inspectors: Inspectors) -> None:
    """The control: a page made bad on purpose is complained about in every respect."""
    looking = inspectors.arrive(Role.ANONYMOUS, "ar")
    looking.open("/ar/")
    looking.page.evaluate(
        """() => {
          document.documentElement.dir = 'ltr';
          document.querySelector('main').insertAdjacentHTML(
            'beforeend', '<img src="/x.png"><p id="dim">Hard to read in the dark</p>');
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`main { min-inline-size: 2000px }
            @media (prefers-color-scheme: dark) { #dim { color: #333 } }`);
          document.adoptedStyleSheets.push(sheet);
        }"""
    )
    looking.look("made bad", is_storefront=True)
    found = "\n".join(looking.complaints)
    for expected in (
        "light: image-alt",
        "dark: color-contrast",
        "too wide at 320",
        "speaks ar ltr",
    ):
        assert expected in found
