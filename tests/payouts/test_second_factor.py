"""Nobody is paid before their account has a second factor, where the policy says so."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings

from creatorhub.foundation.policy import change_policy
from creatorhub.foundation.reasons import reason
from creatorhub.payouts.models import Payee
from creatorhub.payouts.second_factor import payouts_need_second_factor
from creatorhub.payouts.selectors import balances_of
from creatorhub.payouts.services import payee_of, run_payouts
from tests.factories.accounts import a_party
from tests.factories.payouts import earn

pytestmark = pytest.mark.django_db


@pytest.fixture
def payee() -> Payee:
    made = payee_of(party=a_party())
    earn(made, 50_000, currency="SAR")
    return made


def a_factor(payee: Payee, kind: str = "totp") -> Authenticator:
    return Authenticator.objects.create(user=payee.party.user, type=kind, data={})


@pytest.mark.parametrize(("sandbox", "wanted"), [(True, False), (False, True)])
def test_a_real_market_asks_for_it_and_a_sandbox_does_not(sandbox, wanted) -> None:
    with override_settings(SANDBOX=sandbox):
        assert payouts_need_second_factor() is wanted


@pytest.mark.parametrize("wanted", [True, False])
def test_the_policy_decides_where_it_says_something(wanted) -> None:
    change_policy(actor=None, payouts_need_second_factor=wanted)
    with override_settings(SANDBOX=wanted):
        assert payouts_need_second_factor() is wanted


def test_whoever_has_none_waits_and_is_paid_once_they_have(payee) -> None:
    change_policy(actor=None, payouts_need_second_factor=True)
    (row,) = run_payouts(key="without").skipped
    assert row["reason_code"] == "second_factor_missing"
    (balances,) = balances_of(payee)
    assert balances.reason_code == "second_factor_missing"
    assert str(reason(balances.reason_code).ends)
    a_factor(payee)
    assert run_payouts(key="with").payouts.get().amount_minor == 50_000


def test_the_money_page_leads_to_it(client, payee) -> None:
    client.force_login(payee.party.user)
    assert "Set it up" not in client.get("/en/studio/money/").content.decode()
    change_policy(actor=None, payouts_need_second_factor=True)
    page = client.get("/en/studio/money/").content.decode()
    assert "Set it up" in page
    assert "/en/account/2fa/" in page
    a_factor(payee)
    assert "Set it up" not in client.get("/en/studio/money/").content.decode()


def test_recovery_codes_alone_are_no_second_factor(payee) -> None:
    change_policy(actor=None, payouts_need_second_factor=True)
    a_factor(payee, "recovery_codes")
    assert run_payouts(key="codes").payouts.count() == 0


def test_losing_it_stops_payouts_again(payee) -> None:
    change_policy(actor=None, payouts_need_second_factor=True)
    a_factor(payee).delete()
    payee.refresh_from_db()
    assert not payee.has_second_factor
    assert run_payouts(key="lost").payouts.count() == 0


def test_whoever_begins_to_earn_with_one_has_it_at_once() -> None:
    party = a_party()
    Authenticator.objects.create(user=party.user, type="webauthn", data={})
    assert payee_of(party=party).has_second_factor
