"""What must always be true of orders that their shop collects: functions of broken rows."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet, Sum

from creatorhub.foundation.invariant import Broken
from creatorhub.ledger.models import Posting
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.offline.gateway import OFFLINE
from creatorhub.sales.cash_book import collected_key
from creatorhub.sales.models import (
    CashOrder,
    Checkout,
    HandRefund,
    Refund,
    RefundLine,
    Sale,
    SaleLine,
)

State = CashOrder.State
ORDER_STATUS = {
    State.TO_COLLECT: ("accepted",),
    State.AWAITING: ("pending-payment",),
    State.RECEIPT: ("pending-payment",),
    State.NOT_RECEIVED: ("pending-payment",),
    State.COLLECTED: ("paid", "refunded"),
    State.REFUSED: ("refused",),
    State.EXPIRED: ("expired",),
}


def cash_orders_in_two_minds() -> list[Broken]:
    """An order its shop collects is where its money is: to be paid, paid, not taken, ended."""
    rows = CashOrder.objects.select_related("checkout__order").order_by("pk")
    return [
        Broken(f"cash order {row.pk}", f"is {row.state}, its order {row.checkout.order.status}")
        for row in rows
        if row.checkout.order.status not in ORDER_STATUS[State(row.state)]
    ]


def shops_collect_by_both_words() -> list[Broken]:
    """A sale is the shop's to collect exactly when its attempt went to no processor."""
    offline = set(
        PaymentAttempt.objects.filter(gateway__in=OFFLINE).values_list("reference", flat=True)
    )
    known = set(CashOrder.objects.values_list("checkout__attempt_reference", flat=True))
    broken = [
        Broken(f"attempt {reference}", "is offline, and its order does not know")
        for reference in sorted(offline ^ known)
    ]
    rows = Sale.objects.filter(order__checkout__cash__isnull=False).exclude(collected_by="shop")
    rows |= Sale.objects.filter(order__checkout__cash__isnull=True, collected_by="shop")
    return broken + [Broken(f"sale {row.pk}", f"says {row.collected_by}") for row in rows]


def debts_that_are_not_their_shares() -> list[Broken]:
    """What a shop owes for a collected order is the fee and the commission that stand."""
    broken = []
    for cash in CashOrder.objects.select_related("checkout__order").order_by("pk"):
        number = cash.checkout.order.number
        owed = _debt_in_book(number) if cash.state == State.COLLECTED else 0
        lines = SaleLine.objects.filter(sale__order=cash.checkout.order_id)
        shares = _standing(lines) if cash.state == State.COLLECTED else 0
        if owed != shares:
            broken.append(
                Broken(f"order {number}", f"{shares} owed by its shop, the book says {owed}")
            )
    return broken


def commissions_paid_by_nobody() -> list[Broken]:
    """A commission of a collected order is released once its shop has settled it, never before."""
    rows = SaleLine.objects.filter(
        sale__collected_by="shop", released_at__isnull=False, commission_minor__gt=0
    ).filter(Q(sale__order__checkout__cash__collected_at__isnull=True))
    open_hold = SaleLine.objects.filter(
        released_at__isnull=False, holds__reason_code="shop_settles", holds__closed_at=None
    )
    return [
        Broken(f"sale line {row.pk}", "was released before its shop settled it")
        for row in (rows | open_hold).distinct().order_by("pk")
    ]


def nothing_left_of_what_was_not_taken() -> list[Broken]:
    """Nobody has a share in an order that was not taken, and it was never refunded."""
    lines = SaleLine.objects.filter(sale__order__checkout__cash__state=State.REFUSED)
    kept = lines.exclude(
        refunded_minor=F("base_minor"),
        fee_reversed_minor=F("fee_minor"),
        commission_reversed_minor=F("commission_minor"),
    )
    broken = [Broken(f"sale line {row.pk}", "was not taken, and leaves a share") for row in kept]
    refunds = Refund.objects.filter(sale__order__checkout__cash__state=State.REFUSED)
    return broken + [Broken(f"refund {row.pk}", "of nothing paid") for row in refunds]


def hand_refunds_without_their_hand() -> list[Broken]:
    """A refund of a collected order is in the shop's hands; one given back says when."""
    rows = Refund.objects.filter(sale__collected_by="shop", by_hand__isnull=True)
    silent = HandRefund.objects.filter(refund__state=Refund.State.PAID, given_at=None)
    strange = HandRefund.objects.exclude(refund__sale__collected_by="shop")
    return (
        [Broken(f"refund {row.pk}", "nobody was asked to hand it over") for row in rows]
        + [Broken(f"refund {row.refund_id}", "is given, nobody said when") for row in silent]
        + [Broken(f"refund {row.refund_id}", "is the processor's") for row in strange]
    )


def unplaced_offline_orders() -> list[Broken]:
    """What costs something and is collected by a shop is all of one shop."""
    rows = Checkout.objects.filter(cash__isnull=False).order_by("pk")
    return [
        Broken(f"order {row.order_id}", "is collected by one of several shops")
        for row in rows
        if row.order.lines.values("partner").distinct().count() > 1
    ]


def expected_cash_entries(written: set[str]) -> set[str]:
    """The keys that collected orders have in the book: only where somebody has a share.

    Whether anything was left of a commission when it was released cannot be known once it was
    given back whole: such an entry may be there (it is, if it is in `written`) or not.
    """
    collected = Sale.objects.filter(order__checkout__cash__state=State.COLLECTED).exclude(
        fee_minor=0, commission_minor=0
    )
    keys = {collected_key(n) for n in collected.values_list("order__number", flat=True)}
    moved = RefundLine.objects.filter(refund__sale__collected_by="shop").exclude(
        fee_minor=0, commission_minor=0
    )
    keys |= {f"refund:{pk}" for pk in moved.values_list("refund_id", flat=True)}
    failed = moved.filter(refund__state=Refund.State.FAILED)
    keys |= {f"refund_failed:{pk}" for pk in failed.values_list("refund_id", flat=True)}
    released = SaleLine.objects.filter(
        sale__collected_by="shop", released_at__isnull=False, commission_minor__gt=0
    )
    may = {f"release:line:{pk}" for pk in released.values_list("pk", flat=True)}
    left = released.filter(commission_reversed_minor__lt=F("commission_minor"))
    return (
        keys | (may & written) | {f"release:line:{pk}" for pk in left.values_list("pk", flat=True)}
    )


def _debt_in_book(order_number: str) -> int:
    """Debits less credits that a collected order wrote about its shop's debt."""
    sums = dict(
        Posting.objects.filter(
            explanation__order=order_number,
            explanation__kind__in=(
                "cash.fee",
                "cash.commission",
                "cash.refund",
                "cash.refund_failed",
            ),
        )
        .order_by()
        .values_list("side")
        .annotate(Sum("amount_minor"))
    )
    return int(sums.get("debit", 0)) - int(sums.get("credit", 0))


def _standing(lines: QuerySet[SaleLine]) -> int:
    rows = lines.aggregate(
        minor=Sum(
            F("fee_minor")
            - F("fee_reversed_minor")
            + F("commission_minor")
            - F("commission_reversed_minor")
        )
    )
    return int(rows["minor"] or 0)
