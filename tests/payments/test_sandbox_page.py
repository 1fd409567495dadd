"""The hosted page: pay, be declined, confirm with the bank, or walk away."""

from __future__ import annotations

import pytest
from django.conf import settings as live

from creatorhub.payments.models import SandboxCheckout, SandboxEvent, WebhookEvent
from creatorhub.payments.sandbox import provider
from creatorhub.payments.services import status_of
from tests.factories.payments import an_open_page, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt():
    return an_open_page()


def test_it_says_what_is_paid_and_that_the_money_is_not_real(client, attempt) -> None:
    page = client.get(attempt.page_url)
    assert page.status_code == 200
    for words in ("Sandbox – no real money", "SAR\u00a079", "Content planner", "buyer@example.org"):
        assert words in page.content.decode()


def test_paying_leads_back_and_tells_the_market(client, attempt) -> None:
    answer = client.post(attempt.page_url, {"card": "works"})
    assert (answer.status_code, answer["Location"]) == (303, "/en/done/")
    assert status_of(attempt=attempt).state == "paid"
    event = WebhookEvent.objects.get()
    assert (event.type, event.payload["reference"]) == ("checkout.paid", attempt.reference)


def test_paying_twice_charges_once(client, attempt) -> None:
    client.post(attempt.page_url, {"card": "works"})
    payment = page_of(attempt).payment_id
    answer = client.post(attempt.page_url, {"card": "works"})
    assert answer["Location"] == "/en/done/"
    assert client.get(attempt.page_url)["Location"] == "/en/done/"
    assert provider.pay(public_id=attempt.provider_id).payment_id == payment
    assert SandboxEvent.objects.count() == 1


def test_a_declined_card_says_so_and_can_be_changed(client, attempt) -> None:
    page = client.post(attempt.page_url, {"card": "declined"})
    assert page.status_code == 200
    assert "Nothing was charged" in page.content.decode()
    assert 'value="declined" checked' in page.content.decode()
    assert page_of(attempt).state == SandboxCheckout.State.OPEN
    client.post(attempt.page_url, {"card": "works"})
    assert page_of(attempt).state == SandboxCheckout.State.PAID


@pytest.mark.parametrize("card", ["", "stolen"])
def test_no_card_is_asked_for_again(client, attempt, card) -> None:
    page = client.post(attempt.page_url, {"card": card})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert page_of(attempt).state == SandboxCheckout.State.OPEN


def test_a_bank_that_asks_is_answered_before_anything_is_paid(client, attempt) -> None:
    asked = client.post(attempt.page_url, {"card": "asks"}, follow=True)
    assert "Your bank asks" in asked.content.decode()
    assert page_of(attempt).state == SandboxCheckout.State.OPEN
    confirm = f"{attempt.page_url}confirm/"
    refused = client.post(confirm, {"answer": "no"})
    assert "You did not confirm" in refused.content.decode()
    assert page_of(attempt).state == SandboxCheckout.State.OPEN
    paid = client.post(confirm, {"answer": "yes"})
    assert (paid.status_code, paid["Location"]) == (303, "/en/done/")
    assert client.get(confirm)["Location"] == attempt.page_url


def test_walking_away_leads_back_and_leaves_the_page_open(client, attempt) -> None:
    answer = client.post(f"{attempt.page_url}leave/")
    assert (answer.status_code, answer["Location"]) == (303, "/en/basket/")
    assert page_of(attempt).state == SandboxCheckout.State.OPEN
    assert client.get(f"{attempt.page_url}leave/").status_code == 405


def test_a_closed_page_says_what_happened_and_cannot_be_paid(client, attempt) -> None:
    provider.close_page(public_id=attempt.provider_id)
    page = client.post(attempt.page_url, {"card": "works"})
    assert page.status_code == 410
    assert "This payment page has closed" in page.content.decode()
    assert "/en/basket/" in page.content.decode()
    assert page_of(attempt).state == SandboxCheckout.State.EXPIRED


def test_addresses_of_this_instance_are_followed_by_path(client, attempt) -> None:
    checkout = page_of(attempt)
    checkout.request["success_url"] = f"{live.BASE_URL}/en/done/?a=1"
    checkout.request["cancel_url"] = live.BASE_URL
    checkout.save()
    assert client.post(f"{attempt.page_url}leave/")["Location"] == "/"
    assert client.post(attempt.page_url, {"card": "works"})["Location"] == "/en/done/?a=1"


def test_the_page_is_not_here_where_the_sandbox_is_switched_off(client, attempt, settings) -> None:
    settings.PAYMENT_GATEWAYS = []
    assert client.get(attempt.page_url).status_code == 404


@pytest.mark.parametrize("token", ["page_nobody", "%00", "a" * 4000, "صفحة"])
def test_a_page_nobody_made_is_not_here(client, token) -> None:
    assert client.get(f"/en/sandbox/pay/{token}/").status_code == 404
