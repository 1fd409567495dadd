"""Which orders a payout pays, and so which transfers it is sent as.

The postings a payout pays are summed by order. An order whose sum is negative (a refund of an
order that an earlier payout paid) is evened out: first by money of no single order, then by the
newest orders. So the parts are the same whoever counts them, and sum to the payout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum

from creatorhub.ledger.models import Posting
from creatorhub.ledger.selectors import signed_minor
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payouts.models import Payout, PayoutPart

ORDER = "order:"
OF_NO_ORDER = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one order contributes; `source` is the charge to draw on, or nothing."""

    order: str
    source: str
    minor: int


def shares_of(payout: Payout, *, source_gateway: str) -> list[Share]:
    """The payout as transfers: oldest order first, money of no order last."""
    nets = even_out(_net_by_order(payout))
    charges = _charges(list(nets), source_gateway)
    drawn = _drawn([charge.source for charge in charges.values()])
    return [
        share
        for order, minor in nets.items()
        for share in _draw(order, minor, charges.get(order), drawn)
    ]


def even_out(nets: Mapping[str, int]) -> dict[str, int]:
    """Positive amounts only, the same total. `nets` is in order of age."""
    owed = -sum(minor for minor in nets.values() if minor < 0)
    left = {order: minor for order, minor in nets.items() if minor > 0}
    newest_first = [order for order in reversed(left) if order != OF_NO_ORDER]
    for order in [OF_NO_ORDER, *newest_first]:
        taken = min(owed, left.get(order, 0))
        if taken:
            left[order] -= taken
            owed -= taken
    unsourced = left.pop(OF_NO_ORDER, 0)
    kept = {order: minor for order, minor in left.items() if minor}
    return kept | ({OF_NO_ORDER: unsourced} if unsourced else {})


def postings_of_payout(payout: Payout) -> QuerySet[Posting]:
    """The payable postings a payout pays, oldest first."""
    return (
        Posting.objects.filter(
            account__code=f"payee_payable:{payout.payee_id}",
            account__currency=payout.currency,
            id__gt=payout.after_posting_id,
            id__lte=payout.until_posting_id,
        )
        .exclude(entry__kind="payout")
        .select_related("entry", "account")
        .order_by("id")
    )


def _net_by_order(payout: Payout) -> dict[str, int]:
    nets: dict[str, int] = defaultdict(int)
    for posting in postings_of_payout(payout):
        for order, minor in _orders_of(posting):
            nets[order] += minor
    return dict(nets)


def _orders_of(posting: Posting) -> Iterator[tuple[str, int]]:
    """Usually the posting's own order; money that came back keeps the orders it was of."""
    minor = signed_minor(posting)
    if posting.entry.kind == "payout_returned":
        refused = PayoutPart.objects.filter(
            payout=posting.explanation.get("payout"), state=PayoutPart.State.REFUSED
        )
        rows = list(refused.values_list("order_reference", "amount_minor"))
        yield from rows if sum(row[1] for row in rows) == minor else [(OF_NO_ORDER, minor)]
    elif posting.entry.reference.startswith(ORDER):
        yield posting.entry.reference.removeprefix(ORDER), minor
    else:
        yield OF_NO_ORDER, minor


@dataclass(frozen=True, slots=True)
class _Charge:
    source: str
    minor: int


def _charges(orders: Iterable[str], gateway: str) -> dict[str, _Charge]:
    """The succeeded charges of these orders at this processor, by order."""
    attempts = PaymentAttempt.objects.filter(reference__in=orders, gateway=gateway)
    return {
        attempt.reference: _Charge(attempt.payment_id, attempt.amount_minor)
        for attempt in attempts.exclude(payment_id="")
    }


def _drawn(sources: list[str]) -> dict[str, int]:
    """What transfers have drawn on these charges already, or are about to."""
    rows = (
        PayoutPart.objects.filter(source_payment__in=sources)
        .exclude(state=PayoutPart.State.REFUSED)
        .order_by()
        .values_list("source_payment")
        .annotate(minor=Sum(F("amount_minor") - F("reversed_minor")))
    )
    return dict(rows)


def _draw(
    order: str, minor: int, charge: _Charge | None, drawn: Mapping[str, int]
) -> Iterator[Share]:
    """A charge carries transfers up to its own amount; what is beyond goes without it."""
    left = max(charge.minor - drawn.get(charge.source, 0), 0) if charge else 0
    sourced = min(minor, left)
    if charge and sourced:
        yield Share(order, charge.source, sourced)
    if minor > sourced:
        yield Share(order, "", minor - sourced)
