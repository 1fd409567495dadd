"""What kind of hit a request is. Every hit is recorded, only a person's visit may earn.

Base list: crawler-user-agents. Broad words ("bot", "google", "bing") are never matched: they
class TikTok on Android, Cubot phones and the Bing app as robots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from django.http import HttpRequest

from creatorhub.social_share.models import Click

Klass = Click.Klass

# Those who fetch a link to show a preview of it, and get the preview. Networks' own apps
# (Pinterest, Instagram, FBAN, Line/, Snapchat) are people and never listed here.
PREVIEWERS = (
    r"facebookexternalhit|Facebot|meta-externalfetcher|Twitterbot|^WhatsApp/|TelegramBot|"
    r"Discordbot|Slackbot|Slack-ImgProxy|LinkedInBot|SkypeUriPreview|Mastodon/|Pleroma|Akkoma|"
    r"Misskey|Sharkey|Friendica|Lemmy/|Pinterestbot|redditbot|vkShare|Snap URL Preview|Iframely|"
    r"Embedly|GoogleMessages|Google-PageRenderer|Viber(?!/\S+ Mobile)|Bluesky Cardyb|Applebot|"
    r"Synapse \(bot|matrix-media-repo|Zoombot|MicrosoftPreview|BingPreview|WT\.Social"
)
# TikTok's own pre-loading of landing pages.
PREFETCHERS = "thirdLandingPageFeInfra"
# In the base list, yet also inside the user agents of apps with people in them.
NOT_ROBOTS = frozenset({"WhatsApp"})
# Browsers stay below; hundreds of patterns on a long one, and all of them kept, cost too much.
LONGEST_USER_AGENT = 1000
PREFETCH_HEADERS = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
PREFETCH_WORDS = ("prefetch", "preview", "prerender")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A class and the reason for it."""

    klass: Click.Klass
    reason: str = ""

    @property
    def is_visit(self) -> bool:
        """A person came here: only such a hit may be remembered by the visitor's cookie."""
        return self.klass in (Klass.HUMAN, Klass.DUPLICATE)


def classify(request: HttpRequest) -> Verdict:
    """The class of a hit by its request alone; who the visitor is to the link comes later."""
    return (
        _by_user_agent(request.headers.get("User-Agent", "")[:LONGEST_USER_AGENT])
        or _by_prefetch(request)
        or _by_navigation(request)
        or Verdict(Klass.HUMAN)
    )


@lru_cache(maxsize=4096)
def _by_user_agent(user_agent: str) -> Verdict | None:
    if not user_agent.strip():
        return Verdict(Klass.BOT, "empty_user_agent")
    previewer = re.search(PREVIEWERS, user_agent)
    if previewer:
        return Verdict(Klass.PREVIEW, previewer[0].rstrip("/")[:60])
    if PREFETCHERS in user_agent:
        return Verdict(Klass.PREFETCH, PREFETCHERS)
    robot = _robots().search(user_agent)
    return Verdict(Klass.BOT, robot[0][:60]) if robot else None


@cache
def _robots() -> re.Pattern[str]:
    patterns = [entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA]
    return re.compile("|".join(pattern for pattern in patterns if pattern not in NOT_ROBOTS))


def _by_prefetch(request: HttpRequest) -> Verdict | None:
    for header in PREFETCH_HEADERS:
        if any(word in request.headers.get(header, "").lower() for word in PREFETCH_WORDS):
            return Verdict(Klass.PREFETCH, header.lower())
    return None


def _by_navigation(request: HttpRequest) -> Verdict | None:
    """Only a page somebody navigates to is a visit; a picture or frame is stuffing."""
    for header, wanted in (("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Mode", "navigate")):
        value = request.headers.get(header, wanted)
        if value != wanted:
            return Verdict(Klass.SUSPICIOUS, f"{header.lower()}:{value}"[:60])
    return None
