"""Whatever decides over a payee's money may change; the money then waits, and they are told."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed

from creatorhub.foundation.clock import now, travel_to
from creatorhub.outbox.models import SentMail
from creatorhub.outbox.services import deliver_due
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.services import (
    change_destination,
    end_due_holds,
    hold_after_change,
    payee_of,
    report_not_me,
    run_payouts,
)
from creatorhub.payouts.services.guard_changes import token_of
from tests.factories.accounts import a_party, a_user
from tests.factories.payouts import earn
from tests.factories.rails import GERMAN_IBAN, with_bank_account
from tests.factories.sales import stands_at

pytestmark = pytest.mark.django_db

DAYS_3 = dt.timedelta(hours=72)


@pytest.fixture
def payee() -> Payee:
    return payee_of(party=a_party(email="sara@example.org", language="en"))


def open_codes(payee: Payee) -> list[str]:
    holds = PayeeHold.objects.filter(payee=payee, closed_at=None)
    return list(holds.order_by("id").values_list("reason_code", flat=True))


def change(payee: Payee, old: str = "old@example.org", new: str = "new@example.org") -> PayeeHold:
    return hold_after_change(payee=payee, what="email", old_address=old, new_address=new)


def test_nothing_is_paid_for_72_hours_and_then_it_is(payee) -> None:
    earn(payee, 50_000, currency="SAR")
    hold = change(payee)
    run = run_payouts(key="first")
    assert [row["reason_code"] for row in run.skipped] == ["changed_email"]
    with travel_to(hold.opened_at + DAYS_3):
        assert end_due_holds() == 1
        assert run_payouts(key="second").payouts.get().amount_minor == 50_000


def test_both_addresses_are_told_once(payee) -> None:
    change(payee)
    deliver_due()
    told = sorted(SentMail.objects.values_list("to", flat=True))
    assert told == ["new@example.org", "old@example.org"]
    change(payee, old="same@example.org", new="same@example.org")
    deliver_due()
    assert SentMail.objects.count() == 3


def test_changing_again_starts_the_time_again(payee) -> None:
    first = change(payee)
    with travel_to(first.opened_at + dt.timedelta(hours=50)):
        again = change(payee)
    assert again.pk == first.pk
    assert again.expected_until == first.opened_at + dt.timedelta(hours=122)


def test_the_link_in_the_mail_stops_everything_until_staff_have_looked(client, payee) -> None:
    earn(payee, 50_000, currency="SAR")
    before = stands_at("payee_payable", payee.party)
    change(payee)
    deliver_due()
    found = re.search(r"https?://[^/]+(/\S+/not-me/\S+/)", SentMail.objects.all()[0].text)
    assert found is not None
    assert "Stop all payouts" in client.get(found[1]).content.decode()
    assert open_codes(payee) == ["changed_email"]
    for _twice in range(2):
        assert "Payouts are stopped" in client.post(found[1]).content.decode()
    assert open_codes(payee) == ["changed_email", "not_me"]
    with travel_to(now() + dt.timedelta(days=60)):
        end_due_holds()
        assert run_payouts(key="late").payouts.count() == 0
    assert stands_at("payee_payable", payee.party) == before


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", ""])
def test_a_made_up_link_does_nothing(payee, token) -> None:
    assert report_not_me(token=token) is None
    assert open_codes(payee) == []


def test_an_old_link_does_nothing(payee) -> None:
    token = token_of(payee)
    with travel_to(now() + dt.timedelta(days=31)):
        assert report_not_me(token=token) is None


def test_a_changed_address_is_noticed(payee) -> None:
    user = payee.party.user
    old = EmailAddress.objects.get(user=user)
    new = EmailAddress.objects.create(user=user, email="sara2@example.org", verified=True)
    email_changed.send(
        sender=type(user), request=None, user=user, from_email_address=old, to_email_address=new
    )
    assert open_codes(payee) == ["changed_email"]


def test_the_first_second_factor_is_welcome_and_any_change_after_it_waits(payee) -> None:
    user = payee.party.user

    def add(kind: str) -> Authenticator:
        made = Authenticator.objects.create(user=user, type=kind, data={})
        authenticator_added.send(sender=type(user), request=None, user=user, authenticator=made)
        return made

    first = add("totp")
    add("recovery_codes")
    assert open_codes(payee) == []
    add("webauthn")
    assert open_codes(payee) == ["changed_second_factor"]
    PayeeHold.objects.update(closed_at=now())
    authenticator_removed.send(sender=type(user), request=None, user=user, authenticator=first)
    assert open_codes(payee) == ["changed_second_factor"]


def test_whoever_earns_nothing_has_nothing_to_guard() -> None:
    user = a_user()
    authenticator_removed.send(sender=type(user), request=None, user=user, authenticator=None)
    assert not PayeeHold.objects.exists()


def test_going_by_way_of_no_place_at_all_is_a_change_too(payee) -> None:
    with_bank_account(payee)
    change_destination(payee=payee, rail="sandbox", destination="", is_ready=True)
    PayeeHold.objects.update(closed_at=now())
    with_bank_account(payee, number=GERMAN_IBAN, country="DE")
    assert open_codes(payee) == ["changed_destination"]


def test_the_first_place_after_play_money_is_no_change(payee) -> None:
    with_bank_account(payee)
    assert open_codes(payee) == []
