"""A person's links as rows, and one link in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import User
from creatorhub.affiliates.models import Attribution, Commission
from creatorhub.affiliates.outcomes import outcome_in_words
from creatorhub.affiliates.performance import clicks_by_class
from creatorhub.money import Money
from creatorhub.shops.picture_sources import PictureSources, image_sources
from creatorhub.social_share.addresses import url_of
from creatorhub.social_share.channels.registry import channel_of
from creatorhub.social_share.models import Click, ShareLink

SALES_SHOWN = 20
OTHER_SOURCES: dict[str, str | Promise] = {
    "direct": _("Directly"),
    "other": _("Other pages"),
    "google": _("Google"),
    "bing": _("Bing"),
    "duckduckgo": _("DuckDuckGo"),
    "line": _("LINE"),
    "wechat": _("WeChat"),
}
CLASSES: dict[str, str | Promise] = {
    Click.Klass.HUMAN: _("People. Only these are counted as clicks."),
    Click.Klass.DUPLICATE: _("The same person again within an hour."),
    Click.Klass.PREVIEW: _("Networks that fetched a preview of your link."),
    Click.Klass.BOT: _("Robots and scripts."),
    Click.Klass.PREFETCH: _("Browsers and apps that load pages ahead, unseen."),
    Click.Klass.INTERNAL: _("You, or the shop itself."),
    Click.Klass.SUSPICIOUS: _("Your link was loaded as a picture or a frame, not opened."),
}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link in a list."""

    link: ShareLink
    title: str
    url: str
    picture: PictureSources | None
    clicks: int
    orders: int


@dataclass(frozen=True, slots=True)
class HitClass:
    name: str
    meaning: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class CreditedSale:
    """One credited line: which candidates there were, and what became of each."""

    attribution: Attribution
    source: str | Promise
    commission: Commission | None
    candidates: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Everything about one link."""

    row: LinkRow
    classes: list[HitClass]
    sales: list[CreditedSale]
    earned: list[Money]


def source_name(source: str) -> str | Promise:
    """A source in words: a network's name, or what the word stands for."""
    channel = channel_of(source)
    return channel.name if channel else OTHER_SOURCES.get(source, source.capitalize())


def title_of(link: ShareLink) -> str:
    """What a link leads to, in its own words."""
    target = link.listing or link.post
    return target.title if target is not None else link.shop.name


def picture_of(link: ShareLink) -> PictureSources | None:
    if link.listing is not None:
        pictures = list(link.listing.pictures.all())
        return image_sources(pictures[0].image) if pictures else None
    return image_sources(link.post.picture if link.post is not None else link.shop.avatar)


def link_rows(*, user: User) -> QuerySet[ShareLink]:
    """A person's links, the newest first, each with `people` and `orders`."""
    orders = (
        Attribution.objects.filter(link=OuterRef("pk"))
        .order_by()
        .values("link")
        .annotate(count=Count("order_line__order", distinct=True))
        .values("count")
    )
    return (
        ShareLink.objects.filter(sharer__user=user)
        .select_related("shop__avatar", "listing", "post__picture")
        .prefetch_related("listing__pictures__image__renditions")
        .annotate(
            people=Count("clicks", filter=Q(clicks__klass=Click.Klass.HUMAN)),
            orders=Coalesce(Subquery(orders), 0),
        )
        .order_by("-created_at", "-pk")
    )


def rows_of(links: Iterable[Any]) -> list[LinkRow]:
    """Rows for links that `link_rows` counted."""
    return [
        LinkRow(
            link=link,
            title=title_of(link),
            url=url_of(link),
            picture=picture_of(link),
            clicks=link.people,
            orders=link.orders,
        )
        for link in links
    ]


def kit_path_of(link: ShareLink) -> str:
    """Where the kit of this link's target is; nothing once the target is gone."""
    target = link.listing_id or link.post_id or (link.shop_id if link.target == "shop" else None)
    kind = "product" if link.target == ShareLink.Target.LISTING else link.target
    return reverse("studio:share", args=[kind, target]) if target else ""


def link_page(link: ShareLink) -> LinkPage:
    """One link: hits by class, credited sales with every candidate, and earnings."""
    hits = clicks_by_class(link=link)
    sales = _sales(link)
    row = LinkRow(
        link=link,
        title=title_of(link),
        url=url_of(link),
        picture=picture_of(link),
        clicks=dict(hits).get(Click.Klass.HUMAN.value, 0),
        orders=link.attributions.values("order_line__order").distinct().count(),
    )
    classes = [HitClass(str(Click.Klass(name).label), CLASSES[name], count) for name, count in hits]
    return LinkPage(row, classes, sales, _earned(link))


def _sales(link: ShareLink) -> list[CreditedSale]:
    found = link.attributions.select_related("order_line__order", "commission").order_by(
        "-decided_at"
    )[:SALES_SHOWN]
    return [
        CreditedSale(
            attribution=attribution,
            source=source_name(attribution.channel),
            commission=getattr(attribution, "commission", None),
            candidates=[_candidate(entry, link) for entry in attribution.explain],
        )
        for attribution in found
    ]


def _candidate(entry: dict[str, Any], link: ShareLink) -> tuple[str, bool]:
    """What became of one click, and whether it was this link's. Other people stay unnamed."""
    return str(outcome_in_words(entry["outcome"])), entry["link"] == link.code


def _earned(link: ShareLink) -> list[Money]:
    sums = (
        Commission.objects.filter(attribution__link=link)
        .values_list("currency")
        .annotate(left=Sum(F("amount_minor") - F("reversed_minor")))
        .order_by("currency")
    )
    return [Money(int(minor), currency) for currency, minor in sums]
