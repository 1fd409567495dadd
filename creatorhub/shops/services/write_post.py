"""Posts from the studio's composer: a Wagtail page under the shop's page."""

from __future__ import annotations

import secrets
from typing import IO

from django.core.files.base import File
from django.db import transaction
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from wagtail.images.models import Image
from wagtail.models import Page

from creatorhub.accounts.models import User
from creatorhub.foundation.clock import now
from creatorhub.foundation.rich_text import clean_html, plain_text
from creatorhub.shops.languages import language_of
from creatorhub.shops.models import Listing, PostPage, Shop, ShopPage
from creatorhub.shops.services.add_picture import keep_image


class PostError(ValueError):
    """A post that cannot be written. The message is a sentence for its author."""


@transaction.atomic
def write_post(
    *,
    shop: Shop,
    title: str,
    body: str,
    author: User | None,
    picture: File[bytes] | IO[bytes] | bytes | Image | None = None,
    listing: Listing | None = None,
    language: str | None = None,
    is_live: bool = True,
) -> PostPage:
    """A post, live at once unless told otherwise. `body` is HTML. PictureError, PostError.

    Without a title the first words of the text become one.
    """
    _refuse_foreign(shop, listing)
    parent = ShopPage.objects.select_for_update().get(shop=shop)
    text = clean_html(body)
    title = _title(title, text)
    post = PostPage(
        title=title,
        slug=_free_slug(parent, title),
        owner=author,
        language=language or language_of(plain_text(text), shop.language),
        body=text,
        picture=_image(shop, picture, title),
        listing=listing,
        live=False,
    )
    parent.add_child(instance=post)
    _save(post, author, is_live=is_live)
    return post


@transaction.atomic
def update_post(
    *,
    post: PostPage,
    shop: Shop,
    title: str,
    body: str,
    author: User | None,
    picture: File[bytes] | IO[bytes] | bytes | Image | None = None,
    keep_picture: bool = True,
    listing: Listing | None = None,
    is_live: bool = True,
) -> PostPage:
    """Change a post's words, picture and product; `keep_picture` False takes the old one away.

    PictureError; PostError also when staff took the post down and it would be shown again.
    """
    _refuse_foreign(shop, listing)
    if is_live and post.locked:
        raise PostError(_("The market's staff took this post down. Write to them about it."))
    post.body = clean_html(body)
    post.title = post.draft_title = _title(title, post.body)
    post.listing = listing
    if picture is not None:
        post.picture = _image(shop, picture, post.title)
    elif not keep_picture:
        post.picture = None
    _save(post, author, is_live=is_live)
    return post


@transaction.atomic
def take_down_post(*, post: PostPage, actor: User) -> None:
    """Staff hide a post. Wagtail's lock keeps its author from showing it again, here and there."""
    post.unpublish(user=actor)
    post.refresh_from_db()
    post.locked, post.locked_by, post.locked_at = True, actor, now()
    post.save(update_fields=["locked", "locked_by", "locked_at"])


@transaction.atomic
def delete_post(*, post: PostPage) -> None:
    """Take a post away. Links to it lead to its shop from now on."""
    ShopPage.objects.select_for_update().filter(pk=post.get_parent().pk).first()
    post.delete()


def _save(post: PostPage, author: User | None, *, is_live: bool) -> None:
    is_first = post.first_published_at is None
    revision = post.save_revision(user=author)
    if is_live:
        revision.publish(user=author)
        if is_first:  # Wagtail writes real time; the market's clock can be virtual.
            Page.objects.filter(pk=post.pk).update(first_published_at=now())
        post.refresh_from_db()
    elif post.live:
        post.unpublish(user=author)


def _refuse_foreign(shop: Shop, listing: Listing | None) -> None:
    if listing is not None and listing.shop_id != shop.pk:
        raise PostError(_("Choose one of your own products."))


def _title(title: str, body: str) -> str:
    title = " ".join(title.split())[:200]
    if title:
        return title
    words = plain_text(body).strip()
    if not words:
        raise PostError(_("Write something first."))
    return Truncator(words.splitlines()[0]).words(9, truncate="…")[:200]


def _free_slug(parent: ShopPage, title: str) -> str:
    stem = slugify(title, allow_unicode=True)[:80].strip("-_") or secrets.token_hex(4)
    taken = set(
        Page.objects.child_of(parent).filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    if stem not in taken:
        return stem
    return next(slug for number in range(2, 10_000) if (slug := f"{stem}-{number}") not in taken)


def _image(
    shop: Shop, picture: File[bytes] | IO[bytes] | bytes | Image | None, title: str
) -> Image | None:
    if picture is None or isinstance(picture, Image):
        return picture
    return keep_image(shop=shop, file=picture, title=title)
