"""A guest buys through a link without JavaScript, and another one without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from creatorhub.affiliates.models import Commission
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.sales.models import Sale
from creatorhub.shops.models import Listing
from creatorhub.social_share.models import ShareLink
from tests.browser.journey.cast import INSTAGRAM
from tests.browser.journey.walker import Walker
from tests.factories.accounts import a_user
from tests.factories.affiliates import a_member, a_programme
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.social_share import a_link
from tests.live_market import LiveMarket
from tests.visitors import Visitor, Visitors

pytestmark = pytest.mark.browser

PARCEL = {
    "email": "reem@example.com",
    "name": "ريم",
    "country": "SA",
    "phone": "0501234567",
    "city": "الرياض",
    "street": "شارع العليا",
}
MOST_TABS = 80

# An outline, or a ring around it or around the label that stands for it.
FOCUS_IS_SEEN = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return true;
  return [focused, focused.parentElement, focused.closest("label"), focused.nextElementSibling]
    .filter(Boolean)
    .some((element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    });
}"""


def a_shared_thing() -> tuple[Listing, ShareLink]:
    shop = a_shop(name="Clay", language="ar")
    listing = a_published_listing(shop=shop, title="كوب خزفي", price=12_000)
    member = a_member(a_programme(shop=shop), user=a_user(name="Noor"))
    return listing, a_link(sharer=member.owner, listing=listing)


def without_script(people: Visitors) -> Visitor:
    """A phone inside Instagram; a headless browser under its own name is counted as a robot."""
    return people.arrive(phone=True, language="ar", java_script=False, user_agent=INSTAGRAM)


def test_a_guest_buys_through_a_link(live_market: LiveMarket, people: Visitors) -> None:
    _, link = a_shared_thing()
    walker = Walker(without_script(people), "ar")
    walker.visit(f"/s/{link.code}")
    walker.must_read("كوب خزفي")
    walker.press("Buy now")
    assert walker.page.url.endswith("/ar/checkout/")
    walker.fill(email=PARCEL["email"])
    walker.press("Pay <bdi>%(amount)s</bdi>")
    assert walker.page.locator("main [name=email]").input_value() == PARCEL["email"]
    walker.fill(**PARCEL)
    walker.press("Pay <bdi>%(amount)s</bdi>")
    walker.press("Pay %(amount)s")
    assert "/ar/orders/" in walker.page.url
    walker.must_fit()
    assert Sale.objects.get().order.guest_email == PARCEL["email"]
    assert Commission.objects.get().amount_minor > 0
    check_invariants()


def test_a_guest_buys_with_the_keyboard_alone(live_market: LiveMarket, people: Visitors) -> None:
    listing, _ = a_shared_thing()
    walker = Walker(people.arrive(language="en"), "en")
    walker.open("storefront:product", listing.shop.handle, listing.slug)
    press_with_keys(walker.page, "main [name=go][value=checkout]")
    for name, value in PARCEL.items():
        tab_to(walker.page, f"main [name={name}]")
        if name == "country":
            walker.page.keyboard.type("Saudi")
        else:
            walker.page.keyboard.type(value)
    press_with_keys(walker.page, "main form.checkout button")
    assert "/sandbox/" in walker.page.url
    press_with_keys(walker.page, "main form button")
    assert "/en/orders/" in walker.page.url
    assert Sale.objects.get().order.guest_email == PARCEL["email"]


def press_with_keys(page: Page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    """Forward with Tab until this has the focus; wherever the focus rests, it can be seen."""
    for _ in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"{selector} is not reached with {MOST_TABS} times Tab")
