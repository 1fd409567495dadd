"""What the head of a page tells networks and search engines: Open Graph, Twitter card, JSON-LD."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from creatorhub.shops.picture_sources import image_sources
from creatorhub.social_share.addresses import url_of
from creatorhub.social_share.cards.drawing import card_of
from creatorhub.social_share.cards.layouts import SIZES
from creatorhub.social_share.graphemes import shorten
from creatorhub.social_share.landing import shared_of
from creatorhub.social_share.models import ShareCard, ShareLink
from creatorhub.social_share.subjects import Shared, Subject, subject_of

LONGEST_TITLE = 90
LONGEST_SUMMARY = 180
LOCALES = {"ar": "ar_AR", "en": "en_US"}
KINDS = {"listing": "product", "post": "article", "shop": "profile"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a preview: absolute address, size and words."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Head:
    """Everything `social_share/head_meta.html` writes. Addresses are absolute."""

    subject: Subject
    kind: str
    title: str
    summary: str
    canonical: str
    og_url: str
    locale: str
    picture: Picture | None
    json_ld: list[JsonLd]

    @property
    def price(self) -> str:
        return str(self.subject.price.to_decimal()) if self.subject.price else ""

    @property
    def twitter_card(self) -> str:
        return "summary_large_image" if self.picture else "summary"


class JsonLd:
    """Structured data that is safe inside <script>: it cannot end the element.

    Such a script is a data block, which browsers never run, so the CSP has no say in it.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = {"@context": "https://schema.org", **data}

    def __html__(self) -> str:
        words = json.dumps(self.data, ensure_ascii=False)
        for letter in "<>&\u2028\u2029":
            words = words.replace(letter, f"\\u{ord(letter):04x}")
        return words


def head_of(shared: Shared, language: str) -> Head:
    """The head of something's own page, in the page's language."""
    subject = subject_of(shared)
    return _head(subject, language, og_url=subject.url(language))


def head_of_link(link: ShareLink, channel: str) -> dict[str, Any]:
    """Template context of a link's preview page; its og:url is the link, so shares add up there."""
    shared = shared_of(link)
    if shared is None:
        return {"head": None, "language": link.shop.language}
    subject = subject_of(shared)
    head = _head(subject, subject.language, og_url=url_of(link, channel))
    return {"head": head, "language": subject.language}


def picture_of_subject(subject: Subject) -> Picture | None:
    """The drawn card; until it is drawn, the thing's own picture."""
    card = card_of(subject, ShareCard.Kind.PREVIEW)
    if card is not None:
        width, height = SIZES[ShareCard.Kind.PREVIEW]
        path = reverse("social_share:card", args=[card.key])
        return Picture(settings.BASE_URL + path, width, height, subject.title)
    sources = image_sources(subject.image)
    if sources is None:
        return None
    url = sources.large if "://" in sources.large else settings.BASE_URL + sources.large
    return Picture(url, sources.width, sources.height, subject.title)


def picture_url_of(subject: Subject) -> str:
    picture = picture_of_subject(subject)
    return picture.url if picture else ""


def _head(subject: Subject, language: str, *, og_url: str) -> Head:
    picture = picture_of_subject(subject)
    return Head(
        subject=subject,
        kind=KINDS[subject.kind],
        title=shorten(subject.title, LONGEST_TITLE),
        summary=shorten(subject.summary, LONGEST_SUMMARY),
        canonical=subject.url(language),
        og_url=og_url,
        locale=LOCALES.get(language, language),
        picture=picture,
        json_ld=[JsonLd(data) for data in _structured(subject, language, picture)],
    )


def _structured(subject: Subject, language: str, picture: Picture | None) -> list[dict[str, Any]]:
    image = {"image": picture.url} if picture else {}
    if subject.kind == "shop":
        return [_profile(subject, language, image)]
    if subject.kind == "post":
        return [_article(subject, language, image), _trail(subject, language)]
    return [_product(subject, language, image), _trail(subject, language)]


def _product(subject: Subject, language: str, image: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Product",
        "name": subject.title,
        "url": subject.url(language),
        "brand": {"@type": "Brand", "name": subject.shop.name},
        **image,
    }
    if subject.summary:
        data["description"] = subject.summary
    if subject.price is not None:
        stock = "InStock" if subject.is_available else "OutOfStock"
        data["offers"] = {
            "@type": "Offer",
            "url": subject.url(language),
            "price": str(subject.price.to_decimal()),
            "priceCurrency": subject.price.currency,
            "availability": f"https://schema.org/{stock}",
            "seller": {"@type": "Organization", "name": subject.shop.name},
        }
    return data


def _article(subject: Subject, language: str, image: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "BlogPosting",
        "headline": shorten(subject.title, 110),
        "url": subject.url(language),
        "inLanguage": subject.language,
        "author": {"@type": "Organization", "name": subject.shop.name},
        **image,
    }


def _profile(subject: Subject, language: str, image: dict[str, str]) -> dict[str, Any]:
    who = {
        "@type": "Organization",
        "name": subject.shop.name,
        "alternateName": f"@{subject.shop.handle}",
        "url": subject.url(language),
        **image,
    }
    if subject.summary:
        who["description"] = subject.summary
    return {"@type": "ProfilePage", "url": subject.url(language), "mainEntity": who}


def _trail(subject: Subject, language: str) -> dict[str, Any]:
    with override(language):
        shop = settings.BASE_URL + reverse("storefront:shop", args=[subject.shop.handle])
        market = settings.BASE_URL + reverse("storefront:market")
    steps = [
        (settings.INSTANCE_NAME, market),
        (subject.shop.name, shop),
        (subject.title, subject.url(language)),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, start=1)
        ],
    }
