"""Changing what a shop says about itself, how it ships, and its handle."""

from __future__ import annotations

import datetime as dt
from typing import IO, Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from creatorhub.accounts.models import User
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.money import Money, MoneyError
from creatorhub.shops.handles import HandleError, check_handle, skeleton
from creatorhub.shops.models import HandleHistory, Shop
from creatorhub.shops.services.add_picture import keep_image

HANDLE_KEPT_FOR = dt.timedelta(days=180)
LONGEST_REFUND_WINDOW_DAYS = 90
REFUND_WORDS_LENGTH = 1000
_WORDS = frozenset({"name", "tagline", "brand_colour", "language"})


class ShopError(ValueError):
    """A change a shop cannot make. The message is a sentence for its owner."""


@transaction.atomic
def change_shop(*, shop: Shop, actor: User | None, **words: Any) -> Shop:
    """Change name, tagline, colour or language. A changed name drops the verified mark."""
    if unknown := words.keys() - _WORDS:
        raise TypeError(f"a shop has no {', '.join(sorted(unknown))} to change here")
    if "name" in words and words["name"].strip() != shop.name and shop.verified_at:
        shop.verified_at = None
        record(action="shop.unverified", subject=f"shop:{shop.pk}", actor=actor, was=shop.name)
    for name, value in words.items():
        setattr(shop, name, value.strip())
    shop.clean_fields(exclude=["handle"])
    shop.save(update_fields=[*words, "verified_at"])
    if "name" in words:
        shop.partner.name = shop.name
        shop.partner.save(update_fields=["name"])
        Page.objects.filter(pk=shop.page.pk).update(title=shop.name, draft_title=shop.name)
    return shop


@transaction.atomic
def change_shipping(
    *, shop: Shop, flat: Money, free_above: Money | None, ship_within_days: int
) -> Shop:
    """What sending costs a buyer, and by when it leaves. Open orders keep what they were told."""
    for amount in (flat, free_above):
        if amount is not None and (amount.currency != shop.currency or amount.minor < 0):
            raise MoneyError(f"{amount} cannot be a shipping price in {shop.currency}")
    shop.shipping_flat_minor = flat.minor
    shop.shipping_free_above_minor = free_above.minor if free_above else None
    shop.ship_within_days = ship_within_days
    shop.save(
        update_fields=["shipping_flat_minor", "shipping_free_above_minor", "ship_within_days"]
    )
    return shop


@transaction.atomic
def change_refund_window(*, shop: Shop, days: int, actor: User | None) -> Shop:
    """How long buyers may send something back; never less than the market promises."""
    least = policy().refund_window_days
    if not least <= days <= LONGEST_REFUND_WINDOW_DAYS:
        raise ShopError(
            _("Choose between %(least)s and %(most)s days: the market promises the first.")
            % {"least": least, "most": LONGEST_REFUND_WINDOW_DAYS}
        )
    record(
        action="shop.refund_window",
        subject=f"shop:{shop.pk}",
        actor=actor,
        before=shop.refund_window_days,
        after=days,
    )
    shop.refund_window_days = days
    shop.save(update_fields=["refund_window_days"])
    return shop


@transaction.atomic
def change_refund_policy(
    *, shop: Shop, days: int, words: str, with_shipping: bool, actor: User | None
) -> Shop:
    """How this shop gives money back, shown before buying; orders keep what they were sold under.

    `words` add to the market's promise and never take from it.
    """
    change_refund_window(shop=shop, days=days, actor=actor)
    words = words.strip()[:REFUND_WORDS_LENGTH]
    record(
        action="shop.refund_policy",
        subject=f"shop:{shop.pk}",
        actor=actor,
        before={"words": shop.refund_words, "with_shipping": shop.refunds_shipping},
        after={"words": words, "with_shipping": with_shipping},
    )
    shop.refund_words, shop.refunds_shipping = words, with_shipping
    shop.save(update_fields=["refund_words", "refunds_shipping"])
    return shop


@transaction.atomic
def change_handle(*, shop: Shop, handle: str, actor: User | None) -> Shop:
    """A new address; the old one leads here and is nobody else's for 180 days. HandleError."""
    shop = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
    handle = check_handle(handle=handle, shop=shop)
    if handle == shop.handle:
        return shop
    was = shop.handle
    HandleHistory.objects.filter(handle__in=[was, handle]).delete()
    HandleHistory.objects.create(
        handle=was,
        handle_skeleton=shop.handle_skeleton,
        shop=shop,
        reserved_until=now() + HANDLE_KEPT_FOR,
    )
    shop.handle, shop.handle_skeleton = handle, skeleton(handle)
    try:
        with transaction.atomic():
            shop.save(update_fields=["handle", "handle_skeleton"])
    except IntegrityError as error:
        raise HandleError(_("This name has just been taken. Choose another one.")) from error
    record(action="shop.renamed", subject=f"shop:{shop.pk}", actor=actor, before=was, after=handle)
    return shop


@transaction.atomic
def set_face(*, shop: Shop, part: str, file: File[bytes] | IO[bytes] | bytes | None) -> Shop:
    """A new avatar or cover (`part`), or none. PictureError when the file is no picture."""
    if part not in ("avatar", "cover"):
        raise TypeError(f"a shop has no {part}")
    old = getattr(shop, part)
    setattr(shop, part, keep_image(shop=shop, file=file, title=shop.name) if file else None)
    shop.save(update_fields=[part])
    if old is not None:
        old.delete()
    return shop
