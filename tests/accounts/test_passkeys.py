"""What no browser sends in place of a passkey is a wrong key, not an error of ours."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.architecture.access import Role
from tests.architecture.access.world import World
from tests.factories.accounts import a_user

pytestmark = pytest.mark.django_db

HALF = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}
NONSENSE = [
    "5",
    "[]",
    "null",
    "not json",
    "9" * 5000,
    "[" * 100_000,
    json.dumps({"id": 5}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": 5}),
    json.dumps({"id": "é", "rawId": "é", "type": "public-key", "response": None}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": HALF}),
    json.dumps({"id": "AA", "type": "x", "response": HALF | {"attestationObject": "AA"}}),
]


@pytest.mark.parametrize("credential", NONSENSE, ids=lambda text: text[:30])
def test_a_stranger_at_the_sign_in_is_told_that_it_is_wrong(
    client: Client, credential: str
) -> None:
    answer = client.post("/en/account/2fa/webauthn/login/", {"credential": credential})
    assert answer.status_code in {200, 302}
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", NONSENSE, ids=lambda text: text[:30])
def test_a_new_key_is_not_kept(credential: str) -> None:
    person = a_user()
    lately_signed_in = World(people={Role.BUYER: person}).client(Role.BUYER)
    form = {"name": "Phone", "credential": credential}
    answer = lately_signed_in.post("/en/account/2fa/webauthn/add/", form)
    assert answer.status_code == 200
    assert not person.authenticator_set.exists()
