"""Earn first, verify before the first payout: the provider decides, whenever it says so."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.outbox.models import SentMail
from creatorhub.payments.models import WebhookEvent
from creatorhub.payments.sandbox import recipients
from creatorhub.payouts.errors import NotOpenThereError
from creatorhub.payouts.events import answer_recipient
from creatorhub.payouts.models import DestinationChange, Payee, PayeeHold, Recipient
from creatorhub.payouts.services import payee_of, payees, refresh_due_recipients, run_payouts
from creatorhub.payouts.tasks import refresh_due_recipients as refresh_task
from tests.factories.accounts import a_party
from tests.factories.payouts import a_payee, earn
from tests.factories.rails import (
    a_connect_payee,
    begin_onboarding,
    finish_onboarding,
    with_bank_account,
)
from tests.factories.sales import let_effects_happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def unready() -> Payee:
    """Somebody in a real market, who has earned and chosen nothing."""
    payee = a_payee()
    Payee.objects.filter(pk=payee.pk).update(rail="", is_ready=False)
    payee.refresh_from_db()
    earn(payee, 5000)
    return payee


def mails(words: str) -> int:
    let_effects_happen()
    return SentMail.objects.filter(subject__icontains=words).count()


def test_money_accrues_before_anything_was_chosen(unready) -> None:
    assert run_payouts(key="r1").skipped[0]["reason_code"] == "rail_unavailable"
    begin_onboarding(unready)
    assert run_payouts(key="r2").skipped[0]["reason_code"] == "not_ready"
    finish_onboarding(Recipient.objects.get())
    assert run_payouts(key="r3").payouts.get().rail == "stripe_connect"


def test_whoever_begins_again_is_the_same_recipient(unready) -> None:
    first = begin_onboarding(unready)
    assert begin_onboarding(unready).provider_id == first.provider_id


def test_a_country_that_is_not_open_is_refused(unready) -> None:
    with pytest.raises(NotOpenThereError):
        begin_onboarding(unready, country="SY")
    assert not Recipient.objects.exists()


def test_a_first_choice_is_no_change_and_holds_nothing(unready) -> None:
    finish_onboarding(begin_onboarding(unready))
    assert not PayeeHold.objects.exists()
    change = DestinationChange.objects.get()
    assert (change.old_destination, change.new_rail) == ("", "stripe_connect")


def test_whoever_is_paid_already_keeps_it_until_the_new_way_is_ready() -> None:
    payee = with_bank_account(a_payee())
    recipient = begin_onboarding(payee)
    payee.refresh_from_db()
    assert (payee.rail, payee.is_ready) == ("manual_bank", True)
    finish_onboarding(recipient)
    payee.refresh_from_db()
    assert (payee.rail, payee.destination) == ("stripe_connect", recipient.provider_id)
    hold = PayeeHold.objects.get(payee=payee)
    assert hold.reason_code == "changed_destination"
    assert hold.expected_until - hold.opened_at > dt.timedelta(hours=71, minutes=59)
    change = DestinationChange.objects.get(payee=payee, new_rail="stripe_connect")
    assert change.old_destination.startswith("bank:")
    assert change.hold == hold


def test_a_requirement_is_shown_and_mailed_once_and_stops_paying_when_it_is_late() -> None:
    payee = a_connect_payee()
    recipient = Recipient.objects.get()
    recipients.ask_for_more(public_id=recipient.provider_id)
    let_effects_happen()
    payee.refresh_from_db()
    recipient.refresh_from_db()
    assert payee.is_ready
    assert payee.due_by == recipient.due_by
    assert recipient.due == ["individual.address.line1"]
    assert mails("Something is missing") == 1
    assert refresh_task() >= 0
    with travel_to(now() + dt.timedelta(days=15)):
        refresh_due_recipients()
    payee.refresh_from_db()
    assert not payee.is_ready
    assert mails("Something is missing") == 1
    recipients.finish(public_id=recipient.provider_id)
    let_effects_happen()
    payee.refresh_from_db()
    assert payee.is_ready


def test_a_bank_that_says_no_is_told_to_the_payee() -> None:
    a_connect_payee()
    recipient = Recipient.objects.get()
    recipients.refuse_at_bank(public_id=recipient.provider_id)
    let_effects_happen()
    recipient.refresh_from_db()
    assert recipient.bank_refused_at is not None
    assert mails("bank sent a payout back") == 1


def test_events_about_strangers_are_none_of_ours() -> None:
    event = WebhookEvent(
        provider="sandbox", type="recipient.updated", payload={"recipient": "acct_else"}
    )
    answer_recipient(event)
    assert not Recipient.objects.exists()


def test_without_play_money_a_new_payee_has_chosen_nothing(monkeypatch) -> None:
    monkeypatch.setattr(payees, "rail", lambda key: None)
    payee = payee_of(party=a_party())
    assert (payee.rail, payee.is_ready) == ("", False)
