"""Having cards drawn: asked for by pages, drawn by the outbox, found by key."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image

from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue
from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.social_share.addresses import url_of
from creatorhub.social_share.cards.facts import CardFacts, facts_of
from creatorhub.social_share.cards.layouts import draw
from creatorhub.social_share.models import ShareCard, ShareLink
from creatorhub.social_share.subjects import Shared, Subject, subject_of

TOPIC = "social_share.draw_card"
ASK_AGAIN_SECONDS = 600


def card_of(subject: Subject, kind: str, link: ShareLink | None = None) -> ShareCard | None:
    """The card if it is drawn; if not, it will be soon, and until then there is none.

    Square and story cards carry the QR code of `link`; the preview is everybody's.
    """
    key = _facts(subject, kind, link).key
    card = ShareCard.objects.filter(key=key).first()
    if card is None and cache.add(f"card-asked:{key}", True, ASK_AGAIN_SECONDS):
        payload = {"kind": kind, "target": subject.kind, "pk": subject.pk}
        enqueue(
            topic=TOPIC,
            key=f"card:{key}",
            payload={**payload, "code": link.code if link else ""},
        )
    return card


def draw_card(message: OutboxMessage) -> None:
    """Outbox: draw the card of something as it is now. Nothing to do when it is gone."""
    wanted = message.payload
    shared = _shared(wanted["target"], wanted["pk"])
    if shared is None:
        return
    subject = subject_of(shared)
    link = ShareLink.objects.filter(code=wanted["code"]).first() if wanted["code"] else None
    facts = _facts(subject, wanted["kind"], link)
    if not ShareCard.objects.filter(key=facts.key).exists():
        _keep(subject, facts)


def _facts(subject: Subject, kind: str, link: ShareLink | None) -> CardFacts:
    host = urlsplit(settings.BASE_URL).netloc
    return facts_of(subject, kind=kind, host=host, qr_url=url_of(link, "qr") if link else "")


def _keep(subject: Subject, facts: CardFacts) -> None:
    content = ContentFile(draw(facts, _photo(subject)), name=f"{facts.key}.jpg")
    ShareCard.objects.create(
        key=facts.key,
        kind=facts.kind,
        shop=subject.shop,
        listing_id=subject.pk if subject.kind == "listing" else None,
        post_id=subject.pk if subject.kind == "post" else None,
        file=content,
        created_at=now(),
    )


def _photo(subject: Subject) -> Image.Image | None:
    """The picture's pixels; a file that is missing on disk is no picture."""
    if subject.image is None:
        return None
    try:
        with subject.image.file.open("rb") as file, Image.open(file) as photo:
            return photo.convert("RGB")
    except OSError:
        return None


def _shared(target: str, pk: int) -> Shared | None:
    if target == "listing":
        return Listing.objects.filter(pk=pk).select_related("shop").first()
    if target == "post":
        post: PostPage | None = PostPage.objects.filter(pk=pk).first()
        return post
    return Shop.objects.filter(pk=pk).first()
