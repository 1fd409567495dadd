"""A buyer asks for money back: the shop answers within its clock, or staff do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import translation

from creatorhub.accounts.models import User
from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.models import AuditEntry
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import OutboxMessage, SentMail
from creatorhub.sales.errors import RequestRefusedError
from creatorhub.sales.models import RefundRequest, Sale
from creatorhub.sales.parts import Part
from creatorhub.sales.services import (
    accept_refund_request,
    decide_refund_request,
    decline_refund_request,
    escalate_refund_request,
    escalate_unanswered,
    refund_lines,
    release_due,
    remind_of_requests,
    withdraw_refund_request,
)
from tests.factories.accounts import a_staff_user
from tests.factories.refunds import a_declined_request, a_request, an_escalated_request
from tests.factories.sales import a_sale, let_effects_happen, line_ids, send, stands_at
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
State = RefundRequest.State


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def sale() -> Sale:
    return a_sale((a_published_listing(price=10_000, stock=9), 2))


@pytest.fixture
def creator(sale: Sale) -> User:
    assert sale.shop.owner.user is not None
    return sale.shop.owner.user


def days(number: float) -> dt.timedelta:
    return dt.timedelta(days=number)


def open_holds(sale: Sale) -> set[str]:
    lines = sale.lines.filter(kind="item").get()
    return set(lines.holds.filter(closed_at=None).values_list("reason_code", flat=True))


def mails() -> list[str]:
    let_effects_happen()
    assert not OutboxMessage.objects.filter(attempts__gt=0).exists()
    return [mail.subject for mail in SentMail.objects.order_by("pk")]


def test_the_money_waits_with_its_reason_and_the_shop_hears_by_when(sale: Sale) -> None:
    request = a_request(sale)
    assert request.answer_by - request.asked_at == days(3)
    assert request.asked.minor == 20_000
    assert "refund_asked" in open_holds(sale)
    assert any("asks for money back" in subject for subject in mails())
    assert any("You asked" in subject for subject in mails())
    check_invariants()


def test_asking_twice_is_asking_once(sale: Sale) -> None:
    assert a_request(sale).pk == a_request(sale).pk
    (line,) = line_ids(sale)
    with pytest.raises(RequestRefusedError, match="asked about this order already"):
        a_request(sale, pieces={line: 1})


def test_a_yes_gives_back_what_was_asked(sale: Sale, creator: User) -> None:
    (line,) = line_ids(sale)
    request = a_request(sale, pieces={line: 1})
    refund = accept_refund_request(request=request, note="Sorry!", actor=creator)
    again = accept_refund_request(request=request, note="Sorry!", actor=creator)

    request.refresh_from_db()
    assert refund.pk == again.pk
    assert (request.state, refund.amount_minor) == (State.ACCEPTED, 10_000)
    assert (refund.reason_code, refund.note, refund.decided_by) == ("damaged", "Sorry!", creator)
    assert "refund_asked" not in open_holds(sale)
    assert AuditEntry.objects.filter(action="refund_request.accepted", actor=creator).exists()
    check_invariants()


def test_a_yes_to_a_part_lets_the_buyer_ask_for_the_rest(sale: Sale, creator: User) -> None:
    (line,) = line_ids(sale)
    request = a_request(sale)
    accept_refund_request(request=request, parts=[Part(line, quantity=1)], actor=creator)
    request.refresh_from_db()
    assert request.state == State.ACCEPTED
    assert a_request(sale, pieces={line: 1}).pk != request.pk
    check_invariants()


def test_a_no_needs_words_and_can_be_taken_to_staff(sale: Sale, creator: User) -> None:
    request = a_request(sale)
    with pytest.raises(RequestRefusedError, match="Say why"):
        decline_refund_request(request=request, note=" ", actor=creator)
    decline_refund_request(request=request, note="It was whole.", actor=creator)
    assert "refund_asked" not in open_holds(sale)
    with pytest.raises(RequestRefusedError, match="answered already"):
        a_request(sale)

    escalated = escalate_refund_request(request=request, note="It was not.")

    assert (escalated.state, escalated.escalated_by) == (State.ESCALATED, "buyer")
    assert escalated.decide_by is not None
    assert escalated.decide_by - now() > days(4.9)
    assert "refund_asked" in open_holds(sale)
    check_invariants()


def test_without_an_answer_the_shop_is_reminded_and_then_staff_decide(sale: Sale) -> None:
    request = a_request(sale)
    assert remind_of_requests() == escalate_unanswered() == 0
    with travel_to(now() + days(2.5)):
        assert remind_of_requests() == 1
        assert any("One day left" in subject for subject in mails())
        assert remind_of_requests() == escalate_unanswered() == 0
    with travel_to(now() + days(3.1)):
        assert escalate_unanswered() == 1
        assert escalate_unanswered() == 0
    request.refresh_from_db()
    assert (request.state, request.escalated_by) == (State.ESCALATED, "clock")
    check_invariants()


def test_staff_give_it_back_and_everybody_reads_why(sale: Sale) -> None:
    request, staff = an_escalated_request(sale), a_staff_user()
    decide_refund_request(request=request, gives_back=True, note="The photo shows it.", actor=staff)
    request.refresh_from_db()
    assert (request.state, request.decided_by) == (State.ACCEPTED, staff)
    assert request.refund is not None
    assert request.refund.amount_minor == 20_000
    mails()
    told = SentMail.objects.filter(text__contains="The photo shows it.")
    assert told.filter(to="sara@example.com").exists()
    assert sale.shop.owner.user is not None
    assert told.filter(to=sale.shop.owner.user.email).exists()
    check_invariants()


def test_staff_say_no_for_good(sale: Sale) -> None:
    request, staff = an_escalated_request(sale), a_staff_user()
    decide_refund_request(request=request, gives_back=False, note="It is whole.", actor=staff)
    request.refresh_from_db()
    assert (request.state, request.refund) == (State.CLOSED, None)
    with pytest.raises(RequestRefusedError):
        decide_refund_request(request=request, gives_back=True, note="Or not.", actor=staff)
    with pytest.raises(RequestRefusedError):
        escalate_refund_request(request=request)
    assert sale.refunds.count() == 0
    check_invariants()


def test_a_shop_may_still_say_yes_while_staff_look(sale: Sale, creator: User) -> None:
    request = an_escalated_request(sale)
    accept_refund_request(request=request, actor=creator)
    with pytest.raises(RequestRefusedError, match="in the meantime"):
        decide_refund_request(request=request, gives_back=True, note="Yes.", actor=a_staff_user())
    assert sale.refunds.count() == 1
    check_invariants()


def test_an_answer_after_the_other_answer_is_refused(sale: Sale, creator: User) -> None:
    request = a_request(sale)
    accept_refund_request(request=request, actor=creator)
    with pytest.raises(RequestRefusedError, match="in the meantime"):
        decline_refund_request(request=request, note="No.", actor=creator)
    check_invariants()


def test_taking_it_back_lets_the_money_go_on(sale: Sale, creator: User) -> None:
    request = a_request(sale)
    withdraw_refund_request(request=request)
    withdraw_refund_request(request=request)
    assert "refund_asked" not in open_holds(sale)
    with pytest.raises(RequestRefusedError, match="taken this back"):
        accept_refund_request(request=request, actor=creator)
    assert a_request(sale).is_open
    check_invariants()


def test_money_given_in_the_studio_answers_the_request(sale: Sale, creator: User) -> None:
    request = a_request(sale)
    refund_lines(sale=sale, sale_lines=line_ids(sale), reason_code="damaged", actor=creator)
    request.refresh_from_db()
    assert (request.state, request.answered_by) == (State.ACCEPTED, creator)
    check_invariants()


def test_money_asked_back_is_not_released_before_the_answer() -> None:
    sale = a_sale(a_download_listing(price=10_000))
    with travel_to(now() + days(13)):
        request = a_request(sale)
    with travel_to(now() + days(15)):
        assert release_due() == 0
        assert sale.shop.owner.user is not None
        decline_refund_request(request=request, note="No.", actor=sale.shop.owner.user)
        assert release_due() == 1
        check_invariants()


def test_the_buyer_never_waits_for_the_sellers_balance() -> None:
    sale = a_sale(a_download_listing(price=10_000))
    with travel_to(now() + days(13)):
        request = a_declined_request(sale)
    with travel_to(now() + days(20)):
        release_due()
        escalate_refund_request(request=request)
        decide_refund_request(
            request=request, gives_back=True, note="It was broken.", actor=a_staff_user()
        )
        assert stands_at("payee_payable", sale.shop.owner) == 0
        assert sale.refunds.get().amount_minor == 10_000
        check_invariants()


def test_what_cannot_be_asked_for_says_why() -> None:
    shop = a_shop()
    shop.shipping_flat_minor = 1_500
    shop.save()
    sale = a_sale(a_published_listing(shop=shop, price=10_000, stock=5))
    item, shipping = line_ids(sale)
    for pieces, reason_code, words in (
        ({}, "damaged", "at least one"),
        ({0: 1}, "damaged", "not part of this order"),
        ({item: 2}, "damaged", "only 1 can still"),
        ({shipping: 1}, "buyer_changed_mind", "only when something was wrong"),
    ):
        with pytest.raises(RequestRefusedError, match=words):
            a_request(sale, pieces=pieces, reason_code=reason_code)
    send(sale)
    with travel_to(now() + days(15)), pytest.raises(RequestRefusedError, match="was over on"):
        a_request(sale)
    assert a_request(sale, pieces={item: 1, shipping: 1}).asked.minor == 11_500


def test_a_no_can_be_taken_to_staff_for_so_long_only(sale: Sale) -> None:
    request = a_declined_request(sale)
    with travel_to(now() + days(15)), pytest.raises(RequestRefusedError, match="is over"):
        escalate_refund_request(request=request)
    assert escalate_refund_request(request=request).pk == request.pk
    assert escalate_refund_request(request=request).state == State.ESCALATED
