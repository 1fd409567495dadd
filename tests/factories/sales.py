"""Baskets, orders, payments and parcels for tests, driven through the real services."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from oscar.apps.basket.models import Basket

from creatorhub.accounts.models import Party
from creatorhub.affiliates.services import join_programme, open_programme
from creatorhub.foundation.clock import now
from creatorhub.ledger.selectors import balance
from creatorhub.outbox.services import deliver_due
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.sandbox import provider
from creatorhub.payments.services import handle_due_events
from creatorhub.payouts.services import payee_of
from creatorhub.sales.contact import Address, Contact
from creatorhub.sales.models import Checkout, Refund, Sale
from creatorhub.sales.services import complete_attempt, place_order, refund_lines, send_lines
from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.oscar import Selector
from creatorhub.social_share.services import link_for
from creatorhub.social_share.touch_cookie import SignedClick
from tests.factories.accounts import a_party, a_user

RIYADH = Address(name="Sara", line1="Olaya Street", city="Riyadh", country="SA")


def product_of(listing: Listing) -> Any:
    """What is put into a basket: the listing's first variant."""
    variant = listing.variants.first()
    assert variant is not None
    return variant.product


def a_basket(*listings: Listing | tuple[Listing, int], user: Any = None) -> Any:
    """An open basket with these listings, one of each unless a number is given."""
    basket = Basket.objects.create(owner=user)
    basket.strategy = Selector().strategy()
    for item in listings:
        listing, quantity = item if isinstance(item, tuple) else (item, 1)
        basket.add_product(product_of(listing), quantity)
    return basket


def an_order(
    *listings: Listing | tuple[Listing, int],
    email: str = "sara@example.com",
    user: Any = None,
    clicks: Sequence[SignedClick] = (),
    language: str = "en",
    address: Address | None = RIYADH,
    note: str = "",
) -> Checkout:
    """A placed order that waits for its payment (a free one is paid already)."""
    return place_order(
        basket=a_basket(*listings, user=user),
        contact=Contact(email=email, name="Sara", phone="+966500000001", language=language),
        address=address,
        user=user,
        note=note,
        clicks=clicks,
        gateway="sandbox",
    )


def attempt_of(checkout: Checkout) -> PaymentAttempt:
    return PaymentAttempt.objects.get(reference=checkout.attempt_reference)


def the_buyer_pays(checkout: Checkout) -> None:
    """At the sandbox's page; nobody here has heard of it yet."""
    provider.pay(public_id=attempt_of(checkout).provider_id)


def pay(checkout: Checkout) -> list[Sale]:
    """The buyer pays and comes back; returns what was sold, shop by shop."""
    the_buyer_pays(checkout)
    assert complete_attempt(reference=checkout.attempt_reference)
    return sales_of(checkout)


def sales_of(checkout: Checkout) -> list[Sale]:
    return list(Sale.objects.filter(order=checkout.order).order_by("pk"))


def a_sale(*listings: Listing | tuple[Listing, int], **order: Any) -> Sale:
    """One shop's paid sale."""
    (sale,) = pay(an_order(*listings, **order))
    return sale


def line_ids(sale: Sale) -> list[int]:
    return list(sale.lines.values_list("pk", flat=True))


def send(sale: Sale) -> None:
    """Everything of this sale leaves in one parcel."""
    send_lines(sale=sale, line_ids=line_ids(sale), carrier="SMSA", tracking_number="SM123")


def refund(sale: Sale, *lines: int, reason_code: str = "buyer_changed_mind") -> Refund:
    """Give these lines back, or the whole sale."""
    return refund_lines(sale=sale, sale_lines=lines or line_ids(sale), reason_code=reason_code)


def let_effects_happen() -> None:
    """Mails, refunds and their answers: what the worker does every few seconds."""
    for _round in range(3):
        deliver_due()
        handle_due_events()


def stands_at(name: str, party: Party | None = None, currency: str = "SAR") -> int:
    """An account's balance in minor units; of a payee's account, or of the market's own."""
    owner = payee_of(party=party).ledger_owner if party else ""
    return balance(name, owner, currency).minor


def stock_of(listing: Listing) -> tuple[int | None, int]:
    """What is there of a listing, and how much of it orders hold."""
    record = product_of(listing).stockrecords.get()
    return record.num_in_stock, record.num_allocated or 0


def an_affiliate(shop: Shop, *, rate_bps: int = 500, window_days: int = 30) -> Party:
    """Somebody in the shop's programme, which is opened when there is none."""
    if not hasattr(shop, "programme"):
        actor = shop.owner.user or a_user()
        open_programme(shop=shop, rate_bps=rate_bps, window_days=window_days, actor=actor)
        shop.refresh_from_db()
    party = a_party(name="Noor")
    join_programme(shop=shop, party=party)
    return party


def a_click(affiliate: Party, listing: Listing) -> SignedClick:
    """Somebody followed this person's link to a listing just now."""
    link = link_for(sharer=affiliate, listing=listing)
    return SignedClick(uuid.uuid4(), link.pk, "whatsapp", now())
