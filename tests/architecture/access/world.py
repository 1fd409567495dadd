"""The small market that the access table is tried on: one of everything, owned by somebody."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client

from creatorhub.accounts.models import User
from creatorhub.accounts.services import party_of
from creatorhub.community.services import report
from creatorhub.offers.models import Grant
from creatorhub.sales.models import Sale
from creatorhub.shops.models import Shop
from tests.architecture.access import Role
from tests.factories.accounts import a_staff_user, a_user
from tests.factories.affiliates import a_member, a_programme
from tests.factories.cash import cash_things
from tests.factories.disputes import dispute_things
from tests.factories.offers import a_file
from tests.factories.rails import a_bank_payout
from tests.factories.refunds import a_failed_refund, a_failed_return, an_escalated_request
from tests.factories.sales import an_order, pay
from tests.factories.shops import (
    a_download_listing,
    a_published_listing,
    a_shop,
    an_import,
    with_picture,
)
from tests.factories.social_share import a_card, a_link
from tests.factories.storefront import a_post
from tests.factories.studio import a_dead_event, a_dead_message, a_payout, a_quarantine

# allauth believes the methods above only beside the id of the person they are about.
AUTHENTICATED_USER_SESSION_KEY = "account_authentication_methods_user"


@dataclass
class World:
    """What the table's arguments point into, and who may knock."""

    people: dict[Role, User | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def argument(self, path: str) -> str:
        """The value of "shop.handle", or the literal behind a leading "="."""
        if path.startswith("="):
            return path[1:]
        name, _, attributes = path.partition(".")
        value = self.things[name]
        for attribute in filter(None, attributes.split(".")):
            value = getattr(value, attribute)
        return str(value)

    def client(self, role: Role) -> Client:
        """A browser of that person, signed in; staff with their second factor."""
        client = Client(headers={"sec-fetch-site": "same-origin"})
        person = self.people[role]
        if person is None:
            return client
        client.force_login(person)
        lately = {"at": time.time(), "reauthenticated": True}
        methods = [{"method": "password", "email": person.email, **lately}]
        if person.is_staff:
            methods.append({"method": "mfa", "type": "totp", **lately})
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
        session[AUTHENTICATED_USER_SESSION_KEY] = str(person.pk)
        session.save()
        return client


def build_world() -> World:
    """One shop with a listing, an affiliate with a link, a paid order, a payout, a report."""
    world = World()
    creator, staff = a_user(name="Creator"), a_staff_user()
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "x"})
    world.people = {
        Role.ANONYMOUS: None,
        Role.BUYER: a_user(name="Buyer"),
        Role.AFFILIATE: a_user(name="Affiliate"),
        Role.CREATOR: creator,
        Role.OTHER_CREATOR: a_user(name="Other creator"),
        Role.STAFF: staff,
    }
    shop = a_shop(owner=creator)
    a_shop(owner=world.people[Role.OTHER_CREATOR])
    listing = a_published_listing(shop=shop)
    pages = a_download_listing(shop=shop)
    file = a_file(listing=pages)
    bought = an_order(listing, pages)
    (sale,) = pay(bought)
    enrolment = a_member(a_programme(shop=shop), user=world.people[Role.AFFILIATE])
    world.things = {
        "enrolment": enrolment,
        "link": a_link(sharer=enrolment.owner, listing=listing),
        "card": a_card(listing),
        "shop": shop,
        "listing": listing,
        "variant": listing.variants.get(),
        "creator_party": party_of(user=creator),
        "post": a_post(shop=shop),
        "checkout": bought,
        "sale": sale,
        **waiting_things(shop=shop, creator=creator, sale=sale),
        "grant": Grant.objects.get(listing=pages),
        "file": file,
        "picture": with_picture(listing).pictures.get(),
        "import_run": an_import(shop=shop),
    }
    return world


def waiting_things(*, shop: Shop, creator: User, sale: Sale) -> dict[str, Any]:
    """What waits for somebody's decision."""
    return (
        desk_things(shop=shop, creator=creator)
        | refund_things(shop=shop, sale=sale)
        | cash_things(shop=shop)
        | dispute_things(shop=shop)
    )


def refund_things(*, shop: Shop, sale: Sale) -> dict[str, Any]:
    """A request that staff look at, and money that did not arrive."""
    (other,) = pay(an_order(a_download_listing(shop=shop)))
    return {
        "refund_request": an_escalated_request(sale),
        "failed_refund": a_failed_refund(other),
        "failed_return": a_failed_return(a_published_listing(shop=shop)),
    }


def desk_things(*, shop: Shop, creator: User) -> dict[str, Any]:
    """What waits at the staff desk, and a payout of the creator's."""
    payout, run = a_payout(owner=party_of(user=creator))
    bank_payout = a_bank_payout()
    return {
        "bank_payout": bank_payout,
        "batch": bank_payout.batch,
        "payout": payout,
        "run": run,
        "report": report(target=shop, reason="other", text="", email="", user=None),
        "quarantine": a_quarantine(),
        "dead_message": a_dead_message(),
        "dead_event": a_dead_event(),
    }
