"""Finding listings by words, in Arabic and in English, forgiving a slip of the finger."""

from __future__ import annotations

from math import ceil

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, CharField, F, Func, IntegerField, QuerySet, Value, When

from creatorhub.shops.models import Listing
from creatorhub.shops.search_text import normalise, trigrams, without_article, words
from creatorhub.shops.selectors import published_listings

LONGEST_QUERY = 120
# Half of a query's trigrams must be there: one wrong letter in a word of six keeps about half.
LIKENESS = 0.45


def search_listings(query: str, language: str) -> QuerySet[Listing]:
    """Published listings that answer the query, the best first; near misses when none does.

    `language` breaks ties: what is written in the reader's language comes first.
    """
    query = query[:LONGEST_QUERY].replace("\x00", " ").strip()
    if not words(query):
        return published_listings().none()
    found = _by_words(query, language)
    return found if found.exists() else _by_likeness(query)


def _by_words(query: str, language: str) -> QuerySet[Listing]:
    text = normalise(query)
    asked = SearchQuery(text, config="simple", search_type="websearch")
    for configuration in ("arabic", "english"):
        asked |= SearchQuery(text, config=configuration, search_type="websearch")
    asked |= SearchQuery(_as_prefixes(query), config="simple", search_type="raw")
    return (
        published_listings()
        .filter(search_text=asked)
        .annotate(
            rank=SearchRank(F("search_text"), asked),
            is_foreign=Case(When(language=language, then=0), default=1),
        )
        .order_by("-rank", "is_foreign", "-published_at", "-pk")
    )


def _as_prefixes(query: str) -> str:
    """Every word whole but the last, which may still be being typed. Only word characters pass."""
    *whole, last = words(without_article(query)) or words(query)
    return " & ".join([*(f"'{word}'" for word in whole), f"'{last}':*"])


def _by_likeness(query: str) -> QuerySet[Listing]:
    """The share of the query's trigrams that a listing has. The GIN index finds the candidates."""
    wanted = trigrams(query)
    shared = Func(
        Value(wanted, output_field=ArrayField(CharField())),
        template=(
            "(SELECT count(*) FROM unnest(%(expressions)s::varchar[]) AS asked(gram)"
            " WHERE asked.gram = ANY(shops_listing.search_trigrams))"
        ),
        output_field=IntegerField(),
    )
    return (
        published_listings()
        .filter(search_trigrams__overlap=wanted)
        .annotate(shared_trigrams=shared)
        .filter(shared_trigrams__gte=ceil(len(wanted) * LIKENESS))
        .order_by("-shared_trigrams", "-published_at", "-pk")
    )
