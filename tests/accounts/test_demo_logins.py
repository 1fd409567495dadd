"""Ready logins exist in a sandbox only, and the shown code really opens the staff desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from creatorhub.operations.demo_logins import demo_logins, make_demo_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def test_the_sign_in_page_shows_the_logins_that_exist(client: Client) -> None:
    make_demo_person(role="creator", name="Noura", language="ar")

    page = client.get("/en/account/login/").content.decode()

    assert [login.role for login in demo_logins()] == ["creator"]
    assert "creator@demo.example" in page
    assert "staff@demo.example" not in page


def test_the_code_shown_for_staff_opens_the_desk(client: Client) -> None:
    make_demo_person(role="staff", name="Salim", language="en")
    (login,) = demo_logins()
    assert login.totp_code is not None

    page = client.get("/en/account/login/").content.decode()
    assert login.totp_code in page
    client.post("/en/account/login/", {"login": login.email, "password": login.password})
    client.post("/en/account/2fa/authenticate/", {"code": login.totp_code})

    assert client.get("/en/studio/desk/reports/").status_code == 200


def test_production_has_none(client: Client, settings: Any) -> None:
    make_demo_person(role="creator", name="Noura", language="ar")
    settings.SANDBOX = False

    assert demo_logins() == []
    assert "demo.example" not in client.get("/en/account/login/").content.decode()
    with pytest.raises(RuntimeError):
        make_demo_person(role="staff", name="Salim", language="en")


@pytest.mark.parametrize("role", ["creator", "staff"])
def test_a_sandbox_that_became_production_lets_no_demo_people_in(
    client: Client, settings: Any, role: str
) -> None:
    make_demo_person(role=role, name="Noura", language="ar")
    (login,) = demo_logins()
    settings.SANDBOX = False

    form = {"login": login.email, "password": login.password}
    answer = client.post("/en/account/login/", form)
    if login.totp_code is not None:
        answer = client.post("/en/account/2fa/authenticate/", {"code": login.totp_code})

    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    assert client.get("/en/studio/").status_code == 302
