"""A QR code on paper or on a screen: not a network, and still a way people come."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel

CHANNEL = Channel("qr", "qr", _("QR code"), "qr-code")
