"""Pages that only somebody on their way sees: codes, a full basket, a declined card, errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from creatorhub.operations.demo_logins import demo_logins, make_demo_person
from creatorhub.outbox.models import SentMail
from creatorhub.outbox.services import deliver_due
from tests.architecture.access import Role
from tests.browser.conftest import Inspectors
from tests.browser.inspection import Inspector
from tests.browser.journey.walker import Walker, six_digits_mailed_to
from tests.factories.shops import a_listing_with_variants, picture_bytes

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("language", ["ar", "en"])


def on_the_way(inspectors: Inspectors, role: Role, language: str) -> tuple[Inspector, Walker]:
    looking = inspectors.arrive(role, language)
    return looking, Walker(looking.visitor, language)


def nothing_wrong(looking: Inspector) -> None:
    assert looking.complaints == [], "\n".join(looking.complaints)


def letters_mailed_to(email: str) -> str:
    """The newest code for a password: eight letters, so that nobody guesses it."""
    deliver_due()
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", SentMail.objects.filter(to=email).latest("id").text)
    assert found
    return found[0]


@BOTH
def test_codes(inspectors: Inspectors, language: str) -> None:
    looking, walker = on_the_way(inspectors, Role.ANONYMOUS, language)
    email = f"new-{language}@example.com"
    walker.open("account_signup")
    walker.press("Send me a code")
    looking.look("sign-up with nothing filled in")
    walker.fill(name="Huda", email=email)
    walker.press("Send me a code")
    looking.look("code of a sign-up")
    walker.fill(code="000000")
    walker.press("Go on")
    looking.look("wrong code")
    walker.fill(code=six_digits_mailed_to(email))
    walker.press("Go on")
    walker.open("account_logout")
    looking.look("sign out")
    walker.page.context.clear_cookies()
    for name, title in (
        ("account_request_login_code", "code to sign in"),
        ("account_reset_password", "code for a password"),
    ):
        walker.open(name)
        walker.fill(email=email)
        walker.press("Send me a code")
        looking.look(title)
    walker.fill(code=letters_mailed_to(email))
    walker.press("Go on")
    looking.look("a new password")
    nothing_wrong(looking)


@BOTH
def test_second_factor(inspectors: Inspectors, language: str) -> None:
    make_demo_person(role="staff", name="Staff", language=language)
    login = next(login for login in demo_logins() if login.role == "staff")
    looking, walker = on_the_way(inspectors, Role.ANONYMOUS, language)
    walker.open("account_login")
    looking.page.locator("summary").first.click()
    walker.fill(login=login.email, password=login.password)
    walker.press("Sign in with my password")
    looking.look("second factor")
    nothing_wrong(looking)


@BOTH
def test_buying(inspectors: Inspectors, language: str) -> None:
    world = inspectors.opened.world
    shop = world.things["shop"]
    shirt = a_listing_with_variants(shop=shop, stocks=(3, 0, 4))
    looking, walker = on_the_way(inspectors, Role.ANONYMOUS, language)
    walker.open("storefront:product", shop.handle, shirt.slug)
    looking.look("product with variants", is_storefront=True)
    walker.press("Put it in the basket")
    walker.open("storefront:basket")
    looking.look("full basket", is_storefront=True)
    walker.open("storefront:checkout")
    looking.look("checkout", is_storefront=True)
    walker.press("Order for <bdi>%(amount)s</bdi>")
    looking.look("checkout with nothing filled in", is_storefront=True)
    parcel = {"country": "SA", "phone": "0501234567", "city": "الرياض", "street": "العليا"}
    walker.fill(email="buyer@example.com", name="Reem", **parcel)
    walker.press("Order for <bdi>%(amount)s</bdi>")
    looking.look("hosted page")
    hosted = looking.page.url
    walker.press("Go back without paying")
    looking.look("order not paid", is_storefront=True)
    looking.open(hosted)
    for card, title in (("declined", "declined card"), ("asks", "the bank asks")):
        looking.page.locator(f"main [name=card][value={card}]").check(force=True)
        walker.press("Pay %(amount)s")
        looking.look(title)
    walker.press("Yes, pay")
    looking.look("order just paid", is_storefront=True)
    nothing_wrong(looking)


@BOTH
def test_photos(inspectors: Inspectors, language: str, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture_bytes())
    looking, walker = on_the_way(inspectors, Role.CREATOR, language)
    walker.open("studio:products_from_photos")
    looking.page.set_input_files("main [name=pictures]", [str(photo), str(photo)])
    walker.press("Make drafts")
    looking.look("title and price of photos")
    nothing_wrong(looking)


@BOTH
def test_errors(inspectors: Inspectors, language: str) -> None:
    looking, walker = on_the_way(inspectors, Role.ANONYMOUS, language)
    looking.open(f"/{language}/no-such-page/")
    looking.look("404", is_storefront=True)
    looking.open(f"/{language}/search/?q=nothingatall")
    looking.look("search without a find", is_storefront=True)
    walker.open("account_signup")
    walker.page.context.clear_cookies()
    walker.fill(name="Huda", email="huda@example.com")
    walker.press("Send me a code")
    looking.look("403 of an old form")
    nothing_wrong(looking)
