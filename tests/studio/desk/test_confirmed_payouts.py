"""Before money leaves, staff say once more who they are."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client

from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.services import payee_of
from tests.factories.accounts import a_party, a_staff_user
from tests.factories.payouts import earn
from tests.factories.studio import a_staff_browser

pytestmark = pytest.mark.django_db

RUN = "/en/studio/desk/run/"


@pytest.fixture
def staff() -> Client:
    """Somebody with a second factor, who signed in with it a while ago."""
    earn(payee_of(party=a_party()), 50_000, currency="SAR")
    user = a_staff_user()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    return a_staff_browser(user=user)


def confirmed(staff: Client, *, seconds_ago: float) -> None:
    session: Any = staff.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "at": time.time() - seconds_ago, "reauthenticated": True}
    ]
    session.save()


def test_a_run_asks_first_and_pays_nobody(staff) -> None:
    answer = staff.post(RUN, {"key": "now"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
    assert not PayoutRun.objects.exists()


def test_whoever_confirmed_just_now_pays(staff) -> None:
    confirmed(staff, seconds_ago=10)
    staff.post(RUN, {"key": "now"})
    assert Payout.objects.get().amount_minor == 50_000


def test_a_confirmation_of_an_hour_ago_is_too_old(staff) -> None:
    confirmed(staff, seconds_ago=3600)
    staff.post(RUN, {"key": "now"})
    assert not PayoutRun.objects.exists()
