"""One person walking through the market in a browser, in their language."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from creatorhub.foundation.clock import forget_offset
from creatorhub.outbox.models import SentMail
from creatorhub.outbox.services import deliver_due
from tests.visitors import Visitor


@dataclass
class Walker:
    """Opens pages by name and presses what it can read, so both languages walk the same way."""

    visitor: Visitor
    language: str

    @property
    def page(self) -> Page:
        return self.visitor.page

    def words(self, english: str) -> str:
        """A sentence of ours as this person reads it."""
        with translation.override(self.language):
            return translation.gettext(english)

    def open(self, name: str, *args: object) -> None:
        """Open the page of this URL name; it must be there and fit the screen."""
        with translation.override(self.language):
            path = reverse(name, args=args)
        self.visit(path)

    def visit(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        self.must_fit()

    def must_fit(self) -> None:
        """The page speaks this person's language and never scrolls sideways."""
        root = self.page.locator("html")
        expect(root).to_have_attribute("lang", self.language)
        expect(root).to_have_attribute("dir", "rtl" if self.language == "ar" else "ltr")
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{self.page.url} is {overflow} px too wide"

    def fill(self, **fields: str) -> None:
        """Fill the fields of the page's form by their names."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]")
            if field.first.evaluate("field => field.tagName") == "SELECT":
                field.first.select_option(value)
            else:
                field.first.fill(value)

    def press(self, english: str) -> None:
        """Press the button with these words (its amount or count aside) and wait for the page."""
        self._named("button", english).click()
        self.page.wait_for_load_state()

    def follow(self, english: str) -> None:
        self._named("link", english).click()
        self.page.wait_for_load_state()

    def must_read(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def must_not_read(self, text: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)

    def _named(self, role: str, english: str) -> Locator:
        words = html.unescape(re.sub(r"</?bdi>", "", self.words(english)))
        pattern = re.compile(".*".join(map(re.escape, re.split(r"%\(\w+\)s", words))))
        main = self.page.locator("main")
        return main.get_by_role(role, name=pattern).first  # type: ignore[arg-type]

    def sign_up(self, *, name: str, email: str) -> None:
        """On the sign-up page: name, e-mail, the six digits from the mail, in the same tab."""
        self.fill(name=name, email=email)
        self.press("Send me a code")
        self.fill(code=six_digits_mailed_to(email))
        self.press("Go on")

    def confirm_who_i_am(self, password: str) -> None:
        """Before money moves the market asks again."""
        self.must_read(self.words("We ask again before anything important changes."))
        self.fill(password=password)
        self.press("Go on")

    def money_read(self) -> str:
        """The page's words, for looking for amounts."""
        return self.page.locator("main").inner_text()


def six_digits_mailed_to(email: str) -> str:
    """The newest code in the sandbox's mail."""
    forget_offset()
    deliver_due()
    mail = SentMail.objects.filter(to=email).latest("id")
    found = re.search(r"\b(\d{6})\b", mail.text)
    assert found, mail.text
    return found[1]
