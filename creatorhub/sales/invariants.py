"""What must always be true of orders, sales and their money.

Each function returns the rows that break it. Its docstring's first line is what the doctor says.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from oscar.apps.order.models import Line, Order

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now
from creatorhub.foundation.invariant import Broken
from creatorhub.ledger.models import Account, JournalEntry
from creatorhub.money import Money
from creatorhub.offers.models import Grant
from creatorhub.payments.models import PaymentAttempt, Quarantine
from creatorhub.sales.cash_invariants import expected_cash_entries
from creatorhub.sales.dispute_invariants import (
    expected_first_releases,
    expected_releases_again,
    pending_commissions,
)
from creatorhub.sales.models import CashOrder, Checkout, DisputeLine, Hold, Refund, Sale, SaleLine
from creatorhub.sales.parties import shared_by

UNSOLD = ("late.paid", "aside.paid")
RECORDED_WITHIN = dt.timedelta(minutes=5)
State = PaymentAttempt.State
PROCESSOR = Sale.Collector.PROCESSOR


def orders_without_their_payment() -> list[Broken]:
    """A paid order has one completed attempt of its whole amount, or cost nothing."""
    broken = []
    completed = {
        attempt.reference: Money(attempt.amount_minor, attempt.currency)
        for attempt in PaymentAttempt.objects.filter(state=State.COMPLETED)
    }
    paid = Checkout.objects.filter(order__status__in=["paid", "refunded"])
    for checkout in paid.select_related("order").order_by("pk"):
        total = Money.from_decimal(checkout.order.total_incl_tax, checkout.order.currency)
        charged = completed.pop(checkout.attempt_reference, Money.zero(total.currency))
        if charged != total:
            broken.append(
                Broken(f"order {checkout.order.number}", f"costs {total}, {charged} was charged")
            )
    broken += [
        Broken(f"attempt {reference}", "was completed for no paid order") for reference in completed
    ]
    return broken


def payments_without_their_sale() -> list[Broken]:
    """Nothing is paid for longer than five minutes without a sale, a refund or a quarantine."""
    sold = Sale.objects.filter(order__number=OuterRef("reference"))
    late = JournalEntry.objects.filter(kind__in=UNSOLD, reference__endswith=OuterRef("reference"))
    aside = Quarantine.objects.filter(attempt=OuterRef("pk"), closed_at=None)
    rows = PaymentAttempt.objects.filter(
        ~Exists(sold), ~Exists(late), ~Exists(aside), payment_id__gt=""
    ).filter(Q(paid_at__lt=now() - RECORDED_WITHIN) | Q(state=State.COMPLETED))
    return [
        Broken(f"attempt {row.reference}", f"paid at {row.paid_at}, and nothing was sold")
        for row in rows.exclude(state=State.QUARANTINED).order_by("pk")
    ]


def orders_that_do_not_add_up() -> list[Broken]:
    """An order's total is its lines and its shipping, and its sales add up to it."""
    broken = []
    lines = _sums(Line.objects.values_list("order").annotate(Sum("line_price_incl_tax")))
    sales = _sums(Sale.objects.values_list("order").annotate(Sum("total_minor")))
    for order in Order.objects.filter(checkout__isnull=False).order_by("pk"):
        parts = lines.get(order.pk, Decimal(0)) + order.shipping_incl_tax
        if parts != order.total_incl_tax:
            broken.append(
                Broken(f"order {order.number}", f"total {order.total_incl_tax}, parts {parts}")
            )
        sold = sales.get(order.pk)
        total = Money.from_decimal(order.total_incl_tax, order.currency)
        if sold is not None and sold != total.minor:
            broken.append(Broken(f"order {order.number}", f"{total.minor} paid, {sold} sold"))
    return broken


