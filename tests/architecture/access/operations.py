"""Addresses for machines, and the sign-in addresses of the guests."""

from __future__ import annotations

from tests.architecture.access import Row, Who

TO_SIGN_IN = frozenset({301, 302})

ROWS = {
    "operations:livez": Row(get=Who.EVERYONE),
    "operations:readyz": Row(get=Who.EVERYONE),
    "operations:robots": Row(get=Who.EVERYONE),
    "operations:media": Row(args=("=absent.webp",), get=Who.EVERYONE, answers=frozenset({404})),
    "look:part": Row(args=("=shopper",), get=Who.EVERYONE),
    "cms/login/": Row(get=Who.EVERYONE, post=Who.EVERYONE, answers=TO_SIGN_IN),
    "admin/login/": Row(get=Who.EVERYONE, post=Who.EVERYONE, answers=TO_SIGN_IN),
    "accounts/login/": Row(get=Who.EVERYONE, post=Who.EVERYONE, answers=TO_SIGN_IN),
    "dashboard/login/": Row(get=Who.EVERYONE, post=Who.EVERYONE, answers=TO_SIGN_IN),
}
