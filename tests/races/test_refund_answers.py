"""Two answers, an answer and a sweep, a yes and a release: each cent moves once."""

from __future__ import annotations

import datetime as dt

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.sales.errors import RefundRefusedError, RequestRefusedError
from creatorhub.sales.models import Refund, RefundRequest
from creatorhub.sales.parts import Part
from creatorhub.sales.services import (
    accept_refund_request,
    decide_refund_request,
    decline_refund_request,
    escalate_unanswered,
    open_refund_request,
    refund_parts,
    release_due,
    repeat_refund,
)
from tests.databases import CommittedDatabase
from tests.factories.accounts import a_staff_user
from tests.factories.refunds import a_failed_refund, a_request, an_escalated_request
from tests.factories.sales import a_sale, line_ids, stands_at
from tests.factories.shops import a_download_listing, a_published_listing

State = RefundRequest.State


def test_five_presses_ask_once(committed_database: CommittedDatabase) -> None:
    sale = a_sale(a_published_listing(price=10_000))
    pieces = dict.fromkeys(line_ids(sale), 1)
    answers = committed_database.at_once(
        *[lambda: open_refund_request(sale=sale, pieces=pieces, reason_code="damaged")] * 5
    )
    assert {answer.pk for answer in answers} == {RefundRequest.objects.get().pk}
    check_invariants()


def test_yes_and_no_and_the_clock_end_in_one_answer(committed_database: CommittedDatabase) -> None:
    actor = a_staff_user()
    for _ in range(3):
        sale = a_sale(a_published_listing(price=10_000))
        request = a_request(sale)
        late = now() + dt.timedelta(days=4)

        def yes(request: RefundRequest = request) -> Refund:
            return accept_refund_request(request=request, actor=actor)

        def no(request: RefundRequest = request) -> RefundRequest:
            return decline_refund_request(request=request, note="No.", actor=actor)

        def clock(late: dt.datetime = late) -> int:
            with travel_to(late):
                return escalate_unanswered()

        committed_database.at_once(yes, no, clock, yes)

        request.refresh_from_db()
        # A yes is never too late, so it always wins in the end.
        assert request.state == State.ACCEPTED
        assert sale.refunds.count() == 1
        check_invariants()


def test_two_colleagues_and_the_shop_decide_once(committed_database: CommittedDatabase) -> None:
    sale = a_sale(a_published_listing(price=10_000))
    request, actor = an_escalated_request(sale), a_staff_user()

    def decide(gives_back: bool) -> RefundRequest:
        return decide_refund_request(
            request=request, gives_back=gives_back, note="So.", actor=actor
        )

    answers = committed_database.at_once(
        lambda: decide(True),
        lambda: decide(False),
        lambda: accept_refund_request(request=request, actor=actor),
    )

    assert any(isinstance(answer, RequestRefusedError) for answer in answers)
    request.refresh_from_db()
    assert sale.refunds.count() == (request.state == State.ACCEPTED)
    check_invariants()


def test_a_yes_and_a_release_move_each_cent_once(committed_database: CommittedDatabase) -> None:
    sale = a_sale(a_download_listing(price=10_000), address=None)
    request, later = a_request(sale), now() + dt.timedelta(days=20)

    def release() -> int:
        with travel_to(later):
            return release_due()

    committed_database.at_once(
        release, lambda: accept_refund_request(request=request, actor=None), release
    )
    assert stands_at("processor_balance") == 0
    check_invariants()


def test_the_same_part_confirmed_twice_goes_back_once(
    committed_database: CommittedDatabase,
) -> None:
    sale = a_sale((a_published_listing(price=10_000, stock=5), 3))
    part = Part(line_ids(sale)[0], quantity=1)

    answers = committed_database.at_once(
        *[lambda: refund_parts(sale=sale, parts=[part], reason_code="damaged", seen_minor=0)] * 4
    )
    assert sum(isinstance(answer, RefundRefusedError) for answer in answers) == 3
    assert sale.refunds.get().amount_minor == 10_000
    check_invariants()


def test_a_failed_refund_is_made_good_once(committed_database: CommittedDatabase) -> None:
    sale = a_sale(a_published_listing(price=10_000))
    failed, actor = a_failed_refund(sale), a_staff_user()
    committed_database.at_once(
        lambda: repeat_refund(refund=failed, actor=actor),
        lambda: repeat_refund(refund=failed, actor=actor, proof="SA-4711"),
        lambda: repeat_refund(refund=failed, actor=actor),
    )
    assert Refund.objects.filter(repeats=failed).count() == 1
    check_invariants()