def sales_that_do_not_add_up() -> list[Broken]:
    """A sale's total, fee and commission are the sums of its lines."""
    rows = (
        Sale.objects.annotate(
            bases=Coalesce(Sum("lines__base_minor"), 0),
            fees=Coalesce(Sum("lines__fee_minor"), 0),
            commissions=Coalesce(Sum("lines__commission_minor"), 0),
        )
        .exclude(total_minor=F("bases"), fee_minor=F("fees"), commission_minor=F("commissions"))
        .order_by("pk")
    )
    return [Broken(f"sale {row.pk}", f"says {row.total_minor}, {row.bases} sold") for row in rows]


def lines_that_owe_their_shop() -> list[Broken]:
    """fee + commission + the shop's share = base, as sold and after every refund."""
    return [
        Broken(f"sale line {line.pk}", f"leaves its shop {line.net_left.minor}")
        for line in SaleLine.objects.select_related("sale").order_by("pk")
        if line.net_left.minor < 0 or line.commission_left.minor < 0 or line.net_minor < 0
    ]


def money_held_by_nobody() -> list[Broken]:
    """What the book holds for a payee is their share of the lines that were not released yet."""
    owed: Counter[tuple[str, str]] = Counter()
    collected = _collected_orders()
    rows = SaleLine.objects.select_related("sale__order", "sale__shop__owner")
    lines = [*rows.filter(released_at=None), *rows.filter(pk__in=pending_commissions())]
    for shared in shared_by(lines):
        currency = shared.line.sale.currency
        if not shared.line.sale.is_collected_by_shop:
            net = shared.line.net_left.minor if shared.is_net_held else 0
            owed[shared.shop_owner, currency] += net
        elif shared.line.sale.order_id not in collected:
            continue  # Nothing of it is in the book before its shop has the money.
        if shared.is_commission_held:
            owed[shared.affiliate_owner, currency] += shared.line.commission_left.minor
    held = {
        (account.owner, account.currency): account.balance_minor
        for account in Account.objects.filter(name="payee_held")
    }
    return [
        Broken(f"payee {key[0]} {key[1]}", f"{held.get(key, 0)} held, {owed[key]} unreleased")
        for key in sorted(held.keys() | owed.keys())
        if held.get(key, 0) != owed[key]
    ]


def money_that_waits_for_no_reason() -> list[Broken]:
    """A line that is not released yet has an open hold, with its reason and its date."""
    held = Hold.objects.filter(sale_line=OuterRef("pk"), closed_at=None)
    rows = SaleLine.objects.filter(
        ~Exists(held), released_at=None, refunded_minor__lt=F("base_minor")
    )
    return [Broken(f"sale line {row.pk}", "waits without a hold") for row in rows.order_by("pk")]


def commissions_that_differ_from_their_line() -> list[Broken]:
    """One commission per line at most; it, and what is reversed of it, is what the line gave."""
    broken = []
    commissions: dict[int | None, Commission] = {
        commission.attribution.order_line_id: commission
        for commission in Commission.objects.select_related("attribution")
    }
    for line in SaleLine.objects.filter(kind=SaleLine.Kind.ITEM).order_by("pk"):
        commission = commissions.pop(line.order_line_id, None)
        of_line = (line.commission_minor, line.commission_reversed_minor)
        found = (commission.amount_minor, commission.reversed_minor) if commission else (0, 0)
        if found != of_line:
            broken.append(Broken(f"sale line {line.pk}", f"gave {of_line}, commission is {found}"))
    broken += [Broken(f"commission {row.pk}", "of no sale line") for row in commissions.values()]
    return broken


def commissions_their_adjustments_do_not_explain() -> list[Broken]:
    """What is reversed of a commission is the sum of its adjustments, each with its reason."""
    rows = (
        Commission.objects.annotate(changed=Coalesce(Sum("adjustments__delta_minor"), 0))
        .exclude(changed=-F("reversed_minor"))
        .order_by("pk")
    )
    return [
        Broken(f"commission {row.pk}", f"{row.reversed_minor} reversed, adjusted by {row.changed}")
        for row in rows
    ]


