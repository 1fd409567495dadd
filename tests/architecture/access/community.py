"""Anyone may report what everyone can see."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    "community:report": Row(args=("=shop", "shop.pk"), get=Who.EVERYONE, post=Who.EVERYONE),
}
