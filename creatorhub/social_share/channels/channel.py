"""What every network's file says about its network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class ShareText:
    """What is shared. `caption` starts with its disclosure and does not contain the address."""

    url: str
    title: str
    caption: str
    picture_url: str = ""

    @property
    def caption_with_url(self) -> str:
        return f"{self.caption}\n{self.url}"


@dataclass(frozen=True, slots=True)
class Channel:
    """A network: `key` names it in rows, `code` ends its variant of a link.

    `compose` makes the network's own address for sharing; None where a network offers none and
    people paste the caption and picture instead. `takes` says in words what to paste.
    """

    key: str
    code: str
    name: str | Promise
    icon: str
    compose: Callable[[ShareText], str] | None = None
    takes: str | Promise = ""

    def url_for(self, share: ShareText) -> str | None:
        return self.compose(share) if self.compose else None


def encode(text: str) -> str:
    """Percent-encode everything: `&`, `#`, `%`, line ends, emoji and Arabic alike (UTF-8)."""
    return quote(text, safe="")
