"""Orders their shop collects, and what it owes of them, as the shop and our team read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from creatorhub.accounts.models import User
from creatorhub.foundation.policy import policy
from creatorhub.ledger.selectors import balance
from creatorhub.money import Money
from creatorhub.offers.models import Fulfilment
from creatorhub.payouts.services import payee_of
from creatorhub.sales.models import CashOrder, HandRefund, OfflineTerms, Refund, Sale, SaleLine
from creatorhub.shops.models import Shop

State = CashOrder.State
TRANSFERS = (State.AWAITING, State.RECEIPT, State.NOT_RECEIVED)


@dataclass(frozen=True, slots=True)
class OwedFor:
    """What a shop still owes for one order it collected, and to whom it goes."""

    cash: CashOrder
    sale_id: int
    fee: Money
    affiliates: list[tuple[str, Money]]

    @property
    def total(self) -> Money:
        return Money.total((share for _, share in self.affiliates), self.fee.currency) + self.fee

    @property
    def since(self) -> dt.date:
        return self.cash.collected_at.date() if self.cash.collected_at else dt.date.min


@dataclass(frozen=True, slots=True)
class Debt:
    """Everything one person owes in one currency; `orders` say why, the oldest first."""

    total: Money
    orders: list[OwedFor]
    pay_in_details: str
    pay_in_reference: str

    @property
    def other(self) -> Money:
        """What came with refunds after payouts, not with orders that were collected."""
        explained = Money.total((order.total for order in self.orders), self.total.currency)
        rest = self.total - explained
        return rest if rest.minor > 0 else Money.zero(self.total.currency)


def cash_of_sale(sale: Sale) -> CashOrder | None:
    """How a sale is collected by its shop; None when a processor does."""
    if not sale.is_collected_by_shop:
        return None
    return CashOrder.objects.select_related("checkout__order", "shop__owner").get(
        checkout__order=sale.order_id
    )


def has_left(sale: Sale) -> bool:
    """Whether everything of a sale is on its way."""
    waiting = Fulfilment.objects.filter(
        order_line__sale_line__sale=sale, state=Fulfilment.State.TO_SEND
    )
    return not waiting.exists()


def transfers_of(shops: Sequence[Shop] | QuerySet[Shop]) -> QuerySet[CashOrder]:
    """Orders of these shops whose transfer is still to come, receipts first."""
    return (
        CashOrder.objects.filter(shop__in=shops, state__in=TRANSFERS)
        .select_related("checkout__order", "shop__owner")
        .prefetch_related("receipts")
        .order_by("-state", "answer_by", "pk")
    )


def hand_refunds_of(sale: Sale) -> list[HandRefund]:
    """Refunds of a sale that its shop hands over itself."""
    rows = HandRefund.objects.filter(refund__sale=sale).exclude(refund__state=Refund.State.FAILED)
    return list(rows.select_related("refund__sale").order_by("pk"))


def debts_of(user: User) -> dict[str, Debt]:
    """What a person's shops owe from orders they collected, by currency."""
    orders = (
        CashOrder.objects.filter(shop__owner__user=user, state=State.COLLECTED, settled_at=None)
        .select_related("checkout__order", "shop__owner")
        .order_by("pk")
    )
    by_currency: dict[str, list[OwedFor]] = {}
    for cash in orders:
        owed = _owed_for(cash)
        if owed.total:
            by_currency.setdefault(cash.currency, []).append(owed)
    return {currency: _debt(rows) for currency, rows in by_currency.items()}


def escalated() -> QuerySet[CashOrder]:
    """Orders of which nobody knows whether they were paid; our team decides."""
    return (
        CashOrder.objects.exclude(escalated_at=None)
        .filter(closed_at=None)
        .select_related("checkout__order", "shop__owner")
        .prefetch_related("receipts")
        .order_by("escalated_at")
    )


def contested() -> QuerySet[HandRefund]:
    """Refunds that a shop says it gave and a buyer says did not come."""
    return (
        HandRefund.objects.exclude(contested_at=None)
        .filter(decided_at=None)
        .select_related("refund__sale__order__checkout", "refund__sale__shop__owner")
        .order_by("contested_at")
    )


def count_for_staff() -> int:
    """What waits for a decision of our team."""
    return escalated().count() + contested().count()


def owing_shops() -> list[tuple[Shop, Money, OfflineTerms]]:
    """Shops that collect money themselves and owe some of it."""
    found = []
    rows = OfflineTerms.objects.select_related("shop__owner").order_by("shop__name")
    for terms in rows:
        shop = terms.shop
        owner = payee_of(party=shop.owner).ledger_owner
        owed = balance("payee_receivable", owner, shop.currency)
        if owed or terms.is_paused:
            found.append((shop, owed, terms))
    return found


def _owed_for(cash: CashOrder) -> OwedFor:
    lines = list(
        SaleLine.objects.filter(sale__order=cash.checkout.order_id)
        .select_related("sale", "order_line__attribution__enrolment__owner")
        .order_by("pk")
    )
    fee = sum(line.fee_minor - line.fee_reversed_minor for line in lines)
    shares: dict[str, Money] = {}
    for line in lines:
        if line.commission_left and line.order_line is not None:
            name = line.order_line.attribution.enrolment.owner.name
            shares[name] = shares.get(name, Money.zero(cash.currency)) + line.commission_left
    return OwedFor(
        cash=cash,
        sale_id=lines[0].sale_id,
        fee=Money(fee, cash.currency),
        affiliates=sorted(shares.items()),
    )


def _debt(rows: list[OwedFor]) -> Debt:
    first = rows[0].cash
    payee = payee_of(party=first.shop.owner)
    return Debt(
        total=balance("payee_receivable", payee.ledger_owner, first.currency),
        orders=rows,
        pay_in_details=policy().pay_in_details,
        pay_in_reference=f"SHOP-{payee.pk}",
    )
