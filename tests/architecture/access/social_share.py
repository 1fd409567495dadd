"""Links, codes and cards are for everybody; what they earn is not among these pages."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    "social_share:link": Row(args=("link.code",), get=Who.EVERYONE),
    "social_share:qr": Row(args=("link.code",), get=Who.EVERYONE),
    "social_share:card": Row(args=("card.key",), get=Who.EVERYONE),
}
