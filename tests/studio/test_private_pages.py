"""What only one person may read is kept by no browser and no proxy."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.accounts import a_user
from tests.factories.shops import a_shop

pytestmark = pytest.mark.django_db

PAGES = ["studio/", "studio/money/", "studio/orders/", "studio/share/links/", "account/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_signed_in_persons_page_is_not_stored(client: Client, page: str) -> None:
    owner = a_user()
    a_shop(owner=owner)
    client.force_login(owner)

    answer = client.get(f"/en/{page}")

    assert answer.status_code == 200
    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))


def test_the_way_to_the_sign_in_is_not_stored_either(client: Client) -> None:
    answer = client.get("/en/studio/orders/")
    assert answer.status_code == 302
    assert "no-store" in answer.headers["Cache-Control"]
