"""Taking back, from the very transfer that paid it, what a refund or a dispute left owed.

An entry that leaves a payee owing us asks for it (`ask_recovery`, in the entry's transaction);
the outbox then reverses that order's transfers up to what is still owed. What cannot be taken
back stays owed and is netted from later releases.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Sum

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, EntryLine, credit, debit
from creatorhub.ledger.models import JournalEntry, Posting
from creatorhub.ledger.services import lock_accounts, post_entry
from creatorhub.money import Money
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue
from creatorhub.payouts.due import PAYABLE
from creatorhub.payouts.models import PayoutPart, TransferReversal
from creatorhub.payouts.parts import ORDER
from creatorhub.payouts.rails.purse import purse_of
from creatorhub.payouts.rails.rail import PartRefusedError, PartsRail
from creatorhub.payouts.rails.registry import rail
from creatorhub.payouts.services.send_parts import part_order

RECEIVABLE = "payee_receivable"
State = TransferReversal.State


def ask_recovery(*, entry: JournalEntry, lines: Iterable[EntryLine]) -> None:
    """In the entry's transaction: if it left a payee owing us, look for a transfer to reverse."""
    if any(line.account.name == RECEIVABLE and line.side == "debit" for line in lines):
        enqueue(
            topic="payouts.recover",
            key=f"payouts.recover:{entry.pk}",
            payload={"entry": entry.pk},
        )


def recover_message(message: OutboxMessage) -> None:
    """The outbox's handler of "payouts.recover"; no transaction is open, and it may run again."""
    recover(entry_id=message.payload["entry"])


def recover(*, entry_id: int) -> list[TransferReversal]:
    """Reverse what this entry left owed, as far as its order's transfers reach. Safe to repeat.

    RailTimeoutError when the processor was silent; the next try looks before it asks again.
    """
    for part_id in _plan(entry_id):
        _reverse_in_turn(part_id)
    return list(TransferReversal.objects.filter(entry=entry_id))


@transaction.atomic(durable=True)
def _plan(entry_id: int) -> list[int]:
    """Write down what is to be asked back, once per entry; returns the parts it is of."""
    entry = JournalEntry.objects.get(pk=entry_id)
    debts = Posting.objects.filter(
        entry=entry, account__name=RECEIVABLE, side=Posting.Side.DEBIT
    ).values_list("account__owner", "account__currency")
    if not TransferReversal.objects.filter(entry=entry).exists():
        rows = debts.order_by("account__owner").annotate(minor=Sum("amount_minor"))
        for owner, currency, minor in rows:
            _plan_debt(entry, owner, Money(minor, currency))
    asked = TransferReversal.objects.filter(entry=entry, state=State.ASKED)
    return list(asked.order_by("part_id").values_list("part_id", flat=True))


def _plan_debt(entry: JournalEntry, owner: str, debt: Money) -> None:
    """Up to what is owed now and not asked back already, the oldest transfer first."""
    account = AccountRef(RECEIVABLE, owner)
    locked = lock_accounts(refs=[account], currency=debt.currency)[account.code]
    asked = TransferReversal.objects.filter(
        part__payout__payee_id=int(owner), part__payout__currency=debt.currency, state=State.ASKED
    )
    under_way = asked.aggregate(minor=Sum("amount_minor"))["minor"] or 0
    wanted = min(debt.minor, locked.balance_minor - under_way)
    parts = (
        PayoutPart.objects.select_for_update(of=("self",))
        .select_related("payout")
        .filter(
            payout__payee_id=int(owner),
            payout__currency=debt.currency,
            order_reference=entry.reference.removeprefix(ORDER),
            state=PayoutPart.State.SENT,
            reversed_minor__lt=F("amount_minor"),
        )
    )
    for part in parts.order_by("payout_id", "number"):
        waiting = part.reversals.filter(state=State.ASKED).aggregate(minor=Sum("amount_minor"))
        taken = min(wanted, part.left.minor - (waiting["minor"] or 0))
        if taken > 0:
            TransferReversal.objects.create(
                part=part, entry=entry, amount_minor=taken, asked_at=now()
            )
            wanted -= taken


def _reverse_in_turn(part_id: int) -> None:
    """A part's reversals go one after another, so that what came back says which one happened."""
    waiting = TransferReversal.objects.filter(part=part_id, state=State.ASKED).order_by("pk")
    for reversal_id in list(waiting.values_list("pk", flat=True)):
        _reverse(reversal_id)


def _reverse(reversal_id: int) -> None:
    reversal = TransferReversal.objects.select_related("part__payout__payee").get(pk=reversal_id)
    part, payout = reversal.part, reversal.part.payout
    way = rail(payout.rail)
    if reversal.state != State.ASKED or not isinstance(way, PartsRail):
        return
    order = part_order(payout, part)
    known = way.find_part(order)
    if known is None or known.reversed.minor < part.reversed_minor + reversal.amount_minor:
        try:
            way.reverse_part(
                part=order,
                reference=part.provider_id,
                amount=reversal.amount,
                key=f"reversal:{reversal.pk}",
            )
        except PartRefusedError as error:
            _settle(reversal_id, refused=error.reason_code)
            return
    _settle(reversal_id)


@transaction.atomic(durable=True)
def _settle(reversal_id: int, refused: str = "") -> None:
    """Write the processor's word down once."""
    reversal = (
        TransferReversal.objects.select_for_update(of=("self",))
        .select_related("part__payout__payee", "entry")
        .get(pk=reversal_id)
    )
    if reversal.state != State.ASKED:
        return
    reversal.state = State.REFUSED if refused else State.DONE
    reversal.reason_code, reversal.settled_at = refused, now()
    reversal.save(update_fields=["state", "reason_code", "settled_at"])
    if not refused:
        PayoutPart.objects.filter(pk=reversal.part_id).update(
            reversed_minor=F("reversed_minor") + reversal.amount_minor
        )
        _post(reversal)


def _post(reversal: TransferReversal) -> None:
    """What is still owed is settled; what was settled from a release meanwhile is theirs again."""
    payout, amount = reversal.part.payout, reversal.amount
    owner = payout.payee.ledger_owner
    purse, receivable = purse_of(payout.rail), AccountRef(RECEIVABLE, owner)
    payable = AccountRef(PAYABLE, owner)
    locked = lock_accounts(refs=[receivable, payable, purse], currency=amount.currency)
    settled = min(max(locked[receivable.code].balance_minor, 0), amount.minor)
    about = {
        "kind": "transfer_reversed",
        "order": reversal.part.order_reference,
        "payout": payout.pk,
        "part": reversal.part.number,
    }
    parts = ((receivable, settled), (payable, amount.minor - settled))
    post_entry(
        kind="transfer_reversed",
        reference=reversal.entry.reference,
        idempotency_key=f"transfer_reversed:{reversal.pk}",
        lines=[
            debit(purse, amount, **about),
            *(
                credit(account, Money(minor, amount.currency), **about)
                for account, minor in parts
                if minor
            ),
        ],
    )
