"""The door Stripe knocks on: its own events come in, everything else leaves no row."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from creatorhub.payments import registry
from creatorhub.payments.models import WebhookEvent
from creatorhub.payments.stripe_gateway import StripeGateway, StripeKeys
from tests.factories.stripe import a_fake_stripe, our_door, speaking_to
from tests.factories.stripe_payments import a_charge, a_recipient
from tests.fakestripe import FakeStripe, Habits
from tests.fakestripe.webhooks import CONNECT_SECRET, HEADER, PLATFORM_SECRET, headers_of
from tests.fakestripe.world import Object

pytestmark = pytest.mark.django_db

Secrets = tuple[str, ...]


@pytest.fixture
def paid(stripe_market: FakeStripe) -> Object:
    """One event of each kind waits; this is the platform's."""
    a_charge(stripe_market, reference="order1")
    a_recipient(stripe_market)
    return stripe_market.events("checkout.session.completed")[0]


def knock(event: Object, secret: str, *, age: int = 0, signature: str | None = None) -> int:
    body = json.dumps({name: value for name, value in event.items() if name[0] != "_"}).encode()
    headers = headers_of(body, [secret], int(time.time()) - age)
    if signature is not None:
        headers[HEADER] = signature
    return our_door(body, headers)


def knowing(platform: Secrets, connect: Secrets = (CONNECT_SECRET,)) -> None:
    """The market knows these secrets now."""
    keys = StripeKeys(
        secret_key="sk_test_of_the_fake",
        webhook_secrets=platform,
        connect_webhook_secrets=connect,
    )
    registry.register_gateway(StripeGateway(keys))


def test_both_endpoints_come_in_in_our_words(stripe_market: FakeStripe, paid: Object) -> None:
    assert {delivery.status for delivery in stripe_market.deliver_events()} == {200}
    stored = {event.type: event for event in WebhookEvent.objects.all()}
    assert stored["checkout.paid"].payload == {"reference": "order1"}
    assert stored["recipient.updated"].payload["recipient"].startswith("acct_")
    assert {"charge.succeeded", "payment_intent.succeeded"} <= stored.keys()


def test_an_event_twice_is_one_row(stripe_market: FakeStripe, paid: Object) -> None:
    stripe_market.deliver_events(shuffled=1, twice=True)
    count = WebhookEvent.objects.count()
    assert count == len(stripe_market.events())
    assert {delivery.status for delivery in stripe_market.deliver_again()} == {200}
    assert WebhookEvent.objects.count() == count


@pytest.mark.parametrize(
    "signature",
    ["", "t=1", "v1=abc", "t=now,v1=abc", "t=1,v0=abc", "توقيع", "t=9999999999,v1=توقيع"],
)
def test_without_a_signature_nothing_comes_in(paid: Object, signature: str) -> None:
    assert knock(paid, PLATFORM_SECRET, signature=signature) == 400
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize(
    ("secret", "age"),
    [
        ("whsec_somebody_elses", 0),
        (PLATFORM_SECRET, 301),
        (PLATFORM_SECRET, 24 * 60 * 60),
        (CONNECT_SECRET, 0),
    ],
    ids=["wrong secret", "just too old", "a day old", "the other endpoint's secret"],
)
def test_a_forged_or_stale_event_leaves_no_row(paid: Object, secret: str, age: int) -> None:
    assert knock(paid, secret, age=age) == 400
    assert not WebhookEvent.objects.exists()


def test_a_connect_event_signed_for_the_platform_leaves_no_row(stripe_market: FakeStripe) -> None:
    somebody = a_recipient(stripe_market)
    payout = stripe_market.pay_out(somebody, currency="USD")
    stripe_market.fail_payout(payout)
    (event,) = stripe_market.events("payout.failed")
    assert knock(event, PLATFORM_SECRET) == 400
    assert not WebhookEvent.objects.exists()
    assert knock(event, CONNECT_SECRET) == 200
    assert WebhookEvent.objects.get().type == "recipient.payout_failed"
    assert WebhookEvent.objects.get().account == somebody


def test_a_changed_body_leaves_no_row(paid: Object) -> None:
    body = json.dumps({"id": "evt_1"}).encode()
    headers = headers_of(body, [PLATFORM_SECRET], int(time.time()))
    assert our_door(body.replace(b"evt_1", b"evt_2"), headers) == 400
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"null", b"\xff\xfe", b'{"object": "event", "livemode": false}',
     b'{"livemode": false, "object": "event", "id": "e", "type": "refund.updated", "data": 7}'],
)  # fmt: skip
def test_what_cannot_be_read_leaves_no_row(stripe_market: FakeStripe, body: bytes) -> None:
    text = body.decode(errors="replace").encode()
    headers = headers_of(text, [PLATFORM_SECRET], int(time.time()))
    assert our_door(body, headers) == 400
    assert not WebhookEvent.objects.exists()


def test_more_than_a_megabyte_leaves_no_row(stripe_market: FakeStripe, paid: Object) -> None:
    assert knock({**paid, "padding": " " * (1024 * 1024)}, PLATFORM_SECRET) == 400
    assert not WebhookEvent.objects.exists()


@pytest.fixture
def live_market() -> Iterator[FakeStripe]:
    """The same with a live key: here only live events count."""
    with a_fake_stripe(Habits(livemode=True)) as fake, speaking_to(fake):
        fake.deliver_to(our_door)
        yield fake


def test_a_test_event_is_nothing_in_live_mode(live_market: FakeStripe) -> None:
    a_charge(live_market)
    event = live_market.events("checkout.session.completed")[0]
    assert knock({**event, "livemode": False}, PLATFORM_SECRET) == 400
    assert not WebhookEvent.objects.exists()
    assert knock(event, PLATFORM_SECRET) == 200


def test_a_live_event_is_nothing_in_test_mode(paid: Object) -> None:
    assert knock({**paid, "livemode": True}, PLATFORM_SECRET) == 400
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize(
    ("signed_with", "known"),
    [
        (["whsec_old"], ("whsec_old", "whsec_new")),
        (["whsec_old", "whsec_new"], ("whsec_old",)),
        (["whsec_old", "whsec_new"], ("whsec_new",)),
        (["whsec_new"], ("whsec_new",)),
    ],
)
def test_a_secret_is_rolled_without_losing_an_event(
    stripe_market: FakeStripe, paid: Object, signed_with: list[str], known: Secrets
) -> None:
    """While it is rolled Stripe signs with both, and we may know both."""
    knowing(known)
    stripe_market.webhooks.platform_secrets = signed_with
    assert stripe_market.webhooks.send(paid).status == 200


def test_a_secret_that_was_taken_out_opens_nothing(paid: Object) -> None:
    knowing(("whsec_new",))
    assert knock(paid, "whsec_old") == 400
    assert not WebhookEvent.objects.exists()


def test_nothing_is_believed_when_no_secret_is_known(paid: Object) -> None:
    knowing((), ())
    assert knock(paid, PLATFORM_SECRET) == 400
    assert knock(paid, "") == 400
    assert not WebhookEvent.objects.exists()


def test_an_account_of_the_older_api_is_a_recipient_too(stripe_market: FakeStripe) -> None:
    event = {
        "id": "evt_1",
        "object": "event",
        "type": "account.updated",
        "account": "acct_1",
        "livemode": False,
        "data": {"object": {"id": "acct_1", "object": "account"}},
    }
    assert knock(event, CONNECT_SECRET) == 200
    stored = WebhookEvent.objects.get()
    assert (stored.type, stored.payload) == ("recipient.updated", {"recipient": "acct_1"})
