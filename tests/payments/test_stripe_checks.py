"""`check --deploy` says when Stripe could take money and not be heard."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks


def warnings() -> list[str]:
    found = run_checks(tags=["security"], include_deployment_checks=True)
    return [message.msg for message in found if message.id == "payments.W001"]


@pytest.fixture(autouse=True)
def with_a_key(settings) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_play_money"
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_one"]
    settings.STRIPE_CONNECT_WEBHOOK_SECRETS = ["whsec_two"]


def test_whoever_is_heard_is_left_alone(settings) -> None:
    assert warnings() == []


@pytest.mark.parametrize("name", ["STRIPE_WEBHOOK_SECRETS", "STRIPE_CONNECT_WEBHOOK_SECRETS"])
def test_a_missing_secret_is_named(settings, name: str) -> None:
    setattr(settings, name, [])
    (told,) = warnings()
    assert name in told


def test_without_a_key_nothing_is_missing(settings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert warnings() == []
