"""One order, cent by cent: what the buyer paid, who has a share, where each share is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from creatorhub.ledger.browse import entries_in_full
from creatorhub.ledger.models import Posting
from creatorhub.ledger.selectors import signed_minor
from creatorhub.money import Money
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.models import Checkout, SaleLine
from creatorhub.studio.desk.ledger.accounts import EntryView, entry_view
from creatorhub.studio.desk.ledger.words import names_of
from creatorhub.studio.money.answer import Answer
from creatorhub.studio.money.answers import answers_of
from creatorhub.studio.money.deciders import Reader
from creatorhub.studio.money.places import share_of
from creatorhub.studio.money.story import lines_in_full, postings_of_order


@dataclass(frozen=True, slots=True)
class ShareView:
    """One payee's part of a line with the answers to it. The market's own has no `payee`."""

    name: str
    role: str
    payee: str
    sold: Money
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the order with everybody's part."""

    line: SaleLine
    shares: list[ShareView]


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """The whole order."""

    checkout: Checkout
    attempt: PaymentAttempt | None
    lines: list[LineView]
    entries: list[EntryView]


def order_money(checkout: Checkout, reader: Reader) -> OrderMoney:
    """From the buyer's payment to wherever every cent of it is."""
    number = checkout.order.number
    entries = entries_in_full().filter(reference=f"order:{number}").order_by("pk")
    attempt = PaymentAttempt.objects.filter(reference=checkout.attempt_reference).first()
    return OrderMoney(
        checkout, attempt, lines_of(number, reader), [entry_view(entry) for entry in entries]
    )


def lines_of(number: str, reader: Reader) -> list[LineView]:
    """Every line of an order with its shares."""
    postings = postings_of_order(number)
    lines = lines_in_full().filter(sale__order__number=number).order_by("sale_id", "pk")
    names = names_of({posting.account.owner for posting in postings})
    return [LineView(line, _shares(line, postings, names, reader)) for line in lines]


def _shares(
    line: SaleLine, postings: Sequence[Posting], names: dict[str, str], reader: Reader
) -> list[ShareView]:
    mine = [posting for posting in postings if posting.explanation.get("line") == line.pk]
    owners = dict.fromkeys(posting.account.owner for posting in mine if posting.account.owner)
    shares = [_share(owner, line, mine, names, reader) for owner in owners]
    return [share for share in shares if share.answers] + _market(line, mine)


def _share(
    owner: str, line: SaleLine, mine: Sequence[Posting], names: dict[str, str], reader: Reader
) -> ShareView:
    share = share_of(owner=owner, line=line.pk, postings=mine)
    kinds = {str(p.explanation["kind"]) for p in mine if p.account.owner == owner}
    is_link = all(kind.endswith((".commission", ".netted")) for kind in kinds)
    return ShareView(
        name=names.get(owner, owner),
        role=_("through a link") if is_link else _("the shop"),
        payee=owner,
        sold=share.sold,
        answers=answers_of(share, line=line, reader=reader),
    )


def _market(line: SaleLine, mine: Sequence[Posting]) -> list[ShareView]:
    """The market's fee, less what went back with refunds."""
    fees = [posting for posting in mine if posting.account.name == "platform_fees"]
    if not fees:
        return []
    currency = line.sale.currency
    sold = Money(line.fee_minor, currency)
    left = Money(sum(signed_minor(posting) for posting in fees), currency)
    return [ShareView(_("The market"), _("its fee"), "", sold, market_answers(line, sold, left))]


def market_answers(line: SaleLine, sold: Money, left: Money) -> list[Answer]:
    """A fee is earned at once; its part of what a buyer got back went back too."""
    policy = _("The policy of the market, as it stood when this was sold")
    kept = Answer(
        left, _("Earned by the market"), _("Nothing holds it back."), _("At the sale"), policy
    )
    back = Answer(
        sold - left,
        _("Given back to the buyer"),
        _("Its part of the refund."),
        _("With the refund"),
        policy,
    )
    return [answer for answer in (kept, back) if answer.amount]
