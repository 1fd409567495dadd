"""The whole life of money in any order: after every step, everything that must hold holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import SandboxControls
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.errors import CheckoutRefusedError, RefundRefusedError
from creatorhub.sales.models import Checkout, Sale, SaleLine
from creatorhub.sales.services import (
    complete_due,
    expire_due_attempts,
    refund_amounts,
    refund_lines,
    release_due,
    send_lines,
)
from tests.factories.accounts import a_staff_user
from tests.factories.sales import (
    a_click,
    an_affiliate,
    an_order,
    let_effects_happen,
    pay,
    the_buyer_pays,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db

PICK = st.integers(0, 10_000)


class MoneyLife(RuleBasedStateMachine):
    """Two shops, an affiliate, and whatever people do."""

    def __init__(self) -> None:
        super().__init__()
        # Rolled back at the end; marked so that durable transactions may run inside.
        self.example: Any = transaction.atomic()
        self.example._from_testcase = True
        self.example.__enter__()
        self.moment = now()
        self.runs = count(1)
        self.waiting: list[Checkout] = []
        with self.then():
            self.open_the_market()

    def open_the_market(self) -> None:
        self.staff = a_staff_user()
        shops = [a_shop(), a_shop()]
        shops[0].shipping_flat_minor = 2_500
        shops[0].save()
        self.listings = [
            a_published_listing(shop=shops[0], price=33_333, stock=6),
            a_download_listing(shop=shops[0], price=10_001),
            a_published_listing(shop=shops[1], price=47_707, stock=None),
            a_download_listing(shop=shops[1], price=0),
        ]
        self.noor = an_affiliate(shops[0], rate_bps=1_337)

    @contextmanager
    def then(self) -> Iterator[None]:
        with travel_to(self.moment):
            yield

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def one_of(self, rows: Any, pick: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[pick % len(found)] if found else None

    @rule(first=PICK, second=PICK, quantity=st.integers(1, 3), shared=st.booleans(), paid=PICK)
    def order(self, first: int, second: int, quantity: int, shared: bool, paid: int) -> None:
        chosen = {self.listings[pick % 4] for pick in (first, second)}
        clicks = [a_click(self.noor, self.listings[0])] if shared else []
        with self.then():
            try:
                checkout = an_order(*[(one, quantity) for one in chosen], clicks=clicks)
            except CheckoutRefusedError:
                return
            if Sale.objects.filter(order=checkout.order).exists():
                return
            if paid % 4:
                pay(checkout)
            else:
                self.waiting.append(checkout)

    @initialize()
    def some_sales(self) -> None:
        """Something to release, pay out and give back from the first step on."""
        clicks = [a_click(self.noor, self.listings[0])]
        with self.then():
            for listings in (self.listings[:2], self.listings[:3], self.listings[1:2]):
                pay(an_order(*listings, clicks=clicks))

    @rule(pick=PICK)
    def pay_later(self, pick: int) -> None:
        if self.waiting:
            with self.then():
                the_buyer_pays(self.waiting[pick % len(self.waiting)])

    @rule(pick=PICK)
    def send(self, pick: int) -> None:
        sale = self.one_of(Sale.objects.all(), pick)
        if sale is not None:
            lines = list(sale.lines.values_list("pk", flat=True))
            with self.then():
                send_lines(sale=sale, line_ids=lines[: pick % 4 or None])

    @rule(pick=PICK, whole_sale=st.booleans(), refused=st.booleans())
    def refund(self, pick: int, whole_sale: bool, refused: bool) -> None:
        line = self.one_of(SaleLine.objects.all(), pick)
        if line is None:
            return
        lines = line.sale.lines.all() if whole_sale else [line]
        with self.then():
            SandboxControls.objects.update_or_create(id=1, defaults={"refuses_refunds": refused})
            try:
                refund_lines(
                    sale=line.sale, sale_lines=[one.pk for one in lines], reason_code="damaged"
                )
            except RefundRefusedError:
                return
            let_effects_happen()

    @rule(pick=PICK, minor=st.integers(1, 9_000))
    def give_back_a_part(self, pick: int, minor: int) -> None:
        line = self.one_of(SaleLine.objects.filter(base_minor__gt=0), pick)
        if line is not None and minor <= line.remaining.minor:
            part = type(line.remaining)(minor, line.sale.currency)
            with self.then():
                refund_amounts(sale=line.sale, amounts={line.pk: part}, reason_code="damaged")
                let_effects_happen()

    @rule(hours=st.sampled_from([1, 24, 24 * 8, 24 * 20]))
    def time_passes(self, hours: int) -> None:
        self.moment += dt.timedelta(hours=hours)
        with self.then():
            complete_due()
            expire_due_attempts()
            let_effects_happen()
            release_due()

    @rule()
    def pay_everybody(self) -> None:
        with self.then():
            run_payouts(key=f"run {next(self.runs)}", actor=self.staff)
            let_effects_happen()

    @invariant()
    def everything_holds(self) -> None:
        with self.then():
            check_invariants()
            assert not OutboxMessage.objects.filter(attempts__gt=0).exists()


def live(examples: int, steps: int) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis
        MoneyLife,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_money_lives_through_anything() -> None:
    live(examples=10, steps=30)


@pytest.mark.long
def test_money_lives_through_anything_for_long() -> None:
    live(examples=200, steps=50)
