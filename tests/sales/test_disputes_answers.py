"""The shop's words and ours reach the bank once; everybody hears how it ends."""

from __future__ import annotations

import pytest

from creatorhub.outbox.models import OutboxMessage, SentMail
from creatorhub.payments.models import SandboxDispute
from creatorhub.payments.sandbox import disputes
from creatorhub.sales.errors import DisputeRefusedError
from creatorhub.sales.services.answer_dispute import add_statement, answer_dispute, send_answer
from tests.factories.accounts import a_staff_user
from tests.factories.disputes import DisputedMarket, the_bank_decides
from tests.factories.sales import let_effects_happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> DisputedMarket:
    return DisputedMarket()


def subjects_to(address: str) -> list[str]:
    let_effects_happen()
    rows = SentMail.objects.filter(to=address).order_by("id")
    return list(rows.values_list("subject", flat=True))


def test_the_answer_goes_to_the_bank_once(market) -> None:
    dispute = market.dispute()
    answer_dispute(dispute=dispute, text="It was sent on Monday.", actor=a_staff_user())
    let_effects_happen()
    far = SandboxDispute.objects.get()
    assert (far.evidence, far.state) == ("It was sent on Monday.", "under_review")
    dispute.refresh_from_db()
    assert dispute.sent_at is not None
    assert dispute.state == "under_review"
    with pytest.raises(DisputeRefusedError):
        answer_dispute(dispute=dispute, text="It was sent on Tuesday.", actor=None)


def test_an_answer_that_is_sent_again_changes_nothing(market) -> None:
    dispute = market.dispute()
    answer_dispute(dispute=dispute, text="It was sent.", actor=None)
    let_effects_happen()
    dispute.refresh_from_db()
    sent_at = dispute.sent_at
    message = OutboxMessage.objects.get(topic="disputes.answer")
    send_answer(message)
    dispute.refresh_from_db()
    assert dispute.sent_at == sent_at


def test_an_inquiry_that_becomes_a_dispute_is_answered_anew(market) -> None:
    dispute = market.dispute(is_inquiry=True)
    answer_dispute(dispute=dispute, text="It was sent.", actor=a_staff_user())
    let_effects_happen()
    assert SandboxDispute.objects.get().evidence == "It was sent."
    the_bank_decides(dispute, "needs_response")
    assert dispute.is_answerable
    answer_dispute(dispute=dispute, text="It was signed for.", actor=None)
    let_effects_happen()
    far = SandboxDispute.objects.get()
    assert (far.evidence, far.state) == ("It was signed for.", "under_review")


def test_an_answer_after_the_banks_time_is_kept_and_said(market) -> None:
    dispute = market.dispute()
    answer_dispute(dispute=dispute, text="It was sent.", actor=None)
    disputes.decide(public_id=dispute.provider_id, state="lost")
    let_effects_happen()
    dispute.refresh_from_db()
    assert dispute.sent_at is None
    assert SandboxDispute.objects.get().evidence == ""


def test_a_shops_words_may_be_changed_until_the_answer_leaves(market) -> None:
    dispute = market.dispute()
    for text in ("It was sent.", "It was sent on Monday."):
        add_statement(dispute=dispute, sale=market.sale_a, text=text, actor=None)
    assert dispute.statements.get().text == "It was sent on Monday."
    answer_dispute(dispute=dispute, text="See above.", actor=None)
    with pytest.raises(DisputeRefusedError):
        add_statement(dispute=dispute, sale=market.sale_a, text="Wait!", actor=None)


def test_only_shops_of_the_order_have_a_side(market) -> None:
    dispute = market.dispute()
    other = DisputedMarket()
    with pytest.raises(DisputeRefusedError):
        add_statement(dispute=dispute, sale=other.sale_a, text="It was us.", actor=None)


@pytest.mark.parametrize(
    ("ends", "to_shop", "to_affiliate"),
    [
        ("won", "The dispute about order", "stays yours"),
        ("lost", "The buyer won the dispute", "A commission was taken back"),
    ],
)
def test_shop_and_affiliate_hear_that_it_was_opened_and_how_it_ended(
    market, ends, to_shop, to_affiliate
) -> None:
    staff = a_staff_user()
    dispute = market.dispute()
    assert "disputes order" in subjects_to(market.a.owner.user.email)[-1]
    assert "disputes order" in subjects_to(market.b.owner.user.email)[-1]
    assert "A commission waits" in subjects_to(market.noor.user.email)[-1]
    assert "Answer a dispute" in subjects_to(staff.email)[-1]
    the_bank_decides(dispute, ends)
    assert to_shop in subjects_to(market.a.owner.user.email)[-1]
    assert to_affiliate in subjects_to(market.noor.user.email)[-1]
    assert f"Dispute {ends}" in subjects_to(staff.email)[-1]


def test_an_inquiry_is_told_as_a_question(market) -> None:
    market.dispute(is_inquiry=True)
    let_effects_happen()
    told = SentMail.objects.filter(to=market.a.owner.user.email).order_by("-id")[0]
    assert "asks what happened" in told.text
    assert f"/studio/waiting/orders/{market.sale_a.pk}/disputes/" in told.text
