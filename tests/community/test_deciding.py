"""Staff take down or keep; what is reported disappears or stays, and everyone is told why."""

from __future__ import annotations

import pytest
from django.test import Client

from creatorhub.community.errors import AlreadyDecidedError
from creatorhub.community.models import Report
from creatorhub.community.services import keep, report, take_down
from creatorhub.foundation.models import AuditEntry
from creatorhub.outbox.models import OutboxMessage
from creatorhub.shops.models import Listing, PostPage, Shop
from tests.factories.accounts import a_staff_user, a_user
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.storefront import a_post
from tests.shops.test_editors_keep_apart import post_data

pytestmark = pytest.mark.django_db


def a_report(target: Shop | Listing | PostPage, **facts: object) -> Report:
    wanted = {"reason": "counterfeit", "text": "", "email": "maker@example.com", "user": None}
    return report(target=target, **(wanted | facts))


def mails() -> dict[str, str]:
    return {
        message.payload["to"]: message.payload["text"]
        for message in OutboxMessage.objects.filter(topic="mail")
    }


def test_a_listing_is_taken_down_and_shop_and_reporter_hear_why() -> None:
    owner = a_user(name="Noor", language="en")
    listing = a_published_listing(shop=a_shop(owner=owner), title="Fake pen")
    staff = a_staff_user()

    decided = take_down(report=a_report(listing), actor=staff, note="It copies another maker.")

    listing.refresh_from_db()
    assert listing.state == Listing.State.TAKEN_DOWN
    assert (decided.state, decided.decided_by) == (Report.State.TAKEN_DOWN, staff)
    assert "It copies another maker." in mails()[owner.email]
    assert "It was taken down." in mails()["maker@example.com"]
    assert AuditEntry.objects.filter(action="report.taken_down", actor=staff).count() == 1


def test_a_post_leaves_the_shop() -> None:
    post = a_post(shop=a_shop())

    take_down(report=a_report(post), actor=a_staff_user(), note="Private pictures.")

    assert not PostPage.objects.get(pk=post.pk).live


def test_its_author_cannot_show_a_post_again_that_was_taken_down(client: Client) -> None:
    shop = a_shop()
    author = shop.owner.user
    assert author is not None
    post = a_post(shop=shop)
    take_down(report=a_report(post), actor=a_staff_user(), note="Private pictures.")
    client.force_login(author)

    again = client.post(f"/en/studio/shop/posts/{post.pk}/", {"body": "The same", "title": "Same"})
    assert "took this post down" in again.content.decode()
    client.get(f"/cms/pages/{post.pk}/unlock/")
    client.post(f"/cms/pages/{post.pk}/unlock/")
    client.post(f"/cms/pages/{post.pk}/edit/", post_data())
    client.post(f"/cms/bulk/wagtailcore/page/publish/?id={post.pk}&next=/")

    kept = PostPage.objects.get(pk=post.pk)
    assert (kept.live, kept.locked) == (False, True)
    draft = {"body": "Another", "title": "Another", "do": "draft"}
    assert client.post(f"/en/studio/shop/posts/{post.pk}/", draft).status_code == 302


def test_a_whole_shop_is_hidden() -> None:
    shop = a_shop()

    take_down(report=a_report(shop), actor=a_staff_user(), note="Everything is fake.")

    shop.refresh_from_db()
    assert not shop.is_visible


def test_what_is_kept_stays_and_only_the_reporter_is_told() -> None:
    listing = a_published_listing()

    keep(report=a_report(listing), actor=a_staff_user(), note="It is their own work.")

    listing.refresh_from_db()
    assert listing.state == Listing.State.PUBLISHED
    assert set(mails()) == {"maker@example.com"}


def test_one_decision_answers_everyone_who_reported_the_same() -> None:
    listing = a_published_listing()
    first, second = a_report(listing), a_report(listing, email="second@example.com")
    other = a_report(a_published_listing(), email="other@example.com")

    take_down(report=first, actor=a_staff_user(), note="A copy.")

    second.refresh_from_db()
    other.refresh_from_db()
    assert (second.state, other.state) == ("taken_down", "open")
    assert "second@example.com" in mails()
    assert "other@example.com" not in mails()


def test_a_second_decision_is_refused() -> None:
    filed = a_report(a_published_listing())
    keep(report=filed, actor=a_staff_user(), note="Fine.")

    with pytest.raises(AlreadyDecidedError):
        take_down(report=filed, actor=a_staff_user(), note="Not fine.")
