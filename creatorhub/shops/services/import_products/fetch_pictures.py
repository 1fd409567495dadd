"""Fetching an import's pictures later, and drawing one where none can be had."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction

from creatorhub.foundation.pictures import MAX_BYTES, PictureError, encode
from creatorhub.foundation.safe_fetch import FetchError, fetch
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue
from creatorhub.shops.drawn_picture import draw_picture
from creatorhub.shops.models import ImportRun, Listing, Variant
from creatorhub.shops.services.add_picture import add_picture, remove_picture
from creatorhub.shops.services.import_products.plan import ProductPlan
from creatorhub.shops.services.import_products.problems import Problem

FETCH_PICTURE = "shops.fetch_picture"
TIMEOUT_SECONDS = 8.0
# A host that did not answer is not asked again for every one of its pictures.
SILENT_SECONDS = 120


def enqueue_pictures(
    *, run: ImportRun, listing: Listing, product: ProductPlan, variants: dict[str, Variant]
) -> int:
    """One effect per picture the listing does not have yet; returns how many."""
    had = set(listing.pictures.filter(is_drawn=False).values_list("source_url", flat=True))
    of_variant = {
        plan.picture_url: variants[plan.key].pk
        for plan in product.variants
        if plan.picture_url and plan.key in variants
    }
    wanted = [picture for picture in product.pictures if picture.url not in had]
    for number, picture in enumerate(wanted):
        enqueue(
            topic=FETCH_PICTURE,
            key=f"{FETCH_PICTURE}:{run.pk}:{listing.pk}:{number}",
            payload={
                "run": run.pk,
                "listing": listing.pk,
                "row": picture.row,
                "url": picture.url,
                "alt": picture.alt,
                "position": picture.position,
                "variant": of_variant.get(picture.url),
            },
        )
    if not wanted and not listing.pictures.exists():
        _draw(listing)
    return len(wanted)


def fetch_picture(message: OutboxMessage) -> None:
    """Outbound outbox handler: the picture, or a note in the report and a drawn one instead.

    No transaction is open while the other side answers. Safe to repeat: what a message did is
    marked on it in the same transaction.
    """
    data, code = _fetch(message.payload["url"])
    with transaction.atomic(durable=True):
        message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
        wanted = message.payload
        if wanted.get("is_fetched"):
            return
        listing = Listing.objects.select_for_update(of=("self",)).get(pk=wanted["listing"])
        if data is not None:
            code = _keep(listing, data, wanted)
        if code and not listing.pictures.exists():
            _draw(listing, source_url=wanted["url"])
        _report(wanted, code)
        OutboxMessage.objects.filter(pk=message.pk).update(payload=wanted | {"is_fetched": True})


def _fetch(url: str) -> tuple[bytes | None, str]:
    host = (urlsplit(url).hostname or "").encode()
    silent_key = f"silent-host:{hashlib.sha256(host).hexdigest()}"
    if cache.get(silent_key):
        return None, "picture_unreachable"
    try:
        return fetch(url=url, max_bytes=MAX_BYTES, timeout=TIMEOUT_SECONDS), ""
    except FetchError as error:
        if not str(error).startswith("the other side answered"):
            cache.set(silent_key, value=True, timeout=SILENT_SECONDS)
        return None, "picture_unreachable"


def _keep(listing: Listing, data: bytes, wanted: dict[str, Any]) -> str:
    """Add the picture in its place and take away the drawn one. Returns a problem's code."""
    variant = listing.variants.filter(pk=wanted["variant"] or 0).first()
    try:
        add_picture(
            listing=listing,
            file=data,
            alt=wanted["alt"],
            position=wanted["position"],
            source_url=wanted["url"],
            variant=variant,
        )
    except PictureError:
        return "picture_unreadable"
    for drawn in listing.pictures.filter(is_drawn=True):
        remove_picture(picture=drawn)
    return ""


def _draw(listing: Listing, *, source_url: str = "") -> None:
    shop = listing.shop
    pixels = draw_picture(
        title=listing.title,
        subtitle=listing.kind,
        colour=shop.brand_colour,
        language=listing.language,
    )
    add_picture(
        listing=listing, file=encode(image=pixels), source_url=source_url, is_drawn=True, position=0
    )


def _report(wanted: dict[str, Any], code: str) -> None:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=wanted["run"])
    run.pictures_done += 1
    if code:
        run.pictures_drawn += 1
        problem = Problem(wanted["row"], "Image Src", code, wanted["url"], is_refused=False)
        run.problems.append(problem.as_json())
    run.save(update_fields=["pictures_done", "pictures_drawn", "problems"])
