"""A fake Stripe and a market that speaks to it.

    from tests.factories.stripe import stripe_market

    def test_something(stripe_market):
        fake = stripe_market                     # tests.fakestripe.FakeStripe
        checkout = … place an order with gateway="stripe" …
        charge = fake.pay(attempt.provider_id)
        fake.deliver_events(shuffled=3, twice=True)
        handle_due_events()

Without the fixture: `with a_fake_stripe() as fake, speaking_to(fake):`; for a market in a process
of its own: `environment_for(fake)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client, override_settings

from creatorhub.payments import registry
from creatorhub.payments.stripe_gateway import StripeGateway, StripeKeys
from tests.fakestripe import FakeStripe, Habits
from tests.fakestripe.webhooks import CONNECT_SECRET, PLATFORM_SECRET

WEBHOOKS = "/webhooks/stripe/"

# How long our side waits. Long enough for a slow machine; a test of silences asks for less.
ANSWER_SECONDS = 5.0
SHORT_WAIT_SECONDS = 0.7


@pytest.fixture
def stripe_market() -> Iterator[FakeStripe]:
    """Gateway and recipients' gateway "stripe" speak to a fresh fake; its events come to our own
    door. At the end nobody may have broken the API's contract."""
    with a_fake_stripe() as fake, speaking_to(fake):
        fake.deliver_to(our_door)
        yield fake
    assert fake.complaints == []


@contextmanager
def a_fake_stripe(habits: Habits | None = None) -> Iterator[FakeStripe]:
    """A fake on a free port of this machine."""
    with FakeStripe(habits) as fake:
        yield fake


def gateway_to(fake: FakeStripe, *, answer_seconds: float = ANSWER_SECONDS) -> StripeGateway:
    """The real gateway with the fake's address in place of Stripe's. A silent fault then holds
    the line for a moment longer than this gateway waits."""
    fake.silence_seconds = answer_seconds + 0.5
    return StripeGateway(
        StripeKeys(
            secret_key=fake.api_key,
            webhook_secrets=(PLATFORM_SECRET,),
            connect_webhook_secrets=(CONNECT_SECRET,),
            address=fake.address,
            answer_seconds=answer_seconds,
        )
    )


@contextmanager
def speaking_to(
    fake: FakeStripe, *, answer_seconds: float = ANSWER_SECONDS
) -> Iterator[StripeGateway]:
    """Within the block this process's market offers "stripe", first, and it is this fake."""
    made = gateway_to(fake, answer_seconds=answer_seconds)
    gateways, recipients = dict(registry._gateways), dict(registry._recipient_gateways)
    offered = ["stripe", *(name for name in settings.PAYMENT_GATEWAYS if name != "stripe")]
    registry.register_gateway(made)
    registry.register_recipient_gateway(made)
    try:
        with override_settings(PAYMENT_GATEWAYS=offered):
            yield made
    finally:
        registry._gateways = gateways
        registry._recipient_gateways = recipients


def environment_for(fake: FakeStripe) -> dict[str, str]:
    """For a market in a process of its own; deliver to its /webhooks/stripe/."""
    return {
        "STRIPE_SECRET_KEY": fake.api_key,
        "STRIPE_WEBHOOK_SECRETS": PLATFORM_SECRET,
        "STRIPE_CONNECT_WEBHOOK_SECRETS": CONNECT_SECRET,
        "STRIPE_API_ADDRESS": fake.address,
    }


def our_door(body: bytes, headers: dict[str, str]) -> int:
    """This process's own webhook address, through every middleware."""
    content_type = headers["Content-Type"]
    others = {name: value for name, value in headers.items() if name != "Content-Type"}
    return Client().post(WEBHOOKS, body, content_type=content_type, headers=others).status_code
