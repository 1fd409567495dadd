"""Writing what search compares, whenever a listing's words change."""

from __future__ import annotations

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import Combinable

from creatorhub.foundation.rich_text import plain_text
from creatorhub.shops.models import Listing
from creatorhub.shops.search_text import normalise, trigrams

CONFIGURATIONS = ("simple", "arabic", "english")


def index_listing(*, listing: Listing) -> None:
    """Refresh the search columns. Every language's stemmer reads every listing: people mix them."""
    weighed = (
        ("A", listing.title),
        ("B", " ".join([listing.kind, *listing.tags])),
        ("C", listing.lead),
        ("D", plain_text(listing.description)[:20_000]),
    )
    vectors: list[Combinable] = [
        SearchVector(Value(normalise(text)), config=configuration, weight=weight)
        for weight, text in weighed
        if text.strip()
        for configuration in CONFIGURATIONS
    ]
    Listing.objects.filter(pk=listing.pk).update(
        search_text=reduce(add, vectors) if vectors else None,
        search_trigrams=trigrams(" ".join([listing.title, listing.kind, *listing.tags]))[:600],
    )
