"""Payees with money, through the real services."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from creatorhub.accounts.models import Party, User
from creatorhub.ledger.entry import AccountRef, EntryLine, credit, debit
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.outbox.registry import register_outbound
from creatorhub.outbox.services import deliver_due
from creatorhub.payments.models import SandboxControls
from creatorhub.payouts.models import Payee
from creatorhub.payouts.services import payee_of, send_payout_message

_numbers = itertools.count(1)


def a_payee(*, name: str = "Nour", language: str = "en") -> Payee:
    """A person with a login, who is owed nothing yet."""
    user = User.objects.create_user(
        f"payee{next(_numbers)}@example.org", name=name, language=language
    )
    return payee_of(party=Party.objects.create(name=name, user=user))


def earn(payee: Payee, minor: int, *, currency: str = "USD", order: str = "") -> None:
    """A sale whose share is held, and released at once."""
    order = order or f"9{next(_numbers):05}"
    hold(payee, minor, currency=currency, order=order)
    release(payee, minor, currency=currency, order=order)


def hold(payee: Payee, minor: int, *, currency: str = "USD", order: str) -> None:
    """A paid sale: the share is the payee's, and waits."""
    amount = Money(minor, currency)
    about = {"kind": "sale.share", "order": order, "title": "Mug"}
    _post(
        f"sale:{order}",
        debit(AccountRef("processor_balance"), amount, **about),
        credit(AccountRef("payee_held", payee.ledger_owner), amount, **about),
    )


def release(payee: Payee, minor: int, *, currency: str = "USD", order: str) -> None:
    """The wait is over."""
    amount = Money(minor, currency)
    about = {"kind": "release.share", "order": order, "title": "Mug"}
    _post(
        f"release:{order}",
        debit(AccountRef("payee_held", payee.ledger_owner), amount, **about),
        credit(AccountRef("payee_payable", payee.ledger_owner), amount, **about),
    )


def give_back(payee: Payee, minor: int, *, currency: str = "USD", order: str) -> None:
    """A refund of money that was payable already."""
    amount = Money(minor, currency)
    about = {"kind": "refund.share", "order": order, "title": "Mug", "reason_code": "damaged"}
    _post(
        f"refund:{order}",
        debit(AccountRef("payee_payable", payee.ledger_owner), amount, **about),
        credit(AccountRef("processor_balance"), amount, **about),
    )


def deliver_payouts() -> int:
    """Let the outbox send what a run wrote."""
    register_outbound("payouts.send", send_payout_message)
    return deliver_due()


@contextmanager
def refusing_bank() -> Iterator[None]:
    """Within the block the sandbox's bank sends every transfer back."""
    SandboxControls.objects.update_or_create(id=1, defaults={"refuses_transfers": True})
    yield
    SandboxControls.objects.filter(id=1).update(refuses_transfers=False)


def _post(key: str, *lines: EntryLine) -> None:
    kind, _, order = key.partition(":")
    post_entry(
        kind=kind,
        reference=f"order:{order}",
        idempotency_key=key,
        lines=lines,
    )
