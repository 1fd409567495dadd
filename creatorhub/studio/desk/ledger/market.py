"""The stories of postings that are nobody's share: payments, refunds, payouts, the market's own."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_day
from creatorhub.foundation.models import AuditEntry
from creatorhub.ledger.models import Posting
from creatorhub.money import Money
from creatorhub.payments.models import PaymentAttempt
from creatorhub.studio.desk.ledger.orders import lines_of, market_answers
from creatorhub.studio.desk.ledger.words import account_name
from creatorhub.studio.money.answer import Answer, why_of
from creatorhub.studio.money.answers import payout_words
from creatorhub.studio.money.deciders import Reader, who_paid
from creatorhub.studio.money.story import Story, is_about_payout, lines_in_full
from creatorhub.studio.money.taken import answer_of_taken


def answers_for_staff(story: Story, reader: Reader) -> list[Answer]:
    """A payee's posting has its answers already; any other is answered from what it is about."""
    if story.answers:
        return story.answers
    posting = story.posting
    kind = str(posting.explanation.get("kind", ""))
    if kind == "sale.paid":
        return _of_order(story.order, reader)
    if posting.account.name == "platform_fees":
        return _of_fee(posting) or [_plain(posting, reader)]
    if story.payout is not None and is_about_payout(posting):
        where, when = payout_words(story.payout)
        why = why_of(story.payout.reason_code) or _("Nothing holds it back.")
        return [Answer(_amount(posting), where, why, when, who_paid(story.payout, reader))]
    about = posting.explanation
    if "refund" in about or "dispute" in about:
        return [answer_of_taken(_amount(posting), about, reader)]
    return [_plain(posting, reader)]


def _of_order(number: str, reader: Reader) -> list[Answer]:
    """A buyer's payment is wherever its shares are: one answer for each fate."""
    fates: dict[tuple[str, str, str, str], Money] = {}
    whose: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for view in lines_of(number, reader):
        for share in view.shares:
            for answer in share.answers:
                key = (answer.where, answer.why, answer.when, answer.who)
                zero = Money.zero(answer.amount.currency)
                fates[key] = fates.get(key, zero) + answer.amount
                whose[key].append(share.name)
    return [
        Answer(amount, _whose(key[0], whose[key]), key[1], key[2], key[3])
        for key, amount in fates.items()
    ]


def _whose(where: str, names: list[str]) -> str:
    return f"{where} · {', '.join(dict.fromkeys(names))}"


def _of_fee(posting: Posting) -> list[Answer]:
    line = lines_in_full().filter(pk=posting.explanation.get("line")).first()
    if line is None:
        return []
    sold = Money(line.fee_minor, posting.account.currency)
    back = Money(line.fee_reversed_minor, posting.account.currency)
    return market_answers(line, sold, sold - back)


def _plain(posting: Posting, reader: Reader) -> Answer:
    """Nothing else is known than what the book and the audit log say; that is said."""
    number = posting.entry.reference.partition(":")[2]
    decided = AuditEntry.objects.filter(subject=posting.entry.reference).first()
    attempt = PaymentAttempt.objects.filter(reference=number).first()
    why = why_of(str(posting.explanation.get("reason_code", "")))
    return Answer(
        amount=_amount(posting),
        where=account_name(posting.account.name),
        why=why or (_("Paid after the order had closed.") if attempt else _("Nothing holds it.")),
        when=_("Since %(day)s") % {"day": format_day(posting.entry.occurred_at)},
        who=reader.name(decided.actor if decided else None),
    )


def _amount(posting: Posting) -> Money:
    """What moved, on whichever side."""
    return Money(posting.amount_minor, posting.account.currency)
