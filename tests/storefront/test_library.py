"""What was bought to keep: with and without an account, in short steps, also in parts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from creatorhub.foundation.clock import let_time_pass
from creatorhub.offers.models import Grant
from tests.factories.accounts import a_user
from tests.factories.offers import a_file
from tests.factories.sales import a_sale, refund
from tests.factories.shops import a_download_listing
from tests.factories.storefront import a_shopper

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 4


@pytest.fixture
def sale() -> Any:
    listing = a_download_listing(title="Planner")
    a_file(listing=listing, name="مخطط.pdf", content=CONTENT)
    return a_sale(listing, email="sara@example.com")


@pytest.fixture
def buyer() -> Client:
    return a_shopper()


def grant_url() -> str:
    return reverse("storefront:grant", args=[Grant.objects.get().token])


def file_url(buyer: Client) -> str:
    (link,) = buyer.get(grant_url()).context["files"]
    address = reverse("storefront:download", args=[Grant.objects.get().token, link.file.pk])
    return f"{address}?ticket={link.ticket}"


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_whoever_has_the_link_downloads_without_an_account(sale: Any, buyer: Client) -> None:
    answer = buyer.get(file_url(buyer))
    assert body_of(answer) == CONTENT
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_broken_download_goes_on_where_it_stopped(sale: Any, buyer: Client) -> None:
    url = file_url(buyer)
    part = buyer.get(url, headers={"range": "bytes=100-"})
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes 100-{len(CONTENT) - 1}/{len(CONTENT)}"
    assert body_of(part) == CONTENT[100:]
    beyond = buyer.get(url, headers={"range": f"bytes={len(CONTENT)}-"})
    assert beyond.status_code == 416


def test_an_old_link_to_a_file_leads_to_a_fresh_one(
    sale: Any, buyer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = file_url(buyer)
    monkeypatch.setattr("creatorhub.offers.access.downloads.TICKET_SECONDS", -1)
    assert buyer.get(url).url == grant_url()


@pytest.mark.parametrize("ticket", ["", "1-1", "1-1:abc:def"])
def test_a_forged_ticket_opens_nothing(sale: Any, buyer: Client, ticket: str) -> None:
    url = file_url(buyer).partition("?")[0]
    assert buyer.get(url, {"ticket": ticket}).url == grant_url()


def test_a_ticket_opens_its_own_file_only(sale: Any, buyer: Client) -> None:
    grant = Grant.objects.get()
    other = a_file(listing=grant.listing, name="other.pdf", content=b"other")
    first = buyer.get(grant_url()).context["files"][0]
    url = reverse("storefront:download", args=[grant.token, other.pk])
    assert buyer.get(url, {"ticket": first.ticket}).url == grant_url()


def test_what_was_given_back_is_closed_and_says_so(sale: Any, buyer: Client) -> None:
    url = file_url(buyer)
    refund(sale)
    assert buyer.get(url).url == grant_url()
    page = buyer.get(f"/en/library/{Grant.objects.get().token}/")
    assert "This was given back" in page.content.decode()
    assert page.context["files"] == []


def test_a_guessed_token_finds_nothing(sale: Any, buyer: Client) -> None:
    assert buyer.get("/en/library/guess/").status_code == 404
    assert buyer.get("/en/library/guess/1/").status_code == 404


def test_a_guests_purchase_is_claimed_by_the_same_verified_address(
    sale: Any, buyer: Client
) -> None:
    buyer.force_login(a_user(email="sara@example.com"))
    titles = [each.grant.listing.title for each in buyer.get("/en/library/").context["owned"]]
    assert titles == ["Planner"]


def test_another_address_claims_nothing(sale: Any, buyer: Client) -> None:
    buyer.force_login(a_user(email="sarah@example.com"))
    answer = buyer.get("/en/library/")
    assert answer.context["owned"] == []
    assert "Nothing here yet" in answer.content.decode()


def test_the_list_needs_an_account_and_the_link_does_not(sale: Any, buyer: Client) -> None:
    assert "/account/" in buyer.get("/en/library/").url
    let_time_pass(days=400)
    assert buyer.get(grant_url()).status_code == 200
