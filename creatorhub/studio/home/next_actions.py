"""What to do next, most urgent first. Each is true now and has one place where it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from creatorhub.affiliates.models import Programme
from creatorhub.offers.models import Fulfilment
from creatorhub.payouts.models import Payee
from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.social_share.models import ShareLink
from creatorhub.studio.orders.selectors import count_to_send


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: `tone` is "now" when somebody waits, else "soon"."""

    icon: str
    title: str
    note: str
    url: str
    tone: str = "soon"


@dataclass(frozen=True, slots=True)
class Step:
    """One first step of a new shop."""

    title: str | Promise
    url: str
    is_done: bool


def next_actions(*, shop: Shop) -> list[Action]:
    """Orders to send, a way to be paid, drafts to publish, a programme to open."""
    found = [_orders_to_send(shop), _being_paid(shop), _drafts(shop), _programme(shop)]
    return [action for action in found if action is not None]


def first_steps(*, shop: Shop) -> list[Step]:
    """From an open shop to the first sale."""
    listings = Listing.objects.filter(shop=shop)
    published = listings.filter(state=Listing.State.PUBLISHED)
    posts = PostPage.objects.child_of(shop.page) if hasattr(shop, "page") else None
    links = ShareLink.objects.filter(shop=shop, sharer=shop.owner)
    return [
        Step(gettext_lazy("Open your shop"), reverse("studio:shop_settings"), True),
        Step(gettext_lazy("Add your first product"), reverse("studio:products"), listings.exists()),
        Step(gettext_lazy("Publish it"), reverse("studio:products"), published.exists()),
        Step(
            gettext_lazy("Write a first post"),
            reverse("studio:post_new"),
            posts is not None and posts.exists(),
        ),
        Step(
            gettext_lazy("Let others earn with you"),
            reverse("studio:programme"),
            Programme.objects.filter(shop=shop).exists(),
        ),
        Step(
            gettext_lazy("Share your shop"),
            reverse("studio:share", args=["shop", shop.pk]),
            links.exists(),
        ),
    ]


def _orders_to_send(shop: Shop) -> Action | None:
    counts = count_to_send(shop=shop)
    if not counts["orders"]:
        return None
    soonest = (
        Fulfilment.objects.filter(shop=shop, state=Fulfilment.State.TO_SEND)
        .order_by("ship_by_on")
        .values_list("ship_by_on", flat=True)[0]
    )
    title = ngettext("%(count)s order to send", "%(count)s orders to send", counts["orders"]) % {
        "count": counts["orders"]
    }
    return Action(
        icon="package",
        title=title,
        note=_late_note(counts["late"]) or _promised_note(soonest),
        url=reverse("studio:orders") + "?show=to-send",
        tone="now",
    )


def _late_note(late: int) -> str:
    if not late:
        return ""
    return ngettext(
        "%(count)s is late. Send it today, or give the money back.",
        "%(count)s are late. Send them today, or give the money back.",
        late,
    ) % {"count": late}


def _promised_note(on: dt.date) -> str:
    return _("The first is promised for %(date)s.") % {"date": date_format(on, "l j F")}


def _being_paid(shop: Shop) -> Action | None:
    """Only once there is money: nobody needs to choose how they are paid before they earn."""
    payee = Payee.objects.filter(party=shop.owner).first()
    if payee is None or (payee.is_ready and payee.due_by is None):
        return None
    if payee.due_by is not None:
        note = _("Until %(date)s; after that day payouts wait.") % {
            "date": date_format(payee.due_by, "l j F")
        }
    else:
        note = _("You have earned something. It waits for you until you choose how it is sent.")
    return Action(
        icon="landmark",
        title=_("Something is missing so that you can be paid"),
        note=note,
        url=reverse("studio:payout_settings"),
        tone="now",
    )


def _drafts(shop: Shop) -> Action | None:
    count = Listing.objects.filter(shop=shop, state=Listing.State.DRAFT).count()
    if not count:
        return None
    title = ngettext("%(count)s draft to publish", "%(count)s drafts to publish", count) % {
        "count": count
    }
    return Action(
        icon="pencil",
        title=title,
        note=_("Nobody can buy it before you publish it."),
        url=reverse("studio:products") + "?show=draft",
    )


def _programme(shop: Shop) -> Action | None:
    if Programme.objects.filter(shop=shop, state=Programme.State.OPEN).exists():
        return None
    if not Listing.objects.filter(shop=shop, state=Listing.State.PUBLISHED).exists():
        return None
    return Action(
        icon="share-2",
        title=_("Let others sell for you"),
        note=_(
            "They share your products and earn a part of each sale. You pay only when you sell."
        ),
        url=reverse("studio:programme"),
    )
