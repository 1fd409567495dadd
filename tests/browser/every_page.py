"""Every page a person can open, read off the access table: a new address is here by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from tests.architecture.access import Role, Row, Who, studio_affiliate
from tests.architecture.access.world import World
from tests.architecture.test_access_table import declared_rows

# Who opens a page: the first of these whom the table lets in. What everybody may open is opened
# by a stranger, what every signed-in person may open by the creator, whose pages are full.
OPENERS = (Role.ANONYMOUS, Role.CREATOR, Role.AFFILIATE, Role.STAFF, Role.BUYER)

# What those who share may open is opened by an affiliate, but for the shop's own page.
SHARERS_PAGES = studio_affiliate.ROWS.keys() - {"studio:programme"}

# Addresses that answer GET without a page of their own in this world, and why.
NO_PAGE = {
    "account_logout": "signed out already; a way through test_pages_on_the_way",
    "account_confirm_login_code": "on the way",
    "account_email_verification_sent": "on the way",
    "account_confirm_password_reset_code": "on the way",
    "account_complete_password_reset": "on the way",
    "mfa_authenticate": "on the way",
    "storefront:checkout": "on the way: a stranger's basket is empty",
    "studio:photo_prices": "on the way: there are no photos yet",
    "account_change_password": "the creator has none, and is led to set one",
    "mfa_deactivate_totp": "asks for the second factor again first",
    "mfa_login_webauthn": "answers a script",
    "social_share:link": "leads to what it shares",
    "social_share:card": "a picture, shown by the browser's own page",
    "social_share:qr": "a picture",
    "studio:transfer_receipt": "a picture, shown by the browser's own page",
    "storefront:refund_ask": "leads to what was asked already",
    "storefront:checkout_return": "leads to the order",
    "storefront:download": "a file; without it, leads to the library",
    "studio:share_pictures": "a part of a page, fetched by it",
    "studio:payout_connect": "leads to the provider",
    "studio:payout_connect_back": "leads to how you are paid",
}


@dataclass(frozen=True)
class PageToOpen:
    """An address that answers GET, and who opens it."""

    name: str
    row: Row
    role: Role

    def path(self, world: World, language: str) -> str:
        with translation.override(language):
            return reverse(self.name, args=[world.argument(arg) for arg in self.row.args])


def pages_to_open() -> Iterator[PageToOpen]:
    for name, row in declared_rows().items():
        is_plain_route = name.endswith("/")  # The guests' sign-in addresses, which lead to ours.
        if is_plain_route or name in NO_PAGE or row.get is Who.NOBODY:
            continue
        if name in SHARERS_PAGES and row.get is Who.SIGNED_IN:
            yield PageToOpen(name, row, Role.AFFILIATE)
        else:
            role = next(role for role in OPENERS if role in row.get.value)
            yield PageToOpen(name, row, role)
