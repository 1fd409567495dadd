"""The same money through Stripe's gateway: calls leave this machine's processes over HTTP.

The far side lives in the test's process, so it survives whoever is killed, as Stripe would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from oscar.apps.basket.models import Basket

from creatorhub.outbox.services import deliver_due
from creatorhub.payments import registry
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.services import handle_due_events
from creatorhub.payments.stripe_gateway import StripeGateway, StripeKeys
from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.services import payee_of, refresh_recipient, run_payouts, start_onboarding
from creatorhub.sales.models import Checkout, Refund, Sale
from creatorhub.sales.services import complete_attempt, place_order, refund_lines
from tests.crashes.stories.paying import SARA
from tests.crashes.stories.paying_out import SHOP_AND_AFFILIATE, money_to_be_paid
from tests.crashes.stories.story import Facts, Stall, Story
from tests.factories.sales import RIYADH, a_basket, line_ids, sales_of
from tests.factories.stripe import a_fake_stripe, our_door, speaking_to
from tests.factories.stripe_payments import a_charge
from tests.fakestripe import FakeStripe
from tests.races.crowd import Person

_fakes: list[FakeStripe] = []


@contextmanager
def a_processor() -> Iterator[None]:
    """Around a story: the test's process is Stripe, and its own market speaks to it."""
    with a_fake_stripe() as fake, speaking_to(fake):
        fake.deliver_to(our_door)
        _fakes.append(fake)
        yield
        _fakes.remove(fake)
        assert fake.complaints == []


def news() -> None:
    """Stripe tells what was not heard yet, again and again for three days."""
    _fakes[-1].deliver_events()


def where() -> Facts:
    return {"address": _fakes[-1].address, "secret_key": _fakes[-1].api_key}


def speak_to(address: str, secret_key: str) -> None:
    """In a child, for good."""
    if urlsplit(_own_address()).netloc != urlsplit(address).netloc:
        gateway = StripeGateway(StripeKeys(secret_key=secret_key, address=address))
        registry.register_gateway(gateway)
        registry.register_recipient_gateway(gateway)
        settings.PAYMENT_GATEWAYS = ["stripe", *settings.PAYMENT_GATEWAYS]


def _own_address() -> str:
    return _fakes[-1].address if _fakes else ""


def a_basket_for_cards(stall: Stall) -> Facts:
    return where() | {"basket": stall.basket().pk}


def buy_by_card(*, basket: int, address: str, secret_key: str) -> None:
    """Confirm, pay on Stripe's page, come back."""
    speak_to(address, secret_key)
    checkout = place_order(
        basket=Basket.objects.get(pk=basket), contact=SARA, address=RIYADH, gateway="stripe"
    )
    page = PaymentAttempt.objects.get(reference=checkout.attempt_reference).page_url
    person = Person(address)
    person.post(urlsplit(page).path, {"do": "pay"})
    person.hang_up()
    assert complete_attempt(reference=checkout.attempt_reference)


def is_charged_and_unsold(**_facts: Any) -> bool:
    """Somebody's card was charged, and nothing was sold to them."""
    paid = {
        page["client_reference_id"]
        for page in _fakes[-1].objects("checkout.session")
        if page["status"] == "complete"
    }
    return bool(paid - set(Sale.objects.values_list("order__number", flat=True)))


def charged_once(*, basket: int, **_where: str) -> None:
    number = Checkout.objects.get(order__basket_id=basket).order.number
    asked = [
        page
        for page in _fakes[-1].objects("checkout.session")
        if page["client_reference_id"] == number
    ]
    assert Counter(page["status"] for page in asked) == {"complete": 1}
    assert Sale.objects.filter(order__number=number).count() == 1


def a_card_to_pay_back(stall: Stall) -> Facts:
    checkout = place_order(
        basket=a_basket(stall.parcel), contact=SARA, address=RIYADH, gateway="stripe"
    )
    attempt = PaymentAttempt.objects.get(reference=checkout.attempt_reference)
    _fakes[-1].pay(attempt.provider_id)
    assert complete_attempt(reference=checkout.attempt_reference)
    news()
    handle_due_events()
    (sale,) = sales_of(checkout)
    return where() | {"sale": sale.pk}


def pay_back_the_card(*, sale: int, address: str, secret_key: str) -> None:
    speak_to(address, secret_key)
    row = Sale.objects.get(pk=sale)
    if not Refund.objects.filter(sale=row).exists():
        refund_lines(sale=row, sale_lines=line_ids(row), reason_code="damaged")
    deliver_due()
    handle_due_events()


def is_not_paid_back(*, sale: int, **_where: str) -> bool:
    return Refund.objects.filter(sale=sale, state=Refund.State.SENDING).exists()


def paid_back_once(*, sale: int, **_where: str) -> None:
    refund = Refund.objects.get(sale=sale)
    assert refund.state == Refund.State.PAID
    attempt = PaymentAttempt.objects.get(reference=refund.sale.order.number)
    made = [one for one in _fakes[-1].objects("refund") if one["charge"] == attempt.payment_id]
    assert [one["amount"] for one in made] == [refund.amount_minor]


def money_for_recipients(stall: Stall) -> Facts:
    """Both are known to Stripe, which holds enough for everybody."""
    for party in (stall.shop.owner, stall.affiliate):
        payee = payee_of(party=party)
        if payee.rail != "stripe_connect":
            start_onboarding(
                payee=payee, country="DE", return_url="http://x/", refresh_url="http://x/"
            )
            recipient = payee.recipients.get()
            _fakes[-1].finish_onboarding(recipient.provider_id)
            refresh_recipient(recipient_id=recipient.pk)
            a_charge(_fakes[-1], minor=99_000_000, currency="SAR")
            _fakes[-1].settle()
    return money_to_be_paid(stall) | where()


def pay_recipients(*, key: str, address: str, secret_key: str) -> None:
    speak_to(address, secret_key)
    run_payouts(key=key)
    deliver_due()


def is_on_its_way(*, key: str, **_where: str) -> bool:
    states = (Payout.State.SENDING, Payout.State.UNKNOWN)
    return Payout.objects.filter(run__key=key, state__in=states).exists()


def transferred_once(*, key: str, **_where: str) -> None:
    run = PayoutRun.objects.get(key=key)
    assert run.payouts.count() == SHOP_AND_AFFILIATE
    assert {payout.state for payout in run.payouts.all()} == {Payout.State.PAID}
    moved = sum(made["amount"] for made in _fakes[-1].objects("transfer"))
    assert moved == sum(Payout.objects.values_list("amount_minor", flat=True))


CARD_CHECKOUT = Story(
    "card checkout",
    a_basket_for_cards,
    buy_by_card,
    charged_once,
    is_charged_and_unsold,
    around=a_processor,
    news=news,
)
CARD_REFUND = Story(
    "card refund",
    a_card_to_pay_back,
    pay_back_the_card,
    paid_back_once,
    is_not_paid_back,
    around=a_processor,
    news=news,
)
CONNECT_PAYOUT = Story(
    "connect payout",
    money_for_recipients,
    pay_recipients,
    transferred_once,
    is_on_its_way,
    around=a_processor,
    news=news,
)
