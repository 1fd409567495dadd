"""An account takes a name, an address and a code, and nobody loses what they were about to do."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from creatorhub.accounts.models import Party, User
from creatorhub.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db


def last_mail() -> dict[str, str]:
    message = OutboxMessage.objects.filter(topic="mail").latest("id")
    return dict(message.payload)


def code_in(mail: dict[str, str]) -> str:
    found = re.search(r"\b(\d{6})\b", mail["text"])
    assert found, mail["text"]
    return found[1]


def sign_up(client: Client, *, language: str = "en", follow_to: str = "") -> str:
    page = f"/{language}/account/signup/"
    answer = client.post(
        page, {"name": "Huda", "email": "huda@example.com", "next": follow_to}, follow=False
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_a_code_in_the_same_tab_opens_the_account(client: Client) -> None:
    confirm = sign_up(client)

    assert client.get(confirm).status_code == 200
    client.post(confirm, {"code": code_in(last_mail())})

    user = User.objects.get(email="huda@example.com")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.name == "Huda"
    assert EmailAddress.objects.get(user=user).verified
    assert Party.objects.get(user=user).name == "Huda"


def test_what_the_person_was_about_to_do_survives_sign_up(client: Client) -> None:
    wanted = "/en/studio/"
    entry = client.get(f"/en/account/login/?next={wanted}")
    assert f"next={wanted.replace('/', '%2F')}" in entry.content.decode()

    confirm = sign_up(client, follow_to=wanted)
    answer = client.post(confirm, {"code": code_in(last_mail())})

    assert answer.headers["Location"] == wanted


def test_a_strangers_address_is_never_a_place_to_go_next(client: Client) -> None:
    confirm = sign_up(client, follow_to="https://evil.example/")
    answer = client.post(confirm, {"code": code_in(last_mail())})

    assert "evil.example" not in answer.headers["Location"]


def test_the_language_of_sign_up_is_the_language_of_the_account(client: Client) -> None:
    sign_up(client, language="ar")

    assert User.objects.get(email="huda@example.com").language == "ar"
    assert last_mail()["language"] == "ar"
    assert 'dir="rtl"' in last_mail()["html"]


def test_a_wrong_code_says_so_and_lets_in_nobody(client: Client) -> None:
    confirm = sign_up(client)
    wrong = "000000" if code_in(last_mail()) != "000000" else "111111"

    answer = client.post(confirm, {"code": wrong})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_taken_address_is_not_given_away(client: Client) -> None:
    User.objects.create_user("huda@example.com", None, name="Huda")
    EmailAddress.objects.create(
        user=User.objects.get(), email="huda@example.com", verified=True, primary=True
    )

    confirm = sign_up(client)

    assert client.get(confirm).status_code == 200
    assert User.objects.count() == 1
    assert last_mail()["subject"] == "You have an account already"


def test_another_code_can_be_asked_for(client: Client) -> None:
    confirm = sign_up(client)
    first = code_in(last_mail())

    client.post(confirm, {"action": "resend"})
    second = code_in(last_mail())

    assert OutboxMessage.objects.filter(topic="mail").count() == 2
    client.post(confirm, {"code": second if second != first else first})
    assert "_auth_user_id" in client.session


def test_a_mistyped_address_can_be_corrected_before_it_is_confirmed(client: Client) -> None:
    confirm = sign_up(client)

    client.post(confirm, {"action": "change", "email": "huda.right@example.com"})
    assert last_mail()["to"] == "huda.right@example.com"
    client.post(confirm, {"code": code_in(last_mail())})

    assert User.objects.get().email == "huda.right@example.com"
    assert reverse("account_login")
