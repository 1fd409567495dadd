"""Anyone can say that something should not be here; nobody can flood the desk with it."""

from __future__ import annotations

import pytest
from django.test import Client

from creatorhub.community.models import Report
from tests.factories.shops import a_listing, a_published_listing
from tests.factories.storefront import a_post

pytestmark = pytest.mark.django_db


def page(kind: str, pk: int, language: str = "en") -> str:
    return f"/{language}/report/{kind}/{pk}/"


def test_a_visitor_reports_a_product(client: Client) -> None:
    listing = a_published_listing(title="Fake pen")

    answer = client.post(
        page("listing", listing.pk),
        {"reason": "counterfeit", "text": "  I made it. ", "email": "Maker@Example.com"},
    )

    report = Report.objects.get()
    assert answer.status_code == 200
    assert (report.listing, report.shop, report.state) == (listing, listing.shop, "open")
    assert (report.text, report.reporter_email) == ("I made it.", "maker@example.com")


def test_a_shop_and_a_post_can_be_reported_too(client: Client) -> None:
    listing = a_published_listing()
    post = a_post(shop=listing.shop)

    client.post(page("shop", listing.shop.pk), {"reason": "other"})
    client.post(page("post", post.pk), {"reason": "hateful"})

    of_post, of_shop = Report.objects.order_by("-pk")
    assert (of_shop.listing, of_shop.post) == (None, None)
    assert (of_post.post, of_post.shop) == (post, listing.shop)


def test_without_a_reason_it_asks_and_keeps_the_words(client: Client) -> None:
    listing = a_published_listing()

    answer = client.post(page("listing", listing.pk), {"text": "Something is wrong here"})

    assert "Choose what is wrong." in answer.content.decode()
    assert "Something is wrong here" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_page_exists_in_arabic(client: Client) -> None:
    listing = a_published_listing()

    answer = client.get(page("listing", listing.pk, "ar"))

    assert 'dir="rtl"' in answer.content.decode()


@pytest.mark.parametrize("kind", ["listing", "shop", "post", "nothing"])
def test_what_nobody_sees_cannot_be_reported(client: Client, kind: str) -> None:
    draft = a_listing()
    draft.shop.state = draft.shop.State.CLOSED
    draft.shop.save()
    pk = draft.shop.pk if kind == "shop" else draft.pk

    assert client.get(page(kind, pk)).status_code == 404


def test_the_eleventh_report_of_a_day_is_asked_to_come_back(client: Client) -> None:
    listing = a_published_listing()
    answers = [
        client.post(page("listing", listing.pk), {"reason": "other"}).status_code for _ in range(11)
    ]

    assert answers == [200] * 10 + [429]
    assert Report.objects.count() == 10
