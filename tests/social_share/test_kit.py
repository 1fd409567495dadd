"""Words, addresses and codes to share something with."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from creatorhub.social_share.captions import DISCLOSURES
from creatorhub.social_share.channels.channel import ShareText
from creatorhub.social_share.channels.registry import NETWORKS, QR, channel_of, key_of
from creatorhub.social_share.graphemes import count_graphemes, graphemes, shorten
from creatorhub.social_share.kit import share_kit
from creatorhub.social_share.models import Click
from creatorhub.social_share.services import link_for
from tests.factories.accounts import a_party
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.social_share import FIREFOX, a_link, a_visitor

NASTY = "50% off & #1 «أفضل» \u202bسعر\u202c 👨‍👩‍👧‍👦 a+b=c?\nsecond line"
SHARE = ShareText("https://market.example/s/7K3M9QWXAB-wa", NASTY, NASTY, "https://m.example/c.jpg")
INTENTS = [channel for channel in NETWORKS if channel.compose]


@pytest.mark.parametrize("channel", INTENTS, ids=lambda channel: channel.key)
def test_case_099_every_intent_gives_back_what_was_put_in(channel):
    url = channel.url_for(SHARE)
    parts = urlsplit(url)
    values = [value for group in parse_qs(parts.query).values() for value in group]
    values += [unquote(parts.fragment.removeprefix("text="))]
    words = "\n".join(values).replace("\r\n", "\n")
    assert SHARE.url in words
    assert url.isascii()
    assert " " not in url
    if channel.key not in ("facebook", "linkedin"):  # They read the words from the page.
        assert "50% off & #1 «أفضل»" in words
        assert "👨‍👩‍👧‍👦" in words


def test_case_099_bluesky_gets_300_letters_with_the_address_whole():
    long = ShareText(SHARE.url, "", "👨‍👩‍👧‍👦" * 400)
    bluesky = channel_of("bluesky").url_for(long)
    text = parse_qs(urlsplit(bluesky).query)["text"][0]
    assert len(regex.findall(r"\X", text)) == 300
    assert text.endswith(SHARE.url)


@given(st.text(alphabet=st.sampled_from("aé\u0301بَّ👍🏽👩\u200d❤️🇸🇦🇪🇬1\u20e3 \r\n"), max_size=12))
def test_letters_are_those_of_unicode(text):
    assert list(graphemes(text)) == regex.findall(r"\X", text)


def test_short_text_is_left_alone_and_long_text_keeps_whole_letters():
    assert shorten("abc", 3) == "abc"
    assert shorten("ab cd", 4) == "ab…"
    assert count_graphemes("مُحَمَّد") == 4


def test_every_network_has_a_code_of_its_own_and_knows_it():
    codes = [channel.code for channel in (*NETWORKS, QR)]
    assert len(set(codes)) == len(codes) == 18
    assert all(key_of(channel.code) == channel.key for channel in NETWORKS)
    assert key_of("zz") == ""
    assert all(channel.takes for channel in NETWORKS if not channel.compose)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "en"])
def test_case_107_whoever_may_earn_says_so_first_in_every_language(language):
    listing = a_published_listing(shop=a_shop(language=language), language=language, lead="Nice")
    kit = share_kit(a_link(sharer=a_party(), listing=listing), listing, language)
    assert kit.caption.language == language
    for caption in kit.captions:
        assert caption.text.startswith(DISCLOSURES[caption.language])
    for channel in kit.intents:
        if channel.key not in ("facebook", "linkedin"):
            assert DISCLOSURES[language] in unquote(channel.href)


@pytest.mark.django_db
def test_the_shop_itself_earns_from_nobodys_click_and_says_no_such_thing():
    listing = a_published_listing()
    for sharer in (None, listing.shop.owner):
        kit = share_kit(link_for(sharer=sharer, listing=listing), listing, "en")
        assert "#ad" not in kit.caption.text
        assert "100" in kit.caption.text


@pytest.mark.django_db
def test_a_kit_can_be_made_for_a_shop():
    shop = a_shop()
    kit = share_kit(link_for(sharer=None, shop=shop), shop, "en")
    assert shop.name in kit.caption.text
    assert kit.whatsapp.href.startswith("https://wa.me/")
    assert len(kit.pasted) == 5


@pytest.mark.django_db
def test_case_023_a_scanned_code_is_counted_as_a_scan():
    link = a_link()
    svg = a_visitor().get(f"/qr/{link.code}.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")
    a_visitor().get(f"/s/{link.code}-qr")
    click = Click.objects.get()
    assert (click.source, click.is_qr) == ("qr", True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "query", "headers", "source"),
    [
        ("-wa", "utm_source=tiktok", {"Referer": "https://l.instagram.com/"}, "whatsapp"),  # 24
        ("", "utm_source=tiktok&fbclid=1", {}, "tiktok"),
        ("", "fbclid=1", {"Referer": "https://www.reddit.com/"}, "facebook"),
        ("", "", {"Referer": "https://l.instagram.com/x"}, "instagram"),
        ("", "", {"Referer": "https://mail.google.com/"}, "email"),
        ("", "", {"Referer": "https://news.example.org/"}, "other"),
        ("", "", {"Referer": "android-app://com.whatsapp/"}, "whatsapp"),
        ("", "", {"Referer": "http://[broken"}, "direct"),
        ("-zz", "", {"User-Agent": f"{FIREFOX} Snapchat/12"}, "snapchat"),
        ("", "", {}, "direct"),
    ],
)
def test_where_a_visitor_came_from(slug, query, headers, source):
    a_visitor().get(f"/s/{a_link().code}{slug}?{query}", headers=headers)
    assert Click.objects.get().source == source
