"""What shops owe from orders they collected themselves: settled oldest first, from their money.

Which order is settled follows from the book alone. Debts are paid in the order in which they were
written, so an order is settled once what is still owed is at most what was owed later.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from creatorhub.accounts.models import Party
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef
from creatorhub.ledger.models import JournalEntry, Posting
from creatorhub.ledger.services import lock_accounts
from creatorhub.money import Money
from creatorhub.payouts.services import payee_of
from creatorhub.sales.cash_book import collected_key, post_debt_netted, post_paid_in
from creatorhub.sales.errors import CashRefusedError, PaidInBeforeError
from creatorhub.sales.holds import SHOP_SETTLES, close_holds
from creatorhub.sales.models import CashOrder, Sale, SaleLine
from creatorhub.sales.sweeps import sweep

# Debts that an order collected by the shop explains; all others came with refunds or disputes.
OF_CASH = "cash."


def settle_debts(*, limit: int = 500) -> int:
    """Net and settle for every shop that owes; returns for how many shops anything was."""
    open_debts = CashOrder.objects.filter(state=CashOrder.State.COLLECTED, settled_at=None)
    owners = sorted(set(open_debts.values_list("shop__owner_id", "currency")[:limit]))
    return sweep("settle what a shop owes", owners, lambda pair: _settle_party(*pair))


def settle_debts_of(*, party: Party, currency: str) -> int:
    """For one party, at once; returns how many of its orders are settled now."""
    return _settle(party, currency)


@transaction.atomic(durable=True)
def pay_in(*, party: Party, amount: Money, reference: str, actor: Any) -> Money:
    """Staff saw a payment of this party arrive; returns what is still owed.

    CashRefusedError when it is more than is owed: what is too much has to go back by hand. The
    same reference twice counts once; PaidInBeforeError when it was another amount then.
    """
    owner = payee_of(party=party).ledger_owner
    debt = AccountRef("payee_receivable", owner)
    locked = lock_accounts(refs=[debt, AccountRef("bank")], currency=amount.currency)
    if _was_counted(owner, reference, amount):
        return Money(locked[debt.code].balance_minor, amount.currency)
    if (
        not Money.zero(amount.currency)
        < amount
        <= Money(locked[debt.code].balance_minor, amount.currency)
    ):
        raise CashRefusedError(str(locked[debt.code].balance_minor))
    post_paid_in(owner=owner, amount=amount, reference=reference)
    record(
        action="debt.paid_in",
        subject=f"payee:{owner}",
        actor=actor,
        amount_minor=amount.minor,
        currency=amount.currency,
        reference=reference,
    )
    return Money(locked[debt.code].balance_minor, amount.currency) - amount


def _was_counted(owner: str, reference: str, amount: Money) -> bool:
    """Whether this payment is in the book; PaidInBeforeError when another one has its reference."""
    key = f"debt_paid_in:{owner}:{reference}"
    counted = Posting.objects.filter(entry__idempotency_key=key, account__name="bank")
    before = counted.values_list("amount_minor", "account__currency").first()
    if before not in (None, (amount.minor, amount.currency)):
        raise PaidInBeforeError(reference)
    return before is not None


def owed_for(sale: Sale) -> Money:
    """What its shop owes for a sale it collected, after what was given back."""
    lines = SaleLine.objects.filter(sale=sale)
    return Money(sum(_owed_minor(line) for line in lines), sale.currency)


def _settle_party(party_id: int, currency: str) -> bool:
    return bool(_settle(Party.objects.get(pk=party_id), currency))


@transaction.atomic(durable=True)
def _settle(party: Party, currency: str) -> int:
    owner = payee_of(party=party).ledger_owner
    # Orders before accounts, as when an order is collected: nobody waits in a circle.
    orders = list(
        CashOrder.objects.select_for_update(of=("self",))
        .filter(
            shop__owner=party, currency=currency, state=CashOrder.State.COLLECTED, settled_at=None
        )
        .select_related("checkout__order")
        .order_by("pk")
    )
    rest = post_debt_netted(owner=owner, currency=currency)
    settled = _settled(orders, rest, owner, currency)
    for cash in settled:
        _mark_settled(cash)
    return len(settled)


def _settled(orders: list[CashOrder], rest: Money, owner: str, currency: str) -> list[CashOrder]:
    """Those of the unsettled orders that `rest`, what is still owed, does not reach back to."""
    sales = {
        sale.order_id: sale
        for sale in Sale.objects.filter(order__in=[cash.checkout.order_id for cash in orders])
    }
    debts: list[tuple[int, int, CashOrder | None]] = []
    for cash in orders:
        owed = owed_for(sales[cash.checkout.order_id]).minor
        debts.append((_entry_id(cash), owed, cash))
    debts += _other_debts(owner, currency)
    later, found = 0, []
    for _entry, owed, debt in sorted(debts, key=lambda row: row[0], reverse=True):
        if debt is not None and (owed == 0 or rest.minor <= later):
            found.append(debt)
        later += owed
    return found


def _entry_id(cash: CashOrder) -> int:
    """When the debt was written; an order that owes nothing has no entry and is settled."""
    key = collected_key(cash.checkout.order.number)
    pk = JournalEntry.objects.filter(idempotency_key=key).values_list("pk", flat=True).first()
    return pk or 0


def _other_debts(owner: str, currency: str) -> list[tuple[int, int, CashOrder | None]]:
    rows = (
        Posting.objects.filter(
            account__code=AccountRef("payee_receivable", owner).code,
            account__currency=currency,
            side=Posting.Side.DEBIT,
        )
        .exclude(explanation__kind__startswith=OF_CASH)
        .values_list("entry_id", "amount_minor")
    )
    return [(entry, minor, None) for entry, minor in rows]


def _mark_settled(cash: CashOrder) -> None:
    """The affiliates' shares wait for the refund window only."""
    cash.settled_at = now()
    cash.save(update_fields=["settled_at"])
    for line in SaleLine.objects.filter(sale__order=cash.checkout.order_id):
        close_holds(line=line, outcome="settled", reason_code=SHOP_SETTLES)


def _owed_minor(line: SaleLine) -> int:
    fee = line.fee_minor - line.fee_reversed_minor
    return fee + line.commission_minor - line.commission_reversed_minor
