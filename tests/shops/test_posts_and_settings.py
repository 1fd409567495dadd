"""Posts from the composer, and what a shop may change about itself."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.audit import AuditEntry
from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.pictures import PictureError
from creatorhub.money import Money, MoneyError
from creatorhub.shops.handles import HandleError
from creatorhub.shops.models import PostPage
from creatorhub.shops.selectors import find_post, find_shop, posts_of_shop, shop_of_old_handle
from creatorhub.shops.services.change_shop import (
    ShopError,
    change_handle,
    change_refund_window,
    change_shipping,
    change_shop,
    set_face,
)
from creatorhub.shops.services.write_post import PostError, delete_post, update_post, write_post
from tests.factories.shops import a_published_listing, a_shop, picture_bytes

pytestmark = pytest.mark.django_db


def test_a_post_is_out_at_once_with_a_title_from_its_first_words() -> None:
    shop = a_shop()
    moment = dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)
    with travel_to(moment):
        post = write_post(
            shop=shop,
            title="",
            body="<p>How we make <script>x</script>bracelets</p><p>More</p>",
            author=shop.owner.user,
            picture=picture_bytes(),
            listing=a_published_listing(shop=shop),
        )

    assert (post.title, post.live) == ("How we make bracelets", True)
    assert post.first_published_at == moment
    assert post.picture.collection == shop.collection
    assert find_post(handle=shop.handle, slug=post.slug) == post
    assert "script" not in post.body


def test_drafts_stay_inside_and_can_go_out_later() -> None:
    shop = a_shop()
    post = write_post(shop=shop, title="Soon", body="<p>x</p>", author=None, is_live=False)
    assert not posts_of_shop(shop).exists()
    assert posts_of_shop(shop, live_only=False).get() == post

    words = {"post": post, "shop": shop, "title": "Now", "body": "<p>y</p>", "author": None}
    update_post(**words)
    assert find_post(handle=shop.handle, slug="soon") is not None
    update_post(**words, is_live=False)
    assert not posts_of_shop(shop).exists()
    delete_post(post=PostPage.objects.get(pk=post.pk))
    assert not PostPage.objects.exists()


def test_two_posts_of_one_title_have_two_addresses() -> None:
    shop = a_shop()
    slugs = [write_post(shop=shop, title="مرحبا", body="x", author=None).slug for _n in range(2)]

    assert slugs == ["مرحبا", "مرحبا-2"]


def test_a_post_without_words_or_with_foreign_goods_is_refused() -> None:
    shop = a_shop()
    with pytest.raises(PostError):
        write_post(shop=shop, title=" ", body="<p> </p>", author=None)
    with pytest.raises(PostError):
        write_post(shop=shop, title="x", body="x", author=None, listing=a_published_listing())
    with pytest.raises(PictureError):
        write_post(shop=shop, title="x", body="x", author=None, picture=b"<svg/>")


def test_an_old_handle_leads_here_for_180_days_and_is_nobody_elses() -> None:
    shop = a_shop(handle="first.name")
    change_handle(shop=shop, handle="second-place", actor=None)

    assert find_shop(handle="first.name") is None
    assert shop_of_old_handle(handle="first.name") == shop
    with pytest.raises(HandleError):
        a_shop(handle="first-name")
    with travel_to(now() + dt.timedelta(days=181)):
        assert shop_of_old_handle(handle="first.name") is None
        assert a_shop(handle="first-name")


def test_one_may_go_back_to_ones_own_old_handle() -> None:
    shop = a_shop(handle="first.name")
    renamed = change_handle(shop=shop, handle="second-place", actor=None)
    again = change_handle(shop=renamed, handle="first.name", actor=None)

    assert again.handle == "first.name"
    assert change_handle(shop=again, handle="first.name", actor=None).old_handles.count() == 1
    with pytest.raises(HandleError):
        change_handle(shop=again, handle="admin", actor=None)


def test_a_new_name_loses_the_verified_mark_and_renames_seller_and_page() -> None:
    shop = a_shop()
    shop.verified_at = now()
    shop.save()
    change_shop(shop=shop, actor=None, name="Somebody famous", tagline="x", brand_colour="#a81c54")

    shop.refresh_from_db()
    assert shop.verified_at is None
    assert (shop.partner.name, shop.page.title) == ("Somebody famous", "Somebody famous")
    assert AuditEntry.objects.filter(action="shop.unverified").exists()
    with pytest.raises(TypeError):
        change_shop(shop=shop, actor=None, currency="USD")


def test_shipping_and_returns_have_their_bounds() -> None:
    shop = a_shop()
    change_shipping(
        shop=shop, flat=Money(2500, "SAR"), free_above=Money(30_000, "SAR"), ship_within_days=3
    )
    assert (shop.shipping_flat, shop.shipping_free_above) == (
        Money(2500, "SAR"),
        Money(30_000, "SAR"),
    )
    with pytest.raises(MoneyError):
        change_shipping(shop=shop, flat=Money(1, "USD"), free_above=None, ship_within_days=3)
    assert change_refund_window(shop=shop, days=30, actor=None).refund_window_days == 30
    for days in (3, 400):
        with pytest.raises(ShopError):
            change_refund_window(shop=shop, days=days, actor=None)


def test_a_face_is_cleaned_replaced_and_taken_away() -> None:
    shop = set_face(shop=a_shop(), part="avatar", file=picture_bytes())
    first = shop.avatar
    set_face(shop=shop, part="avatar", file=picture_bytes())
    assert shop.avatar != first
    assert set_face(shop=shop, part="avatar", file=None).avatar is None
    with pytest.raises(PictureError):
        set_face(shop=shop, part="cover", file=b"nothing")
