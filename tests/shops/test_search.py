"""Ten queries people type, and what must come first."""

from __future__ import annotations

import pytest

from creatorhub.shops.models import Listing
from creatorhub.shops.search import search_listings
from creatorhub.shops.services.write_listing import (
    archive_listing,
    publish_listing,
    update_listing,
)
from tests.factories.shops import a_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> dict[str, Listing]:
    shop = a_shop(language="ar")
    shelf = {
        "bracelet": ("إسوارة فضة مطرزة", "ar", {"kind": "أساور", "tags": ["هدايا", "فضة"]}),
        "coffee": ("القهوة العربية المختصة", "ar", {"description": "<p>حبوب مُحمَّصة</p>"}),
        "planner": ("مخطط المحتوى الرقمي", "ar", {"lead": "قوالب لصناع المحتوى"}),
        "school": ("دفتر المدرسة", "ar", {"description": "<p>ورق أصفر من مستشفى الكتب</p>"}),
        "jacket": ("Soft Winter Jacket", "en", {"tags": ["women"], "kind": "Outerwear"}),
        "necklace": ("Gold Bird Necklace", "en", {"description": "<p>14k gold, delicate</p>"}),
        "earrings": ("Galaxy Earrings", "en", {"tags": ["Silver"], "kind": "Earrings"}),
        "pot": ("Clay Plant Pot", "en", {"description": "<p>For gardening indoors</p>"}),
    }
    return {
        key: a_published_listing(shop=shop, title=title, language=language, **facts)
        for key, (title, language, facts) in shelf.items()
    }


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("اسواره فضه", "bracelet", id="without hamza, heh for teh marbuta"),
        pytest.param("قهوة عربية", "coffee", id="without the article"),
        pytest.param("قَـهْـوَة", "coffee", id="with marks and tatweel"),
        pytest.param("مستشفي", "school", id="yeh for alef maksura, in the description"),
        pytest.param("محتوى", "planner", id="an Arabic word of the title"),
        pytest.param("jackets", "jacket", id="an English plural"),
        pytest.param("neckl", "necklace", id="a word half typed"),
        pytest.param("necklase", "necklace", id="a misspelt word"),
        pytest.param("silver earring", "earrings", id="a tag and a kind"),
        pytest.param("gardens", "pot", id="a stem in the description"),
    ],
)
def test_a_query_finds_what_is_meant(market: dict[str, Listing], query: str, first: str) -> None:
    language = "ar" if query[0] > "z" else "en"

    assert search_listings(query, language).first() == market[first]


@pytest.mark.parametrize("query", ["", "  ", "!!!", "'", "a & | !", "\x00", "%", "()" * 300])
def test_odd_queries_find_nothing_and_break_nothing(market: dict[str, Listing], query: str) -> None:
    assert list(search_listings(query, "ar")) == []


def test_only_what_shoppers_may_see_is_found(market: dict[str, Listing]) -> None:
    a_listing(title="Galaxy Earrings in draft")
    archive_listing(listing=market["earrings"])

    assert list(search_listings("galaxy", "en")) == []


def test_a_title_counts_more_than_a_description(market: dict[str, Listing]) -> None:
    mention = a_published_listing(title="Box", description="<p>fits a jacket</p>")

    assert list(search_listings("jacket", "en")) == [market["jacket"], mention]


def test_changed_words_are_found_and_old_ones_no_more(market: dict[str, Listing]) -> None:
    update_listing(listing=market["pot"], title="Copper kettle", description="")
    publish_listing(listing=market["pot"])

    assert search_listings("kettle", "en").get() == market["pot"]
    assert not search_listings("indoors", "en").exists()
