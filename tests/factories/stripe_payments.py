"""Charges, refunds and recipients at a fake Stripe, made through the real gateway."""

from __future__ import annotations

import datetime as dt
import itertools

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.gateway import CheckoutLine, CheckoutRequest
from creatorhub.payments.registry import gateway, recipient_gateway
from tests.fakestripe import FakeStripe

_numbers = itertools.count(1)


def a_page(*, minor: int = 10_000, currency: str = "USD", reference: str = "") -> str:
    """A hosted page that waits for its buyer; its id there."""
    name = reference or f"order{next(_numbers)}"
    amount = Money(minor, currency)
    request = CheckoutRequest(
        reference=name,
        amount=amount,
        lines=(CheckoutLine("Content planner", 1, amount),),
        email="buyer@example.org",
        success_url="https://market.example/en/done/",
        cancel_url="https://market.example/en/basket/",
        language="en",
        expires_at=now() + dt.timedelta(minutes=45),
        idempotency_key=f"attempt:{name}",
    )
    return gateway("stripe").create_checkout(request).provider_id


def a_charge(
    fake: FakeStripe, *, minor: int = 10_000, currency: str = "USD", reference: str = ""
) -> str:
    """A paid page; the charge's id, which is the payment's id here."""
    return fake.pay(a_page(minor=minor, currency=currency, reference=reference))


def a_recipient(fake: FakeStripe, *, is_ready: bool = True, country: str = "AE") -> str:
    """Somebody known to the processor, onboarded unless said otherwise; their id there."""
    name = f"payee:{next(_numbers)}"
    made = recipient_gateway("stripe").create_recipient(
        reference=name,
        country=country,
        email="creator@example.org",
        idempotency_key=f"recipient:{name}",
    )
    if is_ready:
        fake.finish_onboarding(made)
    return made
