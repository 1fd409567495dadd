"""A person changes their own name and language."""

from __future__ import annotations

import pytest
from django.test import Client

from creatorhub.foundation.models import AuditEntry
from tests.factories.accounts import a_user

pytestmark = pytest.mark.django_db


def test_name_and_language_are_changed_and_remembered(client: Client) -> None:
    user = a_user(name="Huda", language="ar")
    client.force_login(user)

    answer = client.post("/en/account/", {"name": "Huda Al-Amin", "language": "en"})

    user.refresh_from_db()
    assert answer.status_code == 302
    assert (user.name, user.language, user.party.name) == ("Huda Al-Amin", "en", "Huda Al-Amin")
    assert AuditEntry.objects.get().details["before"] == {"name": "Huda", "language": "ar"}


def test_a_missing_name_keeps_what_was_there(client: Client) -> None:
    user = a_user(name="Huda", language="ar")
    client.force_login(user)

    answer = client.post("/en/account/", {"name": "", "language": "en"})

    user.refresh_from_db()
    assert answer.status_code == 200
    assert (user.name, user.language) == ("Huda", "ar")


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get("/en/account/").headers["Location"] == "/en/account/login/?next=/en/account/"
