"""Which postings a payout pays: all since the last one, none twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Cast

from creatorhub.ledger.models import Account, Posting
from creatorhub.payouts.models import Payout


class Range(NamedTuple):
    """Ids of postings: `after` is not part of it, `until` is."""

    after: int
    until: int


def unpaid_ranges(*, accounts: Sequence[Account]) -> dict[str, Range]:
    """By owner, what their next payout pays. The accounts are locked, so nothing joins later."""
    last = Payout.objects.filter(
        payee_id=Cast(OuterRef("owner"), BigIntegerField()), currency=OuterRef("currency")
    )
    newest = Posting.objects.filter(account=OuterRef("pk"))
    rows = (
        Account.objects.filter(pk__in=[account.pk for account in accounts])
        .annotate(
            after=Subquery(last.order_by("-after_posting_id").values("until_posting_id")[:1]),
            until=Subquery(newest.order_by("-id").values("id")[:1]),
        )
        .values_list("owner", "after", "until")
    )
    return {owner: Range(after or 0, until) for owner, after, until in rows}
