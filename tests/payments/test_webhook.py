"""The door providers knock on: signed events come in, everything else leaves no row."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from creatorhub.payments.models import WebhookEvent
from creatorhub.payments.sandbox.signing import sign

pytestmark = pytest.mark.django_db

URL = "/webhooks/sandbox/"
GOOD = json.dumps({"id": "evt_1", "type": "test.event", "data": {}}).encode()


def knock(client: Client, body: bytes, signature: str | None, url: str = URL) -> int:
    headers = {} if signature is None else {"sandbox-signature": signature}
    return client.post(url, body, content_type="application/json", headers=headers).status_code


def test_a_signed_event_is_stored() -> None:
    client = Client(enforce_csrf_checks=True)
    assert knock(client, GOOD, sign(GOOD)) == 200
    assert WebhookEvent.objects.get().event_id == "evt_1"


def test_the_same_event_again_is_answered_alike(client) -> None:
    assert knock(client, GOOD, sign(GOOD)) == 200
    assert knock(client, GOOD, sign(GOOD)) == 200
    assert WebhookEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (GOOD, None),
        (GOOD, ""),
        (GOOD, "0" * 64),
        (GOOD, "توقيع"),
        (GOOD + b" ", sign(GOOD)),
        (GOOD.replace(b"evt_1", b"evt_2"), sign(GOOD)),
        (b"", None),
        (b"\xff\xfe", sign(b"\xff\xfe")),
        (b"[]", sign(b"[]")),
        (b"{}", sign(b"{}")),
        (b'{"id": "x"}', sign(b'{"id": "x"}')),
    ],
)
def test_a_forged_or_unreadable_event_is_400_and_no_row(client, body, signature) -> None:
    assert knock(client, body, signature) == 400
    assert not WebhookEvent.objects.exists()


def test_more_than_a_megabyte_is_not_even_read(client) -> None:
    body = b" " * (1024 * 1024 + 1)
    assert knock(client, body, sign(body)) == 400
    assert not WebhookEvent.objects.exists()


def test_another_provider_is_not_here(client, settings) -> None:
    assert knock(client, GOOD, sign(GOOD), "/webhooks/nobody/") == 404
    settings.PAYMENT_GATEWAYS = []
    assert knock(client, GOOD, sign(GOOD)) == 404
    assert not WebhookEvent.objects.exists()


def test_only_post_is_answered(client) -> None:
    assert client.get(URL).status_code == 405


@pytest.mark.parametrize("length", ["", "-1", "many", "9" * 5000])
def test_a_length_that_is_none_is_refused(client, length) -> None:
    answer = client.post(URL, b"", content_type="application/json", CONTENT_LENGTH=length)
    assert answer.status_code == 400
