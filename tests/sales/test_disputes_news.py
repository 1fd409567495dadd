"""News of disputes come late, twice, in any order, or not at all; they end in the same place."""

from __future__ import annotations

import itertools

import pytest

from creatorhub.ledger.models import JournalEntry
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payments.models import (
    SandboxCheckout,
    SandboxControls,
    SandboxDispute,
    WebhookEvent,
)
from creatorhub.payments.sandbox import disputes, events
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Dispute, Hold
from creatorhub.sales.services.settle_dispute import UnknownPaymentError, settle_dispute
from tests.factories.disputes import DisputedMarket, on_the_far_side, the_bank_decides
from tests.factories.sales import (
    an_order,
    attempt_of,
    let_effects_happen,
    refund,
    stands_at,
    the_buyer_pays,
)
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> DisputedMarket:
    return DisputedMarket()


def hold_news_back() -> None:
    SandboxControls.objects.update_or_create(id=1, defaults={"holds_events": True})


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order_twice_ends_in_the_same_book(market, order) -> None:
    hold_news_back()
    far = on_the_far_side(market.order)
    disputes.answer(public_id=far.public_id, evidence="Sent.", idempotency_key="a")
    disputes.decide(public_id=far.public_id, state="lost")
    news = list(events.SandboxEvent.objects.filter(type__startswith="dispute").order_by("id"))
    for index in order:
        for _twice in range(2):
            events.deliver(event=news[index])
        handle_due_events()
    assert Dispute.objects.get().state == "lost"
    kinds = JournalEntry.objects.filter(kind__startswith="dispute").values_list("kind", flat=True)
    assert sorted(kinds) == ["dispute_lost", "dispute_taken"]
    assert market.held() == [0, 0, 0]
    check_invariants()


def test_a_dispute_may_be_heard_of_before_its_payment() -> None:
    hold_news_back()
    order = an_order(a_published_listing(price=6_000))
    the_buyer_pays(order)
    paid = SandboxCheckout.objects.get(public_id=attempt_of(order).provider_id)
    disputes.open_dispute(payment_id=paid.payment_id, reason="fraudulent")
    events.deliver(event=events.SandboxEvent.objects.get(type="dispute.opened"))
    handle_due_events()
    assert Dispute.objects.get().order == order.order
    assert stands_at("disputes_in_review") == 6_000
    check_invariants()


def test_an_unknown_payment_is_tried_again_later(market) -> None:
    far = on_the_far_side(market.order)
    SandboxDispute.objects.update(payment_id="pay_unknown")
    with pytest.raises(UnknownPaymentError):
        settle_dispute(provider="sandbox", provider_id=far.public_id)
    handle_due_events()
    event = WebhookEvent.objects.get(type="dispute.opened")
    assert event.handled_at is None
    SandboxDispute.objects.update(payment_id=attempt_of(market.order).payment_id)
    WebhookEvent.objects.update(due_at=event.received_at)
    handle_due_events()
    assert Dispute.objects.get().state == "needs_response"


def test_a_dispute_never_moves_back(market) -> None:
    dispute = the_bank_decides(market.dispute(), "won")
    SandboxDispute.objects.update(state="needs_response")
    settle_dispute(provider="sandbox", provider_id=dispute.provider_id)
    dispute.refresh_from_db()
    assert dispute.state == "won"
    SandboxDispute.objects.update(state="lost")
    settle_dispute(provider="sandbox", provider_id=dispute.provider_id)
    dispute.refresh_from_db()
    assert dispute.state == "won"
    check_invariants()


def test_an_inquiry_lets_money_wait_and_takes_none(market) -> None:
    dispute = market.dispute(is_inquiry=True)
    assert dispute.taken_at is None
    assert stands_at("disputes_in_review") == 0
    assert Hold.objects.filter(reason_code="dispute_inquiry", closed_at=None).count() == 2
    check_invariants()
    the_bank_decides(dispute, "withdrawn")
    assert not Hold.objects.filter(reason_code="dispute_inquiry", closed_at=None).exists()
    assert market.held() == [5_100, 3_600, 300]
    check_invariants()


def test_an_inquiry_may_become_a_dispute(market) -> None:
    dispute = the_bank_decides(market.dispute(is_inquiry=True), "needs_response")
    assert stands_at("disputes_in_review") == 10_000
    codes = Hold.objects.filter(closed_at=None, reason_code__startswith="dispute")
    assert set(codes.values_list("reason_code", flat=True)) == {"dispute"}
    the_bank_decides(dispute, "lost")
    assert market.held() == [0, 0, 0]
    check_invariants()


def test_a_refund_settles_an_inquiry_but_never_doubles_a_dispute(market) -> None:
    asked = market.dispute(is_inquiry=True)
    refund(market.sale_a)
    let_effects_happen()
    assert market.held() == [0, 3_600, 0]
    the_bank_decides(asked, "withdrawn")
    market.dispute()
    with pytest.raises(RefundRefusedError):
        refund(market.sale_b)
    check_invariants()


def test_what_was_given_back_while_the_bank_asked_is_the_markets_loss(market) -> None:
    asked = market.dispute(is_inquiry=True)
    refund(market.sale_a)
    let_effects_happen()
    the_bank_decides(asked, "needs_response")
    the_bank_decides(asked, "lost")
    assert market.held() == market.owed() == [0, 0, 0]
    assert stands_at("bad_debt") == 6_000
    check_invariants()


def test_two_disputes_of_one_order_each_end_for_themselves(market) -> None:
    first, second = market.dispute(share_percent=50), market.dispute(share_percent=50)
    assert second.amount_minor == 2_500
    the_bank_decides(first, "won")
    assert Hold.objects.filter(reason_code="dispute", closed_at=None).count() == 2
    the_bank_decides(second, "lost")
    assert not Hold.objects.filter(reason_code="dispute", closed_at=None).exists()
    assert sum(market.held()) + stands_at("platform_fees") == 7_500
    check_invariants()
