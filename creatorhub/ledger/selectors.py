"""Reading the book."""

from __future__ import annotations

from django.db.models import QuerySet

from creatorhub.ledger.entry import AccountRef
from creatorhub.ledger.models import Account, JournalEntry, Posting
from creatorhub.money import Money


def balance(name: str, owner: str, currency: str) -> Money:
    """An account's balance on its normal side (what we owe for a liability); zero if unused."""
    minor = (
        Account.objects.filter(code=AccountRef(name, owner).code, currency=currency)
        .values_list("balance_minor", flat=True)
        .first()
    )
    return Money(minor or 0, currency)


def accounts_of(owner: str) -> QuerySet[Account]:
    """Every account of one owner, in all currencies."""
    return Account.objects.filter(owner=owner).order_by("currency", "name")


def postings_of(name: str, owner: str, currency: str) -> QuerySet[Posting]:
    """The postings of one account, oldest first."""
    code = AccountRef(name, owner).code
    return (
        Posting.objects.filter(account__code=code, account__currency=currency)
        .select_related("entry", "account")
        .order_by("id")
    )


def entries_of(reference: str) -> QuerySet[JournalEntry]:
    """What happened to one thing, oldest first, e.g. entries_of("order:100017")."""
    return (
        JournalEntry.objects.filter(reference=reference)
        .prefetch_related("postings__account")
        .order_by("id")
    )


def signed_minor(posting: Posting) -> int:
    """What a posting did to its account: positive grows it, negative shrinks it."""
    grows = (posting.side == Posting.Side.DEBIT) == posting.account.grows_on_debit
    return posting.amount_minor if grows else -posting.amount_minor
