"""Which entry an event of a sale writes: whoever collected the money decides the book's side."""

from __future__ import annotations

from collections.abc import Sequence

from creatorhub.sales import book, cash_book
from creatorhub.sales.explanations import Shared
from creatorhub.sales.models import Refund
from creatorhub.sales.reversal import Reversed

Moves = Sequence[tuple[Shared, Reversed]]


def post_refund(*, refund: Refund, moves: Moves) -> None:
    """Money goes back to the buyer; every share of each line follows."""
    if refund.sale.is_collected_by_shop:
        cash_book.post_cash_refund(event="refund", refund=refund, moves=moves)
    else:
        book.post_refund(refund=refund, moves=moves)


def post_failed_refund(*, refund: Refund, moves: Moves) -> None:
    """The money did not reach the buyer; every share is put back. Parts of `moves` are negative."""
    if refund.sale.is_collected_by_shop:
        cash_book.post_cash_refund(event="refund_failed", refund=refund, moves=moves)
    else:
        book.post_failed_refund(refund=refund, moves=moves)


def post_release(*, shared: Shared) -> None:
    """All holds have ended: what is left of a line belongs to its shop and its affiliate."""
    if shared.line.sale.is_collected_by_shop:
        cash_book.post_cash_release(shared=shared)
    else:
        book.post_release(shared=shared)
