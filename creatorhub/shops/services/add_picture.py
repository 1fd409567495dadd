"""Pictures of a shop: cleaned, kept in the shop's collection, with every size made at once."""

from __future__ import annotations

import io
import secrets
from typing import IO, Union

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max
from PIL import Image as Pixels
from wagtail.images.models import Image, Rendition

from creatorhub.foundation.pictures import CleanPicture, clean_picture
from creatorhub.shops.models import Listing, ListingPicture, Shop, Variant
from creatorhub.shops.services.write_listing import touch

WIDTHS = (1200, 800, 480, 160)
MOST_PICTURES = 20

# What came from outside, or a picture that was drawn or cleaned here already.
PictureFile = Union["File[bytes]", IO[bytes], bytes, CleanPicture]


def filter_spec(width: int) -> str:
    """How Wagtail names our rendition of this width, so that it finds it instead of drawing it."""
    return f"width-{width}|format-webp"


@transaction.atomic
def add_picture(
    *,
    listing: Listing,
    file: PictureFile,
    alt: str = "",
    position: int | None = None,
    source_url: str = "",
    variant: Variant | None = None,
    is_drawn: bool = False,
) -> ListingPicture:
    """One more picture of a listing, last unless told otherwise. PictureError when it is none."""
    image = keep_image(shop=listing.shop, file=file, title=alt or listing.title)
    if position is None:
        last = listing.pictures.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    picture = ListingPicture.objects.create(
        listing=listing,
        image=image,
        alt=alt.strip()[:200],
        position=position,
        source_url=source_url[:500],
        variant=variant,
        is_drawn=is_drawn,
    )
    touch(listing=listing)
    return picture


@transaction.atomic
def remove_picture(*, picture: ListingPicture) -> None:
    """Take a picture off its listing, and its files off the disk once this is certain."""
    listing, image = picture.listing, picture.image
    picture.delete()
    if not ListingPicture.objects.filter(image=image).exists():
        image.delete()
    touch(listing=listing)


@transaction.atomic
def arrange_pictures(*, listing: Listing, order: list[int]) -> None:
    """Put the listing's pictures in this order of primary keys; those not named follow."""
    places = {pk: place for place, pk in enumerate(order)}
    pictures = sorted(
        listing.pictures.all(), key=lambda p: (places.get(p.pk, len(places)), p.position)
    )
    for place, picture in enumerate(pictures):
        if picture.position != place:
            ListingPicture.objects.filter(pk=picture.pk).update(position=place)
    touch(listing=listing)


def keep_image(*, shop: Shop, file: PictureFile, title: str) -> Image:
    """A Wagtail image in the shop's collection, with renditions. PictureError when none."""
    clean = file if isinstance(file, CleanPicture) else clean_picture(file=file)
    image = Image(
        title=title.strip()[:255] or shop.name,
        collection_id=shop.collection_id,
        file=clean.content,
        width=clean.width,
        height=clean.height,
        file_size=clean.content.size,
    )
    image.save()
    make_renditions(image=image, clean=clean)
    return image


def make_renditions(*, image: Image, clean: CleanPicture) -> None:
    """Every width now, each drawn from the next larger: a visit never waits for a picture."""
    pixels = clean.image
    for width in WIDTHS:
        if pixels.width > width:
            height = max(1, round(pixels.height * width / pixels.width))
            pixels = pixels.resize((width, height), Pixels.Resampling.LANCZOS, reducing_gap=2.0)
        elif width < max(WIDTHS) and pixels.width < width:
            continue  # The picture itself is smaller: the width above already holds all of it.
        target = io.BytesIO()
        pixels.save(target, "WEBP", quality=80, method=2)
        name = f"{secrets.token_hex(12)}.webp"
        Rendition.objects.create(
            image=image,
            filter_spec=filter_spec(width),
            focal_point_key="",
            file=ContentFile(target.getvalue(), name=name),
            width=pixels.width,
            height=pixels.height,
        )
