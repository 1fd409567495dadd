"""Everything a person needs to share something: address, QR code, captions, networks.

Plain addresses only: no script of a network, no counter, nothing asked of anybody.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from django.urls import reverse
from django.utils.functional import Promise

from creatorhub.social_share.addresses import url_of
from creatorhub.social_share.captions import Caption, captions_of
from creatorhub.social_share.channels import registry
from creatorhub.social_share.channels.channel import ShareText
from creatorhub.social_share.head import picture_url_of
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.subjects import Shared, Subject, subject_of


@dataclass(frozen=True, slots=True)
class KitChannel:
    """One network in the kit: an address to open, or words on what to paste."""

    key: str
    name: str | Promise
    icon: str
    href: str | None
    takes: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class ShareKit:
    """What the share page and the share component show."""

    link: ShareLink
    subject: Subject
    url: str
    captions: tuple[Caption, ...]
    channels: tuple[KitChannel, ...]

    @property
    def qr_svg(self) -> str:
        return qr_svg(url_of(self.link, registry.QR.code))

    @property
    def qr_path(self) -> str:
        return reverse("social_share:qr", args=[self.link.code])

    @property
    def caption(self) -> Caption:
        """The caption in the language asked for."""
        return self.captions[0]

    @property
    def intents(self) -> list[KitChannel]:
        return [channel for channel in self.channels if channel.href]

    @property
    def pasted(self) -> list[KitChannel]:
        return [channel for channel in self.channels if not channel.href]

    @property
    def whatsapp(self) -> KitChannel:
        return next(channel for channel in self.channels if channel.key == "whatsapp")


def share_kit(link: ShareLink, shared: Shared, language: str) -> ShareKit:
    """The kit of a link to something, captions in `language` first and then in the others."""
    subject = subject_of(shared)
    captions = captions_of(subject, is_sponsored=link.is_sponsored, first=language)
    picture_url = picture_url_of(subject)
    channels = []
    for channel in registry.NETWORKS:
        url = url_of(link, channel.code)
        text = ShareText(url, subject.title, captions[0].text, picture_url)
        channels.append(
            KitChannel(
                channel.key, channel.name, channel.icon, channel.url_for(text), channel.takes, url
            )
        )
    return ShareKit(link, subject, url_of(link), captions, tuple(channels))


def qr_svg(url: str) -> str:
    """A QR code that stands 15 % damage, drawn in the colour of the text around it."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, dark="#1c1a17", light="#ffffff", omitsize=True
    )
    return out.getvalue().decode()
