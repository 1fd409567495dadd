"""What the catalogue's pages look at: only ever the person's own things."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.dates import WEEKDAYS

from creatorhub.foundation.policy import payout_minimum, policy
from creatorhub.money import CURRENCIES, Money
from creatorhub.shops.models import ImportRun, Listing, PostPage, Shop, ShopPage
from creatorhub.shops.selectors import with_cards
from creatorhub.studio.current_shop import remember_shop, shops_of

STATES = ("all", "published", "draft", "archived")


def own_listing(request: HttpRequest, pk: int) -> Listing:
    """This person's listing with all its page shows; a foreign one is a 404."""
    listings = with_cards(Listing.objects.filter(shop__in=shops_of(request.user)))
    listing: Listing = get_object_or_404(listings, pk=pk)
    remember_shop(request, listing.shop)
    return listing


def own_import(request: HttpRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.filter(shop__in=shops_of(request.user)).select_related("shop")
    run: ImportRun = get_object_or_404(runs, pk=pk)
    remember_shop(request, run.shop)
    return run


def own_post(request: HttpRequest, pk: int) -> tuple[PostPage, Shop]:
    """This person's post and the shop it stands in; a foreign one is a 404."""
    pages = ShopPage.objects.filter(shop__in=shops_of(request.user)).select_related("shop")
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(path__startswith=page.path)
    post: PostPage = get_object_or_404(PostPage.objects.filter(below), pk=pk)
    shop = next(page.shop for page in pages if post.path.startswith(page.path))
    remember_shop(request, shop)
    return post, shop


def listings_in(shop: Shop, *, state: str, words: str) -> QuerySet[Listing]:
    """A shop's listings in one state, newest first, with these words in the title."""
    listings = Listing.objects.filter(shop=shop).order_by("-pk")
    if state == "all":
        listings = listings.exclude(state=Listing.State.ARCHIVED)
    else:
        listings = listings.filter(state=state)
    return listings.filter(title__icontains=words) if words else listings


def counts_of(shop: Shop) -> dict[str, int]:
    """How many listings a shop has in each state; `all` leaves out what was put away."""
    rows = Listing.objects.filter(shop=shop).order_by().values_list("state").annotate(Count("pk"))
    counts = dict.fromkeys(STATES, 0) | dict(rows)
    counts["all"] = sum(n for state, n in rows if state != Listing.State.ARCHIVED)
    return counts


@dataclass(frozen=True, slots=True)
class Terms:
    """What is true of money in this instance, in words a creator can check."""

    fee_bps: int
    hold_days: int
    refund_days: int
    weekday: str
    minimum: Money
    minimums: list[Money]
    is_play_money: bool


def terms(currency: str) -> Terms:
    """The market's terms for a shop that sells in `currency`."""
    rules = policy()
    return Terms(
        fee_bps=rules.platform_fee_bps,
        hold_days=rules.minimum_hold_days,
        refund_days=rules.refund_window_days,
        weekday=str(WEEKDAYS[rules.payout_weekday]),
        minimum=payout_minimum(currency),
        minimums=[payout_minimum(code) for code in CURRENCIES],
        is_play_money=settings.SANDBOX and not settings.STRIPE_SECRET_KEY,
    )
