"""Where a visitor came from. Explicit words win over hints.

Order: channel of the link, UTM, click ids, referrer, in-app browser, direct.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from creatorhub.social_share.channels import registry

DIRECT = "direct"
OTHER = "other"


@cache
def _map() -> Mapping[str, Any]:
    path = Path(__file__).with_name("sources.yaml")
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def source_of(*, channel: str, query: Mapping[str, str], referrer: str, user_agent: str) -> str:
    """The normalised source: a network's key, `qr`, another known word, `other` or `direct`.

    `channel` is the two-letter code in the link; an unknown one counts as none.
    """
    return (
        registry.key_of(channel)
        or _from_utm(query.get("utm_source", ""))
        or _from_click_ids(query)
        or _from_referrer(referrer)
        or in_app_of(user_agent)
        or DIRECT
    )


def in_app_of(user_agent: str) -> str:
    """The app whose built-in browser this is, or nothing."""
    for app, words in _map()["apps"].items():
        if any(word in user_agent for word in words):
            return str(app)
    return ""


def host_of(referrer: str) -> str:
    """The host that referred, or an Android app's package, at most 120 characters."""
    try:
        return (urlsplit(referrer).hostname or "")[:120]
    except ValueError:
        return ""


def _from_utm(word: str) -> str:
    word = word.strip().lower()
    return word if word in _map()["hosts"] else ""


def _from_click_ids(query: Mapping[str, str]) -> str:
    for name, source in _map()["click_ids"].items():
        if name in query:
            return str(source)
    return ""


def _from_referrer(referrer: str) -> str:
    host = host_of(referrer)
    if not host:
        return ""
    if referrer.startswith("android-app:"):
        packages = {package: source for source, package in _map()["packages"].items()}
        return str(packages.get(host, OTHER))
    for source, hosts in reversed(_map()["hosts"].items()):
        if any(host == known or host.endswith(f".{known}") for known in hosts):
            return str(source)
    return OTHER
