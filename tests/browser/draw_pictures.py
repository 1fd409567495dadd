"""`make pictures`: the pages of the demo market, drawn into docs/pictures/.

Not a test: it opens the running code over the demo market's database and looks.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings

# Playwright's loop runs in this thread; Django would refuse every query because of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

from django.urls import reverse  # noqa: E402  Django must be set up first.
from django.utils import translation  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from creatorhub.config.environment import ensure_database  # noqa: E402
from creatorhub.operations.demo_logins import DEMO_EMAILS, DEMO_PASSWORD  # noqa: E402
from creatorhub.operations.demo_market.open_demo_market import open_demo_market  # noqa: E402
from creatorhub.payouts.models import Payout  # noqa: E402
from creatorhub.sales.models import Checkout, Sale  # noqa: E402
from creatorhub.shops.models import Listing, PostPage  # noqa: E402
from tests import databases  # noqa: E402
from tests.live_market import serve  # noqa: E402
from tests.visitors import Visitors, launch  # noqa: E402

FOLDER = Path(settings.PROJECT_ROOT) / "docs" / "pictures"
SHOP = {"ar": "noor", "en": "fernandclay"}


@dataclass(frozen=True)
class Shot:
    """One page: its file's name, who looks, the URL name and its arguments."""

    name: str
    who: str
    view: str
    args: tuple[Any, ...] = ()


def shots(language: str) -> list[Shot]:
    """The pages worth a picture, with objects of the demo market."""
    handle = SHOP[language]
    listing = Listing.objects.filter(shop__handle=handle, variants__options={}).earliest("pk")
    post = PostPage.objects.live().filter(listing__shop__handle=handle).latest("pk")
    slug = post.slug
    order = Checkout.objects.filter(order__sales__shop__handle=handle).latest("pk")
    sale = Sale.objects.filter(shop__handle="noor").latest("pk")
    payout = Payout.objects.filter(payee__party__user__email=DEMO_EMAILS["creator"]).latest("pk")
    own = Listing.objects.filter(shop__handle="noor").earliest("pk")
    return [
        Shot("market", "guest", "storefront:market"),
        Shot("shop", "guest", "storefront:shop", (handle,)),
        Shot("post", "guest", "storefront:post", (handle, slug)),
        Shot("product", "guest", "storefront:product", (handle, listing.slug)),
        Shot("basket", "guest", "storefront:basket"),
        Shot("checkout", "guest", "storefront:checkout"),
        Shot("order", "guest", "storefront:order", (order.token,)),
        Shot("studio-home", "creator", "studio:home"),
        Shot("orders", "creator", "studio:orders"),
        Shot("order-money", "creator", "studio:order", (sale.pk,)),
        Shot("product-editor", "creator", "studio:product_edit", (own.pk,)),
        Shot("affiliate-home", "affiliate", "studio:affiliate_home"),
        Shot("statement", "creator", "studio:statement", (payout.pk,)),
    ]


def draw(people: Visitors, *, language: str, phone: bool) -> None:
    """All shots in one language on one screen; a guest has something in the basket first."""
    suffix = f"{language}-{'phone' if phone else 'desk'}"
    pages: dict[str, Page] = {}
    for who in ("guest", "creator", "affiliate"):
        pages[who] = people.arrive(phone=phone, language=language).page
        if who != "guest":
            sign_in(pages[who], language, DEMO_EMAILS[who])
    fill_basket(pages["guest"], language)
    for shot in shots(language):
        page = pages[shot.who]
        page.goto(address(language, shot.view, *shot.args))
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{shot.name}-{suffix}.png")
        sys.stdout.write(f"{shot.name}-{suffix}.png\n")


def sign_in(page: Page, language: str, email: str) -> None:
    page.goto(address(language, "account_login"))
    page.locator("main summary").first.click()
    page.fill("main [name=login]", email)
    page.fill("main [name=password]", DEMO_PASSWORD)
    page.locator("main .entrance-password button").click()
    page.wait_for_load_state()


def fill_basket(page: Page, language: str) -> None:
    for listing in Listing.objects.filter(
        shop__handle=SHOP[language], state=Listing.State.PUBLISHED
    ).order_by("pk")[3:5]:
        page.goto(address(language, "storefront:product", listing.shop.handle, listing.slug))
        page.locator("main button[value=basket]").click()
        page.wait_for_load_state()


def address(language: str, view: str, *args: Any) -> str:
    with translation.override(language):
        return reverse(view, args=args)


@contextmanager
def demo_database() -> Iterator[databases.CommittedDatabase]:
    """A database of its own with the demo market in it."""
    ensure_database()
    name = "test_1_pictures"
    databases.clone(databases.template(), name)
    with databases.repointed(name):
        yield databases.CommittedDatabase(name)
    databases.drop(name)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demo_database() as database:
        keep_files_in(Path(folder))
        open_demo_market()
        with serve(database, Path(folder)) as market, sync_playwright() as playwright:
            people = Visitors(browser=launch(playwright), base_url=market.url)
            draw(people, language="ar", phone=True)
            draw(people, language="en", phone=False)
            people.leave()


def keep_files_in(folder: Path) -> None:
    """The demo market's uploads go where the picture server looks for them."""
    from django.core.files.storage import storages  # noqa: PLC0415  After set-up.

    for alias, name in (("default", "media"), ("private", "private")):
        storage: Any = storages[alias]
        storage._location = folder / name
        for remembered in ("base_location", "location"):
            storage.__dict__.pop(remembered, None)


if __name__ == "__main__":
    main()