def refunds_that_do_not_add_up() -> list[Broken]:
    """A refund is the sum of its lines; a line's refunded part is what refunds and banks gave."""
    refunds = (
        Refund.objects.annotate(of_lines=Coalesce(Sum("lines__refunded_minor"), 0))
        .exclude(of_lines=F("amount_minor"))
        .order_by("pk")
    )
    broken = [
        Broken(f"refund {row.pk}", f"{row.amount_minor}, its lines {row.of_lines}")
        for row in refunds
    ]
    stands = ~Q(refund_lines__refund__state=Refund.State.FAILED)
    by_banks = DisputeLine.objects.filter(sale_line=OuterRef("pk")).values("sale_line")
    lost = Subquery(by_banks.annotate(minor=Sum("refunded_minor")).values("minor"))
    lines = SaleLine.objects.annotate(
        given=Coalesce(Sum("refund_lines__refunded_minor", filter=stands), 0) + Coalesce(lost, 0)
    ).exclude(given=F("refunded_minor"))
    lines = lines.exclude(sale__order__checkout__cash__state=CashOrder.State.REFUSED)
    broken += [
        Broken(f"sale line {row.pk}", f"{row.refunded_minor} refunded, refunds say {row.given}")
        for row in lines.order_by("pk")
    ]
    return broken


def events_without_their_entry() -> list[Broken]:
    """Every sale, refund and release of money has exactly its one entry in the book."""
    keys = set(JournalEntry.objects.values_list("idempotency_key", flat=True))
    expected = {
        f"sale:{number}"
        for number in Order.objects.filter(
            sales__total_minor__gt=0, sales__collected_by=PROCESSOR
        ).values_list("number", flat=True)
    }
    refunds = Refund.objects.filter(sale__collected_by=PROCESSOR)
    expected |= {f"refund:{pk}" for pk in refunds.values_list("pk", flat=True)}
    expected |= {
        f"refund_failed:{pk}"
        for pk in refunds.filter(state=Refund.State.FAILED).values_list("pk", flat=True)
    }
    expected |= {
        f"release:line:{pk}"
        for pk in SaleLine.objects.filter(
            released_at__isnull=False, base_minor__gt=0, sale__collected_by=PROCESSOR
        ).values_list("pk", flat=True)
    }
    expected |= expected_first_releases()
    kinds = ("sale:", "refund:", "refund_failed:", "release:line:", "cash_collected:")
    written = {key for key in keys if key.startswith(kinds)}
    expected |= expected_cash_entries(written) | expected_releases_again(written)
    return [
        Broken(f"entry {key}", "is missing" if key in expected else "is of nothing that happened")
        for key in sorted(expected ^ written)
    ]


def grants_of_nothing_paid() -> list[Broken]:
    """An open grant has a paid line that was not given back."""
    rows = Grant.objects.filter(revoked_at=None).exclude(
        order_line__sale_line__isnull=False,
        order_line__sale_line__in=SaleLine.objects.filter(
            Q(base_minor=0) | Q(refunded_minor__lt=F("base_minor"))
        ),
    )
    return [Broken(f"grant {row.pk}", "is open, its line is not paid") for row in rows]


def stock_held_by_closed_orders() -> list[Broken]:
    """An order that was closed unpaid holds no stock."""
    rows = Line.objects.filter(
        order__checkout__isnull=False,
        order__status__in=["expired", "refused"],
        num_allocated__gt=0,
    )
    return [
        Broken(f"order line {row.pk}", f"is closed and holds {row.num_allocated}")
        for row in rows.order_by("pk")
    ]


def _collected_orders() -> set[int]:
    collected = CashOrder.objects.filter(state=CashOrder.State.COLLECTED)
    return set(collected.values_list("checkout__order_id", flat=True))


def _sums(pairs: Any) -> dict[int, Any]:
    return dict(pairs)
