"""Somebody chooses how they are paid; what is missing is named, and nothing is lost meanwhile."""

from __future__ import annotations

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.urls import reverse
from django.utils import translation

from creatorhub.payments.sandbox import recipients
from creatorhub.payouts.models import BankAccount, Payee, Recipient
from creatorhub.payouts.services import payee_of
from tests.factories.accounts import a_user
from tests.factories.payouts import earn
from tests.factories.rails import GERMAN_IBAN, SAUDI_IBAN
from tests.factories.shops import a_shop
from tests.factories.studio import signed_in, words_of

pytestmark = pytest.mark.django_db


def address_of(name: str, **options) -> str:
    with translation.override("en"):
        return reverse(name, **options)


PAGE = "/en/studio/paid/"
BANK = "/en/studio/paid/bank/"


@pytest.fixture
def user():
    return a_user(name="Nour")


@pytest.fixture
def browser(user):
    return signed_in(user)


def choose(browser, country: str) -> None:
    assert (
        browser.post(address_of("studio:payout_country"), {"country": country}).status_code == 302
    )


def test_somebody_who_never_earned_sees_what_is_open_and_makes_no_rows(browser) -> None:
    shown = words_of(browser.get(PAGE))
    assert "Add my bank account" in shown
    assert "through Stripe" not in shown
    assert not Payee.objects.exists()


def test_another_country_has_other_ways(browser) -> None:
    choose(browser, "DE")
    assert "Begin with the provider" in words_of(browser.get(PAGE))
    shown = browser.post(address_of("studio:payout_country"), {"country": "XX"})
    assert shown.status_code == 422


def test_a_bank_account_is_checked_kept_and_shown_with_its_ends_only(browser) -> None:
    wrong = browser.post(BANK, {"holder": "Nour", "number": SAUDI_IBAN.replace("7519", "7518")})
    assert wrong.status_code == 422
    assert "missing or mistyped" in words_of(wrong)
    assert SAUDI_IBAN.replace("7519", "7518") in words_of(wrong)
    assert not BankAccount.objects.exists()
    right = browser.post(BANK, {"holder": "Nour", "number": SAUDI_IBAN}, follow=True)
    shown = words_of(right)
    assert "SA•••• 7519" in shown
    assert "0000 6080" not in shown
    assert Payee.objects.get().rail == "manual_bank"


def test_the_same_account_again_changes_nothing(browser) -> None:
    for _again in range(2):
        browser.post(BANK, {"holder": "Nour", "number": SAUDI_IBAN})
    assert BankAccount.objects.count() == 1
    assert not Payee.objects.get().holds.exists()


def test_another_account_waits_three_days_and_says_so(browser) -> None:
    browser.post(BANK, {"holder": "Nour", "number": SAUDI_IBAN})
    choose(browser, "DE")
    assert "BIC" in words_of(browser.get(BANK))
    shown = browser.post(BANK, {"holder": "Nour", "number": GERMAN_IBAN}, follow=True)
    assert "Payouts wait" in words_of(shown)
    assert Payee.objects.get().holds.get().reason_code == "changed_destination"


def test_a_country_without_iban_asks_for_what_its_banks_have(browser) -> None:
    choose(browser, "US")
    shown = words_of(browser.get(BANK))
    assert "Routing number" in shown
    assert "IBAN" not in shown
    kept = {"holder": "Nour", "number": "123456789", "bank_code": "021000021"}
    browser.post(BANK, kept)
    assert BankAccount.objects.get().bank_code == "021000021"


def test_onboarding_goes_to_the_provider_and_comes_back_ready(browser, user) -> None:
    choose(browser, "DE")
    assert browser.get(address_of("studio:payout_connect")).url == PAGE
    Payee.objects.update(rail="", is_ready=False)
    away = browser.post(address_of("studio:payout_connect"))
    assert "/sandbox/onboarding/" in away.url
    assert "What the provider asks for" in words_of(browser.get(away.url))
    assert "Still missing" in words_of(browser.get(PAGE))
    back = browser.post(away.url, {"answer": "yes"})
    assert back.status_code == 303
    shown = words_of(browser.get(back.url, follow=True))
    assert "You can be paid" in shown
    assert Payee.objects.get().is_ready


def test_leaving_it_for_later_leaves_it_open(browser) -> None:
    choose(browser, "DE")
    away = browser.post(address_of("studio:payout_connect"))
    browser.post(away.url, {"answer": "later"})
    assert not Recipient.objects.get().is_ready
    assert "Continue with the provider" in words_of(browser.get(PAGE))


def test_what_is_missing_is_named_with_its_day(browser) -> None:
    choose(browser, "DE")
    away = browser.post(address_of("studio:payout_connect"))
    browser.post(away.url, {"answer": "yes"})
    browser.get(address_of("studio:payout_connect_back"))
    recipients.ask_for_more(public_id=Recipient.objects.get().provider_id)
    browser.get(address_of("studio:payout_connect_back"))
    Recipient.objects.update(wanted_at=None)
    shown = words_of(browser.get(PAGE))
    assert "Your address" in shown or "Something is missing" in shown


def test_a_way_that_is_not_open_is_said(browser) -> None:
    shown = browser.post(address_of("studio:payout_connect"), follow=True)
    assert "not open in your country" in words_of(shown)


def test_a_monthly_payout_and_a_threshold_are_kept(browser, user) -> None:
    a_shop(owner=user)
    payee = payee_of(party=user.party)
    earn(payee, 5_000, currency="SAR")
    schedule = address_of("studio:payout_schedule")
    low = browser.post(schedule, {"schedule": "monthly", "threshold_SAR": "1"})
    assert low.status_code == 422
    assert "smallest payout" in words_of(low)
    browser.post(schedule, {"schedule": "monthly", "threshold_SAR": "250"})
    payee.refresh_from_db()
    assert (payee.schedule, payee.threshold_minor) == ("monthly", {"SAR": 25_000})
    assert 'value="250"' in words_of(browser.get(PAGE))


def test_play_money_can_be_chosen_again(browser) -> None:
    browser.post(BANK, {"holder": "Nour", "number": SAUDI_IBAN})
    browser.post(address_of("studio:payout_play_money"))
    assert Payee.objects.get().rail == "sandbox"


def test_whoever_has_a_password_confirms_it_first() -> None:
    user = a_user(password="a long pass phrase")
    browser = signed_in(user)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = []
    session.save()
    assert "reauthenticate" in browser.get(BANK).url
    assert "reauthenticate" in browser.post(BANK, {"number": SAUDI_IBAN}).url
    assert not BankAccount.objects.exists()


def test_onboarding_is_not_begun_endlessly(browser) -> None:
    choose(browser, "DE")
    for _again in range(30):
        browser.post(address_of("studio:payout_connect"))
    shown = browser.post(address_of("studio:payout_connect"), follow=True)
    assert "That was often" in words_of(shown)
