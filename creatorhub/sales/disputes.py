"""What a dispute is about: which order, which lines, how much of each.

A bank disputes a payment, and a payment may pay several lines of several shops: what it disputes
falls on what is left of each line, to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Sum

from creatorhub.money import Money
from creatorhub.sales.models import Checkout, Dispute, DisputeLine, Sale, SaleLine

# The order in which a dispute's states follow one another; it never moves back.
RANK: dict[str, int] = {
    Dispute.State.INQUIRY: 0,
    Dispute.State.NEEDS_RESPONSE: 1,
    Dispute.State.UNDER_REVIEW: 2,
    Dispute.State.WON: 3,
    Dispute.State.LOST: 3,
    Dispute.State.WITHDRAWN: 3,
}
# In these the bank has, or had, the money.
TAKES_MONEY = (
    Dispute.State.NEEDS_RESPONSE,
    Dispute.State.UNDER_REVIEW,
    Dispute.State.WON,
    Dispute.State.LOST,
)


class UnknownPaymentError(LookupError):
    """A dispute of a payment we have not recorded (yet): its event is tried again later."""


def locked_lines_of(checkout: Checkout) -> list[SaleLine]:
    """Every line of an order under the locks of its sales, always in one order."""
    sales = Sale.objects.select_for_update().filter(order=checkout.order).order_by("pk")
    rows = SaleLine.objects.filter(sale__in=[sale.pk for sale in sales]).select_related(
        "sale__order", "sale__shop__owner", "listing", "order_line__fulfilment"
    )
    return list(rows.order_by("pk"))


def spread(
    amount: Money, lines: Iterable[SaleLine], taken: Mapping[int, Money] | None = None
) -> dict[int, Money]:
    """How much of `amount` falls on each line (by id): by what is left of it, never more.

    `taken` is counted as gone already. Where less is left of all lines than `amount`, the rest
    falls on none.
    """
    zero = Money.zero(amount.currency)
    left = {pk: part - (taken or {}).get(pk, zero) for pk, part in _undisputed(list(lines)).items()}
    whole = Money.total(left.values(), amount.currency)
    if not whole or not amount:
        return {}
    parts = min(amount, whole).split([part.minor for part in left.values()])
    return {pk: min(part, left[pk]) for pk, part in zip(left, parts, strict=True) if part}


def _undisputed(lines: Sequence[SaleLine]) -> dict[int, Money]:
    """What is left of each line that no open dispute has taken already."""
    taken: dict[int, int] = dict(
        DisputeLine.objects.filter(
            sale_line__in=lines, dispute__closed_at=None, dispute__taken_at__isnull=False
        )
        .order_by()
        .values_list("sale_line")
        .annotate(minor=Sum("disputed_minor"))
    )
    return {
        line.pk: Money(max(line.remaining.minor - taken.get(line.pk, 0), 0), line.sale.currency)
        for line in lines
    }
