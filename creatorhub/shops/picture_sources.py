"""A picture as a page needs it: its sizes with their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.images.models import Image

from creatorhub.shops.models import Listing, ListingPicture


@dataclass(frozen=True, slots=True)
class PictureSources:
    """`sources` is (address, width in px), widest first; width and height are the widest's."""

    alt: str
    width: int
    height: int
    sources: tuple[tuple[str, int], ...]
    pk: int | None = None
    variant_id: int | None = None

    @property
    def src(self) -> str:
        """For browsers that know no srcset: the one nearest to 800 px."""
        return min(self.sources, key=lambda source: abs(source[1] - 800))[0]

    @property
    def srcset(self) -> str:
        return ", ".join(f"{url} {width}w" for url, width in reversed(self.sources))

    @property
    def small(self) -> str:
        """For lists and baskets: the narrowest."""
        return self.sources[-1][0]

    @property
    def large(self) -> str:
        return self.sources[0][0]


def image_sources(
    image: Image | None, *, alt: str = "", pk: int | None = None, variant_id: int | None = None
) -> PictureSources | None:
    """Reads renditions that were prefetched (`…__renditions`), or one query; draws nothing."""
    if image is None:
        return None
    found = sorted(image.renditions.all(), key=lambda rendition: -rendition.width)
    sources = {
        rendition.width: rendition.url
        for rendition in found
        if rendition.filter_spec.endswith("|format-webp")
    } or {image.width: image.file.url}
    widest = max(sources)
    return PictureSources(
        alt=alt,
        width=widest,
        height=max(1, round(image.height * widest / image.width)),
        sources=tuple((url, width) for width, url in sources.items()),
        pk=pk,
        variant_id=variant_id,
    )


def picture_set(listing: Listing) -> list[PictureSources]:
    """A listing's pictures in order. Constant queries when `with_cards()` prefetched them."""
    found = (_sources(picture, listing) for picture in listing.pictures.all())
    return [sources for sources in found if sources is not None]


def _sources(picture: ListingPicture, listing: Listing) -> PictureSources | None:
    return image_sources(
        picture.image,
        alt=picture.alt or listing.title,
        pk=picture.pk,
        variant_id=picture.variant_id,
    )
