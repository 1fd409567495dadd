"""What is looked at on every page: axe in both schemes, language, direction, width."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page, Response

from tests.visitors import Visitor

PHONE_WIDTH, DESKTOP_WIDTH, SMALL_PHONE_WIDTH = 390, 1280, 320
HEIGHT = 844

EVERY_RULE: dict[str, Any] = {"resultTypes": ["violations"]}
# Nothing but the colours depends on the scheme.
COLOURS_ONLY: dict[str, Any] = {**EVERY_RULE, "runOnly": ["color-contrast"]}

MEASURE = """() => {
  const root = document.documentElement;
  const tooWide = root.scrollWidth - root.clientWidth;
  return {lang: root.lang, dir: root.dir, tooWide};
}"""


@dataclass
class Inspector:
    """One person who opens pages and writes down everything that is wrong with them."""

    visitor: Visitor
    language: str
    complaints: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def open(self, path: str) -> Response | None:
        """The answer, or nothing where the address hands out a file to keep."""
        try:
            return self.page.goto(path)
        except Error as error:
            if "Download is starting" in error.message:
                return None
            raise

    def look(self, title: str, *, is_storefront: bool = False) -> None:
        """Look at the page that is open now."""
        self.looked_at.append(title)
        self._schemes(title)
        self._language_and_width(title, is_storefront=is_storefront)

    def _schemes(self, title: str) -> None:
        self.page.evaluate(AXE_SCRIPT)
        for scheme, options in (("light", EVERY_RULE), ("dark", COLOURS_ONLY)):
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = self.page.evaluate(f"axe.run({json.dumps(options)})")
            self.complaints += [
                f"{title}, {scheme}: {violation['id']} at {node['target']}: "
                f"{node['html'][:160]} — {node['failureSummary'].split(chr(10))[-1].strip()}"
                for violation in found["violations"]
                for node in violation["nodes"]
            ]
        self.page.emulate_media(color_scheme="light")

    def _language_and_width(self, title: str, *, is_storefront: bool) -> None:
        kept = self.page.viewport_size
        widths = [DESKTOP_WIDTH, PHONE_WIDTH, *([SMALL_PHONE_WIDTH] if is_storefront else [])]
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            found = self.page.evaluate(MEASURE)
            if found["tooWide"] > 0:
                self.complaints.append(f"{title}: {found['tooWide']} px too wide at {width}")
        spoken = (self.language, "rtl" if self.language == "ar" else "ltr")
        if (found["lang"], found["dir"]) != spoken:
            self.complaints.append(f"{title}: speaks {found['lang']} {found['dir']}")
        if kept:
            self.page.set_viewport_size(kept)
