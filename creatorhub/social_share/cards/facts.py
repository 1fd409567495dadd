"""Everything that is drawn on a card, and nothing else: its hash is the card's name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from creatorhub.foundation.amounts import format_money
from creatorhub.foundation.colour import theme_of
from creatorhub.social_share.graphemes import shorten
from creatorhub.social_share.models import ShareCard
from creatorhub.social_share.subjects import Subject

# Raise it when the drawing changes, so that cards get new addresses.
DRAWING = 2
LONGEST_LEAD = 120


@dataclass(frozen=True, slots=True)
class CardFacts:
    """The words, colours and picture of one card. `picture` is the file's own hash."""

    kind: str
    shop: str
    title: str
    lead: str
    price: str
    compare_at: str
    call: str
    host: str
    qr_url: str
    brand: str
    on_brand: str
    brand_ink: str
    is_rtl: bool
    picture: str

    @property
    def key(self) -> str:
        words = json.dumps([DRAWING, asdict(self)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()[:40]


def facts_of(subject: Subject, *, kind: str, host: str, qr_url: str = "") -> CardFacts:
    """What a card of this kind says about something, in the language of its own words."""
    theme = theme_of(subject.shop.brand_colour)
    with override(subject.language):
        return CardFacts(
            kind=kind,
            shop=subject.shop.name if subject.kind != "shop" else "",
            title=subject.title,
            lead=shorten(subject.summary, LONGEST_LEAD) if subject.price is None else "",
            price=format_money(subject.price) if subject.price else "",
            compare_at=_compare_at(subject),
            call=_("The link is in the bio") if kind == ShareCard.Kind.STORY else "",
            host=f"{host}/@{subject.shop.handle}",
            qr_url=qr_url,
            brand=theme.brand,
            on_brand=theme.on_brand,
            brand_ink=theme.brand_ink,
            is_rtl=subject.is_rtl,
            picture=subject.image.get_file_hash() if subject.image else "",
        )


def _compare_at(subject: Subject) -> str:
    """The old price, only while it is higher than the price."""
    if subject.price is None or subject.compare_at is None:
        return ""
    return format_money(subject.compare_at) if subject.compare_at > subject.price else ""
