"""Every network, in the order people see them. Adding one is a file and a line here."""

from __future__ import annotations

from creatorhub.social_share.channels import (
    bluesky,
    email,
    facebook,
    instagram,
    linkedin,
    mastodon,
    pinterest,
    qr,
    reddit,
    sms,
    snapchat,
    telegram,
    threads,
    tiktok,
    whatsapp,
    wtsocial,
    x,
    youtube,
)
from creatorhub.social_share.channels.channel import Channel

NETWORKS: tuple[Channel, ...] = (
    whatsapp.CHANNEL,
    instagram.CHANNEL,
    tiktok.CHANNEL,
    snapchat.CHANNEL,
    telegram.CHANNEL,
    x.CHANNEL,
    facebook.CHANNEL,
    youtube.CHANNEL,
    threads.CHANNEL,
    linkedin.CHANNEL,
    pinterest.CHANNEL,
    reddit.CHANNEL,
    bluesky.CHANNEL,
    mastodon.CHANNEL,
    wtsocial.CHANNEL,
    email.CHANNEL,
    sms.CHANNEL,
)
QR = qr.CHANNEL

_by_code = {channel.code: channel for channel in (*NETWORKS, QR)}
_by_key = {channel.key: channel for channel in (*NETWORKS, QR)}


def key_of(code: str) -> str:
    """The network's key for a link's two-letter code; nothing when no network has it."""
    channel = _by_code.get(code)
    return channel.key if channel else ""


def channel_of(key: str) -> Channel | None:
    """The network with this key, when it is one of ours."""
    return _by_key.get(key)
