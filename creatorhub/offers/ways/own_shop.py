"""Way 2: a shop of one's own, the one link for everything. It sells nothing by itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.offers.way import Way

OWN_SHOP = Way(
    key="own_shop",
    engine=None,
    name=_("Your own shop"),
    pitch=_("One address for your bio: your shop, your posts and everything you offer."),
    first_step=_("Open your shop"),
    icon="store",
)
