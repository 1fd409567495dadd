"""Changes to links."""

from __future__ import annotations

from django.db import transaction

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import now
from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.social_share.codes import new_code
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.subjects import Shared, shop_of_post

Target = ShareLink.Target


@transaction.atomic
def link_for(
    *,
    sharer: Party | None,
    listing: Listing | None = None,
    shop: Shop | None = None,
    post: PostPage | None = None,
) -> ShareLink:
    """The sharer's one link to exactly one listing, post or shop; made on first need.

    Without a sharer it is the shop's own link, for which nobody earns.
    """
    if listing is not None:
        where = {"target": Target.LISTING, "shop": listing.shop, "listing": listing}
    elif post is not None:
        where = {"target": Target.POST, "shop": shop_of_post(post), "post": post}
    elif shop is not None:
        where = {"target": Target.SHOP, "shop": shop}
    else:
        raise ValueError("a link leads to a listing, a post or a shop")
    link, _ = ShareLink.objects.get_or_create(
        sharer=sharer, **where, defaults={"code": new_code(), "created_at": now()}
    )
    return link


def link_to(*, sharer: Party | None, shared: Shared) -> ShareLink:
    """The sharer's one link to whatever can be shared."""
    if isinstance(shared, Listing):
        return link_for(sharer=sharer, listing=shared)
    if isinstance(shared, Shop):
        return link_for(sharer=sharer, shop=shared)
    return link_for(sharer=sharer, post=shared)


def disable_link(*, link: ShareLink) -> None:
    """From now on the link leads to its target without crediting anybody."""
    ShareLink.objects.filter(pk=link.pk, disabled_at=None).update(disabled_at=now())


def enable_link(*, link: ShareLink) -> None:
    """The link credits its sharer again."""
    ShareLink.objects.filter(pk=link.pk).update(disabled_at=None)
