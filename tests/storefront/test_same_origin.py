"""Forms on pages without a token: ours pass, others must be confirmed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from oscar.apps.basket.models import Line

from creatorhub.shops.models import Listing
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> Listing:
    return a_published_listing()


def press(listing: Listing, **headers: str) -> int:
    browser = Client(enforce_csrf_checks=True, headers=headers)
    variant = listing.variants.get()
    answer = browser.post(reverse("storefront:basket_add"), {"variant": variant.pk})
    return int(answer.status_code)


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}]
)
def test_our_own_pages_need_no_token(listing: Listing, headers: dict[str, str]) -> None:
    assert press(listing, **headers) == 302
    assert Line.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {},
    ],
)
def test_everybody_else_is_asked_to_confirm(listing: Listing, headers: dict[str, str]) -> None:
    assert press(listing, **headers) == 200
    assert not Line.objects.exists()


def test_the_page_to_confirm_on_carries_a_token_that_works(listing: Listing) -> None:
    browser = Client(enforce_csrf_checks=True)
    variant = listing.variants.get()
    asked = browser.post(reverse("storefront:basket_add"), {"variant": variant.pk})
    token = asked.context["csrf_token"]
    browser.post(
        reverse("storefront:basket_add"),
        {"variant": variant.pk, "csrfmiddlewaretoken": str(token)},
    )
    assert Line.objects.count() == 1


def test_changing_a_basket_always_needs_the_token(listing: Listing) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    answer = browser.post(reverse("storefront:basket_change"), {"line": 1, "quantity": 0})
    assert answer.status_code == 403
