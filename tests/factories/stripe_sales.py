"""Orders that are paid at a fake Stripe, through the real gateway over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from creatorhub.payments.services import ask_for_page
from creatorhub.sales.contact import Contact
from creatorhub.sales.models import Checkout, Sale
from creatorhub.sales.services import complete_attempt, place_order
from creatorhub.shops.models import Listing
from tests.factories.sales import RIYADH, a_basket, attempt_of, sales_of
from tests.factories.stripe import a_fake_stripe, our_door, speaking_to
from tests.fakestripe import FakeStripe, Habits

# What cards cost in many places: 2.9 % and 30 of the smallest unit.
CARD_FEES = Habits(fee_bps=290, fee_minor=30)


@contextmanager
def a_stripe_that_keeps(habits: Habits = CARD_FEES) -> Iterator[FakeStripe]:
    """This process's market speaks to a fake Stripe with these fees."""
    with a_fake_stripe(habits) as fake, speaking_to(fake):
        fake.deliver_to(our_door)
        yield fake
    assert fake.complaints == []


def an_order_by_card(*listings: Listing) -> Checkout:
    """It waits for its buyer on Stripe's page."""
    checkout = place_order(
        basket=a_basket(*listings),
        contact=Contact(email="sara@example.com", name="Sara", phone="+966500000001"),
        address=RIYADH,
        gateway="stripe",
    )
    ask_for_page(attempt=attempt_of(checkout))
    return checkout


def pay_by_card(fake: FakeStripe, *listings: Listing) -> list[Sale]:
    """Paid on Stripe's page, and recorded; what was sold, shop by shop."""
    checkout = an_order_by_card(*listings)
    fake.pay(attempt_of(checkout).provider_id)
    assert complete_attempt(reference=checkout.attempt_reference)
    return sales_of(checkout)
