"""People with a browser: Chromium on a phone or a desktop, who notice what should not happen."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_IT = (
    "Browser tests need Chromium. On Debian or Ubuntu: `apt-get install chromium`; elsewhere "
    "install Chromium or Chrome so that `chromium` or `google-chrome` is on the PATH."
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever is asked for outside this machine is recorded below and not found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


@dataclass
class Visitor:
    """One person's browser: their own cookies, one page, and what went wrong in it."""

    context: BrowserContext
    page: Page
    third_party_requests: list[str] = field(default_factory=list)
    policy_violations: list[str] = field(default_factory=list)
    script_errors: list[str] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "127.0.0.1":
            self.third_party_requests.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.policy_violations.append(message.text)

    def must_have_seen_nothing_wrong(self) -> None:
        assert self.third_party_requests == []
        assert self.policy_violations == []
        assert self.script_errors == []


@dataclass
class Visitors:
    """Lets people arrive; each call is another person."""

    browser: Browser
    base_url: str
    arrived: list[Visitor] = field(default_factory=list)

    def arrive(
        self,
        *,
        phone: bool = False,
        language: str = "en",
        user_agent: str | None = None,
        java_script: bool = True,
        dark: bool = False,
    ) -> Visitor:
        context = self.browser.new_context(
            **(PHONE if phone else DESKTOP),
            base_url=self.base_url,
            locale={"ar": "ar-EG", "en": "en-GB"}[language],
            user_agent=user_agent,
            java_script_enabled=java_script,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        visitor = Visitor(context=context, page=context.new_page())
        context.on("request", visitor.note_request)
        context.on("console", visitor.note_console)
        context.on("weberror", lambda error: visitor.script_errors.append(str(error.error)))
        self.arrived.append(visitor)
        return visitor

    def leave(self) -> None:
        for visitor in self.arrived:
            visitor.context.close()


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium. Without one: skip and say how to get it; in CI that fails."""
    program = next(filter(None, (shutil.which(name) for name in CHROMIUM)), None)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    return playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
