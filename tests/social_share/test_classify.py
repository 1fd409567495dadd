"""What kind of hit a request is."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from creatorhub.social_share.classify import classify
from creatorhub.social_share.clicks import device_of
from creatorhub.social_share.models import Click
from creatorhub.social_share.sources import in_app_of
from tests.factories.social_share import FIREFOX, INSTAGRAM, a_link, a_visitor

ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36"
CHROME = "(KHTML, like Gecko) Version/4.0 Chrome/124.0 Mobile Safari/537.36"
TIKTOK = f"{ANDROID} {CHROME} musical_ly_2023308040 Channel/googleplay BytedanceWebview/d8a21c6"
PIXEL = f"{ANDROID} {CHROME} Instagram 330.0 Android (34/14; Google/google; Pixel 8; shiba)"
CUBOT = f"Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 {CHROME}"
BING_APP = f"{ANDROID} {CHROME} BingSapphire/26.5"
PINTEREST = f"{ANDROID} {CHROME} [Pinterest/Android]"
SNAPCHAT = f"{ANDROID} {CHROME} Snapchat/12.60.0.33"
LINE = f"{ANDROID} {CHROME} Line/13.5.0/IAB"
FACEBOOK = f"{ANDROID} {CHROME} [FBAN/EMA;FBAV/400.0]"
WHATSAPP_INSIDE = f"{ANDROID} {CHROME} WhatsApp/2.24.1"


def verdict(user_agent: str, **headers: str) -> str:
    request = RequestFactory().get("/s/X", headers={"User-Agent": user_agent, **headers})
    return str(classify(request).klass)


@pytest.mark.parametrize(
    "user_agent",
    [
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",  # case 3
        "WhatsApp/2.23.20.0 A",  # case 4
        "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",  # case 9
        "TelegramBot (like TwitterBot)",
        "Twitterbot/1.0",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient)",
        "Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/)",
        "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
        "Pinterestbot/1.0 (+https://www.pinterest.com/bot.html)",
    ],
)
def test_cases_003_004_009_who_fetches_a_preview(user_agent):
    assert verdict(user_agent) == "preview"


@pytest.mark.parametrize(
    "user_agent",
    [
        INSTAGRAM,  # case 5
        TIKTOK,  # case 6
        CUBOT,  # case 7
        PIXEL,  # case 8
        BING_APP,
        PINTEREST,
        SNAPCHAT,
        LINE,
        FACEBOOK,
        WHATSAPP_INSIDE,
        FIREFOX,
    ],
)
def test_cases_005_to_008_people_inside_apps_are_people(user_agent):
    assert verdict(user_agent) == "human"


def test_case_009_tiktoks_preloading_is_prefetch():
    assert verdict("thirdLandingPageFeInfra/1.0") == "prefetch"


@pytest.mark.parametrize("user_agent", ["", "  ", "curl/8.5.0", "python-requests/2.32"])
def test_case_010_nobody_and_scripts_are_robots(user_agent):
    assert verdict(user_agent) == "bot"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
    ],
)
def test_case_011_loading_ahead_is_no_visit(headers):
    assert verdict(FIREFOX, **headers) == "prefetch"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "no-cors"},
    ],
)
def test_case_012_pictures_and_frames_stuff_no_cookies(headers):
    assert verdict(FIREFOX, **headers) == "suspicious"


def test_a_browser_that_navigates_is_a_person():
    headers = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
    assert verdict(FIREFOX, **headers) == "human"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("user_agent", "headers"),
    [
        ("", {}),
        ("curl/8.5.0", {}),
        (FIREFOX, {"Sec-Purpose": "prefetch"}),
        (FIREFOX, {"Sec-Fetch-Dest": "image"}),
    ],
)
def test_whatever_is_no_visit_is_recorded_led_on_and_carries_nothing(user_agent, headers):
    link = a_link()
    answer = a_visitor(user_agent).get(f"/s/{link.code}", headers=headers)
    assert answer.status_code == 302
    assert not answer.cookies
    assert Click.objects.get().klass != "human"


@pytest.mark.django_db
def test_case_005_the_app_and_device_are_remembered():
    a_visitor(INSTAGRAM).get(f"/s/{a_link().code}")
    click = Click.objects.get()
    assert (click.in_app, click.device, click.source) == ("instagram", "phone", "instagram")


def test_apps_and_devices_by_their_words():
    assert [in_app_of(agent) for agent in (TIKTOK, SNAPCHAT, FIREFOX)] == ["tiktok", "snapchat", ""]
    ipad = "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)"
    assert [device_of(agent) for agent in (TIKTOK, FIREFOX, ipad)] == [
        "phone",
        "computer",
        "tablet",
    ]


def test_an_endless_user_agent_is_read_only_so_far():
    assert verdict(f"{ANDROID} {CHROME} " + "x" * 60_000 + " Twitterbot/1.0") == "human"
