"""Two shops, an affiliate, buyers, their banks and staff, who do anything in any order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from creatorhub.config.registries import SWEEPS
from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import (
    PaymentAttempt,
    SandboxControls,
    SandboxDispute,
    WebhookEvent,
)
from creatorhub.payments.sandbox import disputes
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.errors import (
    CashRefusedError,
    CheckoutRefusedError,
    FreezeRefusedError,
    RefundRefusedError,
    RequestRefusedError,
)
from creatorhub.sales.models import (
    CashOrder,
    Checkout,
    RefundRequest,
    Sale,
    SaleFreeze,
    SaleLine,
)
from creatorhub.sales.services import (
    accept_refund_request,
    decline_refund_request,
    escalate_refund_request,
    open_refund_request,
    refund_amounts,
    refund_lines,
    send_lines,
)
from creatorhub.sales.services.confirm_cash import confirm_cash, refuse_delivery
from creatorhub.sales.services.freeze_payee import freeze_payee, unfreeze_payee
from creatorhub.sales.services.freeze_sale import freeze_sale, unfreeze_sale
from tests.factories.accounts import a_staff_user
from tests.factories.cash import a_cash_order, takes_cash
from tests.factories.sales import (
    a_click,
    an_affiliate,
    an_order,
    let_effects_happen,
    pay,
    the_buyer_pays,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

PICK = st.integers(0, 10_000)
SUSPECTED = "many_complaints"
BANK_SAYS = st.sampled_from(["needs_response", "won", "lost", "withdrawn"])


class MoneyLife(RuleBasedStateMachine):
    """A market of its own; after every step, everything that must hold holds."""

    steps_lived = 0

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
        for shop in shops:
            takes_cash(shop)
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

    def clicks(self, shared: bool) -> list[Any]:
        return [a_click(self.noor, self.listings[0])] if shared else []

    @initialize()
    def some_sales(self) -> None:
        """Something to release, pay out and give back from the first step on."""
        with self.then():
            for listings in (self.listings[:2], self.listings[:3], self.listings[1:2]):
                pay(an_order(*listings, clicks=self.clicks(shared=True)))

    # Buyers ----------------------------------------------------------------------------------
    @rule(first=PICK, second=PICK, quantity=st.integers(1, 3), shared=st.booleans(), paid=PICK)
    def order(self, first: int, second: int, quantity: int, shared: bool, paid: int) -> None:
        chosen = {self.listings[pick % 4] for pick in (first, second)}
        with self.then(), suppress(CheckoutRefusedError):
            checkout = an_order(
                *[(one, quantity) for one in chosen], clicks=self.clicks(shared=shared)
            )
            if Sale.objects.filter(order=checkout.order).exists():
                return
            if paid % 4:
                pay(checkout)
            else:
                self.waiting.append(checkout)

    @rule(pick=PICK)
    def pay_later(self, pick: int) -> None:
        if self.waiting:
            with self.then():
                the_buyer_pays(self.waiting[pick % len(self.waiting)])

    @rule(pick=PICK, quantity=st.integers(1, 2), shared=st.booleans())
    def order_for_the_door(self, pick: int, quantity: int, shared: bool) -> None:
        physical = self.listings[0 if pick % 2 else 2]
        with self.then(), suppress(CheckoutRefusedError):
            a_cash_order((physical, quantity), clicks=self.clicks(shared=shared))

    @rule(pick=PICK, quantity=st.integers(1, 2))
    def ask_back(self, pick: int, quantity: int) -> None:
        line = self.one_of(SaleLine.objects.all(), pick)
        if line is not None:
            with self.then(), suppress(RequestRefusedError):
                open_refund_request(
                    sale=line.sale, pieces={line.pk: quantity}, reason_code="damaged"
                )

    @rule(pick=PICK)
    def insist(self, pick: int) -> None:
        request = self.one_of(RefundRequest.objects.all(), pick)
        if request is not None:
            with self.then(), suppress(RequestRefusedError):
                escalate_refund_request(request=request, note="It came broken.")

    # Shops -----------------------------------------------------------------------------------
    @rule(pick=PICK)
    def send(self, pick: int) -> None:
        sale = self.one_of(Sale.objects.all(), pick)
        if sale is not None:
            lines = list(sale.lines.values_list("pk", flat=True))
            with self.then():
                send_lines(sale=sale, line_ids=lines[: pick % 4 or None])

    @rule(pick=PICK, taken=st.booleans())
    def at_the_door(self, pick: int, taken: bool) -> None:
        cash = self.one_of(CashOrder.objects.all(), pick)
        if cash is None:
            return
        with self.then(), suppress(CashRefusedError):
            if taken:
                confirm_cash(cash=cash, actor=cash.shop.owner.user)
            else:
                refuse_delivery(
                    cash=cash, reason_code="delivery_refused", actor=cash.shop.owner.user
                )

    @rule(pick=PICK, yes=st.booleans())
    def answer(self, pick: int, yes: bool) -> None:
        request = self.one_of(RefundRequest.objects.all(), pick)
        if request is None:
            return
        with self.then(), suppress(RequestRefusedError, RefundRefusedError):
            if yes:
                accept_refund_request(request=request, actor=self.staff)
                let_effects_happen()
            else:
                decline_refund_request(request=request, note="It was fine.", actor=self.staff)

    @rule(pick=PICK, whole_sale=st.booleans(), refused=st.booleans())
    def refund(self, pick: int, whole_sale: bool, refused: bool) -> None:
        line = self.one_of(SaleLine.objects.all(), pick)
        if line is None:
            return
        lines = line.sale.lines.all() if whole_sale else [line]
        with self.then():
            SandboxControls.objects.update_or_create(id=1, defaults={"refuses_refunds": refused})
            with suppress(RefundRefusedError):
                refund_lines(
                    sale=line.sale, sale_lines=[one.pk for one in lines], reason_code="damaged"
                )
            let_effects_happen()

    @rule(pick=PICK, minor=st.integers(1, 9_000))
    def give_back_a_part(self, pick: int, minor: int) -> None:
        line = self.one_of(SaleLine.objects.filter(base_minor__gt=0), pick)
        if line is not None and minor <= line.remaining.minor:
            part = type(line.remaining)(minor, line.sale.currency)
            with self.then(), suppress(RefundRefusedError):
                refund_amounts(sale=line.sale, amounts={line.pk: part}, reason_code="damaged")
                let_effects_happen()

    # Banks -----------------------------------------------------------------------------------
    @rule(pick=PICK, share=st.sampled_from([100, 37]), asks=st.booleans())
    def dispute(self, pick: int, share: int, asks: bool) -> None:
        paid = PaymentAttempt.objects.filter(gateway="sandbox").exclude(payment_id="")
        attempt = self.one_of(paid, pick)
        if attempt is None:
            return
        with self.then(), suppress(disputes.NothingToDisputeError):
            disputes.open_dispute(
                payment_id=attempt.payment_id,
                reason="fraudulent",
                share_percent=share,
                is_inquiry=asks,
            )
            let_effects_happen()

    @rule(pick=PICK, says=BANK_SAYS)
    def the_bank_decides(self, pick: int, says: str) -> None:
        dispute = self.one_of(SandboxDispute.objects.all(), pick)
        if dispute is not None:
            with self.then():
                disputes.decide(public_id=dispute.public_id, state=says)
                let_effects_happen()

    # Staff -----------------------------------------------------------------------------------
    @rule(pick=PICK, begins=st.booleans())
    def freeze(self, pick: int, begins: bool) -> None:
        until = self.moment + dt.timedelta(days=5)
        with self.then(), suppress(FreezeRefusedError):
            if begins:
                sale = self.one_of(Sale.objects.all(), pick)
                freeze_sale(
                    sale=sale, reason_code=SUSPECTED, note="-", until=until, actor=self.staff
                )
            else:
                freeze = self.one_of(SaleFreeze.objects.filter(closed_at=None), pick)
                if freeze is not None:
                    unfreeze_sale(freeze=freeze, outcome="fine", actor=self.staff)

    @rule(pick=PICK, begins=st.booleans())
    def hold_somebody(self, pick: int, begins: bool) -> None:
        until = self.moment + dt.timedelta(days=5)
        with self.then(), suppress(FreezeRefusedError):
            if begins:
                freeze_payee(
                    payee=self.one_of(Payee.objects.all(), pick),
                    reason_code=SUSPECTED,
                    note="-",
                    until=until,
                    actor=self.staff,
                )
            else:
                hold = self.one_of(PayeeHold.objects.filter(closed_at=None), pick)
                if hold is not None:
                    unfreeze_payee(hold=hold, outcome="fine", actor=self.staff)

    @rule(refused=st.booleans())
    def pay_everybody(self, refused: bool) -> None:
        with self.then():
            SandboxControls.objects.update_or_create(id=1, defaults={"refuses_transfers": refused})
            run_payouts(key=f"run {next(self.runs)}", actor=self.staff)
            let_effects_happen()

    # Time ------------------------------------------------------------------------------------
    @rule(hours=st.sampled_from([1, 24, 24 * 8, 24 * 20]))
    def time_passes(self, hours: int) -> None:
        self.moment += dt.timedelta(hours=hours)
        with self.then():
            disputes.lose_unanswered()
            for sweep in SWEEPS:
                sweep()
            let_effects_happen()

    @invariant()
    def everything_holds(self) -> None:
        MoneyLife.steps_lived += 1
        with self.then():
            check_invariants()
            assert not OutboxMessage.objects.filter(attempts__gt=0).exists()
            assert not WebhookEvent.objects.exclude(last_error="").exists()
