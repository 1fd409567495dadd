"""Staff see what waits, decide it, and everything they decide is written down."""

from __future__ import annotations

import pytest

from creatorhub.accounts.services import party_of
from creatorhub.community.models import Report
from creatorhub.community.services import report
from creatorhub.foundation.models import AuditEntry
from creatorhub.foundation.policy import payout_minimum, policy
from creatorhub.money import Money
from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.services import payee_of
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_user
from tests.factories.payouts import earn
from tests.factories.shops import a_published_listing
from tests.factories.studio import (
    a_dead_event,
    a_dead_message,
    a_quarantine,
    a_staff_browser,
    words_of,
)

pytestmark = pytest.mark.django_db

DESK = "/en/studio/desk/"


def test_payouts_say_who_is_due_and_why_others_wait_and_then_pay() -> None:
    rich = payee_of(party=party_of(user=a_user(name="Rich")))
    poor = payee_of(party=party_of(user=a_user(name="Poor")))
    earn(rich, 50_000, currency="SAR")
    earn(poor, 100, currency="SAR")
    staff = a_staff_browser()

    before = words_of(staff.get(DESK))
    answer = staff.post(f"{DESK}run/", {"key": "one-click"}, follow=True)
    staff.post(f"{DESK}run/", {"key": "one-click"})

    assert "SAR 500.00" in before
    assert "still below the smallest payout" in before
    assert [payout.payee for payout in Payout.objects.all()] == [rich]
    assert PayoutRun.objects.count() == 1
    result = words_of(answer)
    assert "Rich" in result
    assert "Poor" in result
    assert AuditEntry.objects.filter(action="payouts.run").count() == 1


def test_a_report_is_taken_down_with_a_note() -> None:
    listing = a_published_listing(title="Fake pen")
    filed = report(target=listing, reason="counterfeit", text="Mine!", email="", user=None)
    staff = a_staff_browser()

    assert "Fake pen" in words_of(staff.get(f"{DESK}reports/"))
    missing = staff.post(f"{DESK}reports/{filed.pk}/", {"decision": "take_down", "note": ""})
    assert "Say why" in words_of(missing)
    staff.post(f"{DESK}reports/{filed.pk}/", {"decision": "take_down", "note": "A copy."})

    listing.refresh_from_db()
    filed.refresh_from_db()
    assert listing.state == Listing.State.TAKEN_DOWN
    assert (filed.state, filed.decision_note) == (Report.State.TAKEN_DOWN, "A copy.")
    assert "A copy." in words_of(staff.get(f"{DESK}reports/"))


def test_a_report_is_kept_and_a_late_colleague_is_told() -> None:
    filed = report(target=a_published_listing(), reason="other", text="", email="", user=a_user())
    staff = a_staff_browser()
    address = f"{DESK}reports/{filed.pk}/"

    staff.post(address, {"decision": "keep", "note": "Fine."})
    late = staff.post(address, {"decision": "take_down", "note": "Not fine."}, follow=True)

    filed.refresh_from_db()
    assert filed.state == Report.State.KEPT
    assert "A colleague has answered" in words_of(late)


def test_a_payment_put_aside_is_settled_in_words() -> None:
    row = a_quarantine()
    staff = a_staff_browser()

    assert "The amount paid is not the amount" in words_of(staff.get(f"{DESK}quarantine/"))
    address = f"{DESK}quarantine/{row.pk}/"
    assert "Say what was done" in words_of(staff.post(address, {"outcome": ""}))
    staff.post(address, {"outcome": "Refunded at the provider."})

    row.refresh_from_db()
    assert row.outcome == "Refunded at the provider."
    assert row.closed_at is not None
    assert AuditEntry.objects.filter(action="quarantine.closed").exists()
    assert staff.get(address).status_code == 404


def test_stuck_work_is_tried_again() -> None:
    message, event = a_dead_message(), a_dead_event()
    staff = a_staff_browser()

    page = words_of(staff.get(f"{DESK}stuck/"))
    staff.post(f"{DESK}stuck/messages/{message.pk}/replay/")
    staff.post(f"{DESK}stuck/events/{event.pk}/replay/")

    assert message.topic in page
    assert event.event_id in page
    message.refresh_from_db()
    event.refresh_from_db()
    assert (message.dead_at, message.attempts, event.dead_at) == (None, 0, None)
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"outbox.revived", "event.revived"} <= actions
    assert staff.post(f"{DESK}stuck/events/{event.pk}/replay/").status_code == 404


def test_the_policy_changes_only_what_was_changed_and_says_who() -> None:
    staff = a_staff_browser()
    form = staff.get(f"{DESK}policy/").context["form"]
    typed = {field.name: field.value() for field in form} | {"platform_fee": "7.5"}

    answer = staff.post(f"{DESK}policy/", typed | {"policy": "yes"})

    assert answer.status_code == 302
    assert policy().platform_fee_bps == 750
    entry = AuditEntry.objects.get(action="policy.changed")
    assert entry.details["after"] == {"platform_fee_bps": 750}
    assert "platform_fee_bps" in words_of(staff.get(f"{DESK}policy/"))


def test_a_fee_above_half_is_refused_and_kept_on_the_page() -> None:
    staff = a_staff_browser()
    form = staff.get(f"{DESK}policy/").context["form"]
    typed = {field.name: field.value() for field in form} | {"platform_fee": "51"}

    page = words_of(staff.post(f"{DESK}policy/", typed | {"policy": "yes"}))

    assert 'value="51"' in page
    assert policy().platform_fee_bps == 1000


def test_the_smallest_payout_is_changed_per_currency() -> None:
    staff = a_staff_browser()
    address = f"{DESK}policy/"

    staff.post(address, {"minimum": "yes", "currency": "SAR", "amount": "75"})
    fine = staff.post(address, {"minimum": "yes", "currency": "KWD", "amount": "1.2345"})

    assert payout_minimum("SAR") == Money(7_500, "SAR")
    assert "no such small coins" in words_of(fine)


def test_the_audit_log_is_readable() -> None:
    report(target=a_published_listing(), reason="other", text="", email="", user=None)

    assert "Reported something" in words_of(a_staff_browser().get(f"{DESK}audit/"))
