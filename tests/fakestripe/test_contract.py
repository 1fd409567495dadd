"""The stand-in is only worth something if it notices: each of its judgements can fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from stripe import Transfer
from stripe.params import RefundCreateParams, TransferCreateParams
from stripe.params.checkout import SessionCreateParams
from stripe.params.v2.core import AccountRetrieveParams

from creatorhub.payments.errors import PaymentError
from creatorhub.payments.registry import recipient_gateway
from tests.factories.stripe import a_fake_stripe, speaking_to
from tests.factories.stripe_payments import a_charge, a_recipient
from tests.fakestripe import FakeStripe
from tests.fakestripe.contract.answers import problems_with_object
from tests.fakestripe.contract.routes import routes
from tests.payments.test_stripe_refunds import refund
from tests.payments.test_stripe_transfers import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    """Unlike `stripe_market`, a fake that may end with complaints."""
    with a_fake_stripe() as fake, speaking_to(fake):
        yield fake


def rename(monkeypatch: pytest.MonkeyPatch, shape: Any, name: str, renamed: str) -> None:
    """As if the next version of the library called a parameter something else."""
    changed = {renamed if known == name else known: hint for known, hint in _hints(shape)}
    monkeypatch.setattr(shape, "__annotations__", changed)


def retype(monkeypatch: pytest.MonkeyPatch, shape: Any, name: str, hint: Any) -> None:
    monkeypatch.setattr(shape, "__annotations__", dict(_hints(shape)) | {name: hint})


def _hints(shape: Any) -> list[tuple[str, Any]]:
    return list(shape.__annotations__.items())


def test_the_whole_api_is_known() -> None:
    assert len(routes()) > 600


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        (SessionCreateParams, "client_reference_id"),
        (SessionCreateParams, "payment_intent_data"),
        (RefundCreateParams, "charge"),
        (TransferCreateParams, "source_transaction"),
        (AccountRetrieveParams, "include"),
    ],
)
def test_a_renamed_parameter_is_noticed(
    fake: FakeStripe, monkeypatch: pytest.MonkeyPatch, shape: Any, name: str
) -> None:
    rename(monkeypatch, shape, name, f"{name}_of_tomorrow")
    with pytest.raises(PaymentError, match=f"unknown parameter: {name}"):
        use_everything(fake)
    assert any(name in complaint for complaint in fake.complaints)


@pytest.mark.parametrize(
    ("shape", "name", "hint"),
    [
        (SessionCreateParams, "expires_at", bool),
        (RefundCreateParams, "amount", dict[str, str]),
        (TransferCreateParams, "metadata", int),
    ],
)
def test_a_parameter_of_another_type_is_noticed(
    fake: FakeStripe, monkeypatch: pytest.MonkeyPatch, shape: Any, name: str, hint: Any
) -> None:
    retype(monkeypatch, shape, name, hint)
    with pytest.raises(PaymentError, match=name):
        use_everything(fake)


def test_a_new_required_parameter_is_noticed(
    fake: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    retype(monkeypatch, RefundCreateParams, "reason_of_tomorrow", str)
    with pytest.raises(PaymentError, match="Missing required param: reason_of_tomorrow"):
        use_everything(fake)


def test_unpatched_everything_is_taken(fake: FakeStripe) -> None:
    use_everything(fake)
    assert fake.complaints == []


def test_an_answer_stripe_would_never_give_is_noticed(fake: FakeStripe) -> None:
    charge, somebody = a_charge(fake), a_recipient(fake)
    sent = send(somebody, charge)
    transfer = fake.objects("transfer")[0]
    assert problems_with_object(Transfer, transfer) == []
    fake.world.objects[sent.provider_id]["made_up"] = 1
    del fake.world.objects[sent.provider_id]["livemode"]
    fake.world.objects[sent.provider_id]["amount"] = "5100"
    with pytest.raises(PaymentError):
        recipient_gateway("stripe").find_transfer(group="order1", idempotency_key="payout:1:order1")
    for word in ("made_up does not exist", "livemode is always there", "'5100' is no int"):
        assert word in fake.complaints[0]


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("get", "/v1/customers", "a real route that the fake does not have"),
        ("post", "/v1/refnds", "no route of the API"),
    ],
)
def test_a_call_that_is_not_emulated_fails(
    fake: FakeStripe, method: str, path: str, told: str
) -> None:
    with speaking_to(fake) as speaker, pytest.raises(Exception, match="Unrecognized request URL"):
        speaker._stripe.raw_request(method, path)
    assert told in fake.complaints[0]


def test_moving_money_without_a_key_of_our_own_is_noticed(fake: FakeStripe) -> None:
    charge = a_charge(fake)
    with speaking_to(fake) as speaker, pytest.raises(Exception, match="idempotency key"):
        speaker._stripe.v1.refunds.create({"charge": charge, "amount": 100})
    assert "no idempotency key of our own" in fake.complaints[0]
    assert fake.objects("refund") == []


def use_everything(fake: FakeStripe) -> None:
    charge, somebody = a_charge(fake), a_recipient(fake)
    send(somebody, charge)
    recipient_gateway("stripe").recipient_status(somebody)
    refund(charge)
