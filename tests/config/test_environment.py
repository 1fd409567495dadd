"""Settings come from the environment once, typed, and fail with the variable's name."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from environs import Env, EnvError

from creatorhub.config import environment as module
from creatorhub.config.environment import PROJECT_ROOT, read_environment

PRODUCTION = {
    "CREATORHUB_MODE": "production",
    "SECRET_KEY": "x" * 50,
    "BASE_URL": "https://market.example/",
}
READERS = {"str", "int", "bool", "list", "_folder"}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in documented_variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_ROOT", str(tmp_path))


def documented_variables() -> set[str]:
    text = (PROJECT_ROOT / ".env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", text, re.MULTILINE))


def variables_read() -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            words = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if name in READERS:
                found |= {word for word in words if re.fullmatch(r"[A-Z][A-Z_]+", str(word))}
    return found


def test_the_example_file_documents_each_variable_and_no_other() -> None:
    assert variables_read() == documented_variables()
    assert "DATABASE_URL" in documented_variables()


def test_a_sandbox_needs_nothing_and_keeps_one_private_key(tmp_path: Path) -> None:
    first = read_environment(Env())
    assert first.mode == "sandbox"
    assert len(first.secret_key) >= 50
    assert read_environment(Env()).secret_key == first.secret_key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert first.media_root == tmp_path / "media"


def test_production_reads_its_own_address_and_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    found = read_environment(Env())
    assert (found.mode, found.base_url) == ("production", "https://market.example")
    assert found.allowed_hosts == ["market.example"]
    assert found.link_signing_key not in {"", found.secret_key}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CREATORHUB_MODE", "demo"),
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("BASE_URL", None),
        ("BASE_URL", "http://market.example"),
        ("DATABASE_URL", "sqlite:///market.db"),
        ("DATABASE_URL", "postgresql://host"),
        ("CACHE_URL", "memcached://host"),
        ("CELERY_BROKER_URL", "sqs://host"),
        ("EMAIL_URL", "sendmail"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("TRUSTED_PROXY_COUNT", "some"),
        ("ALLOW_SANDBOX_PAYMENTS", "perhaps"),
        ("STRIPE_SECRET_KEY", "sk_test_play_money"),
        ("STRIPE_SECRET_KEY", "pk_live_meant_for_browsers"),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_one,two"),
        ("STRIPE_CONNECT_WEBHOOK_SECRETS", "secret"),
        ("STRIPE_API_ADDRESS", "http://127.0.0.1:12111"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    name: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for known, good in PRODUCTION.items():
        monkeypatch.setenv(known, good)
    monkeypatch.delenv(name, raising=False)
    if value is not None:
        monkeypatch.setenv(name, value)
    with pytest.raises(EnvError, match=name):
        read_environment(Env())


def test_a_mail_address_with_odd_letters_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://me%40shop:p%2Fss@mail.example:587")
    found = read_environment(Env())
    assert (found.email_user, found.email_password) == ("me@shop", "p/ss")
    assert (found.email_host, found.email_port, found.email_use_tls) == ("mail.example", 587, True)


def test_live_keys_work_in_production_and_never_in_the_sandbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "rk_live_real_money")
    with pytest.raises(EnvError, match="STRIPE_SECRET_KEY"):
        read_environment(Env())
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    assert read_environment(Env()).stripe.secret_key == "rk_live_real_money"


def test_several_webhook_secrets_are_known_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_play_money")
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRETS", "whsec_old,whsec_new")
    found = read_environment(Env())
    assert found.stripe.webhook_secrets == ["whsec_old", "whsec_new"]
    assert found.stripe.connect_webhook_secrets == []


def test_a_key_offers_cards_and_lets_forms_lead_to_stripe() -> None:
    """In a process of its own: settings are read once."""
    told = settings_with(STRIPE_SECRET_KEY="sk_test_play_money")
    assert told["gateways"][:2] == ["stripe", "sandbox"]
    assert told["pays_people"] == "StripeGateway"
    assert "https://checkout.stripe.com" in told["forms"]
    without = settings_with(STRIPE_SECRET_KEY="")
    assert "stripe" not in without["gateways"]
    assert "https://checkout.stripe.com" not in without["forms"]


def settings_with(**variables: str) -> dict[str, Any]:
    told = """
import json, django
django.setup()
from django.conf import settings
from creatorhub.payments.registry import _recipient_gateways, gateway_names
print(json.dumps({
    "gateways": gateway_names(),
    "pays_people": type(_recipient_gateways.get("stripe")).__name__,
    "forms": [str(each) for each in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"]],
}))
"""
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "creatorhub.config.settings"}
    answer = subprocess.run(
        [sys.executable, "-c", told],
        env=surroundings | variables,
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(answer.stdout.splitlines()[-1]))
