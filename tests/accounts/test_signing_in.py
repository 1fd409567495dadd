"""A code by mail, a password, or a second factor: every way in, and no way around."""

from __future__ import annotations

import time

import pytest
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.cache import cache
from django.test import Client

from tests.accounts.test_signing_up import code_in, last_mail
from tests.factories.accounts import a_staff_user, a_user

pytestmark = pytest.mark.django_db

LOGIN = "/en/account/login/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def test_an_address_alone_is_enough(client: Client) -> None:
    user = a_user(email="noor@example.com")

    answer = client.post(LOGIN, {"login": "noor@example.com"})
    client.post(answer.headers["Location"], {"code": code_in(last_mail())})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_password_works_where_there_is_one(client: Client) -> None:
    user = a_user(email="noor@example.com", password="a long password")

    answer = client.post(LOGIN, {"login": "noor@example.com", "password": "a long password"})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_keeps_the_address_and_says_so(client: Client) -> None:
    a_user(email="noor@example.com", password="a long password")

    answer = client.post(LOGIN, {"login": "noor@example.com", "password": "wrong password"})

    assert answer.status_code == 200
    assert 'value="noor@example.com"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_looks_the_same_as_a_known_one(client: Client) -> None:
    a_user(email="noor@example.com")

    known = client.post(LOGIN, {"login": "noor@example.com"})
    unknown = Client().post(LOGIN, {"login": "nobody@example.com"})

    assert known.headers["Location"] == unknown.headers["Location"]
    assert last_mail()["subject"] == "There is no account with this address yet"


def test_a_second_factor_is_asked_for_and_accepted(client: Client) -> None:
    user = a_user(email="noor@example.com", password="a long password")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)

    answer = client.post(LOGIN, {"login": "noor@example.com", "password": "a long password"})
    assert answer.headers["Location"].startswith("/en/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    counter = int(time.time()) // mfa_settings.TOTP_PERIOD
    code = format_hotp_value(hotp_value(secret, counter))
    client.post(answer.headers["Location"], {"code": code})

    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    "door", ["/cms/login/", "/admin/login/", "/accounts/login/", "/dashboard/login/"]
)
def test_every_other_door_leads_to_the_one_sign_in(client: Client, door: str) -> None:
    answer = client.get(f"{door}?next=/cms/")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/account/login/?next=/cms/")


def test_the_editor_sends_a_visitor_to_the_one_sign_in(client: Client) -> None:
    answer = client.get("/cms/")

    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]


def test_staff_pages_do_not_exist_for_others(client: Client) -> None:
    client.force_login(a_user())

    assert client.get("/en/studio/desk/reports/").status_code == 404


def test_staff_without_a_second_factor_are_led_to_one(client: Client) -> None:
    client.force_login(a_staff_user())

    answer = client.get("/en/studio/desk/reports/")

    assert answer.headers["Location"] == "/en/account/2fa/totp/activate/"


def test_staff_whose_session_no_second_factor_confirmed_confirm_it_first(client: Client) -> None:
    user = a_staff_user()
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user)

    answer = client.get("/en/studio/desk/reports/")

    assert answer.headers["Location"].startswith("/en/account/2fa/reauthenticate/?next=")
    assert Authenticator.objects.filter(user=user).count() == 1
