"""A statement on paper, in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import currency_name, format_day, format_money, format_short_day
from creatorhub.foundation.paper import Paper
from creatorhub.money import Money
from creatorhub.studio.money.answers import payout_words
from creatorhub.studio.money.statements import Statement, StatementRow


def statement_pdf(statement: Statement) -> bytes:
    """The same lines and sums as the page, to print or to hand to an accountant."""
    payout = statement.payout
    number = _("Payout %(number)s") % {"number": payout.pk}
    paper = Paper(
        is_rtl=get_language_bidi(),
        title=f"{_('Statement')} · {number}",
        language=get_language() or settings.LANGUAGE_CODE,
    )
    _head(paper, statement, number)
    _sums(paper, statement)
    paper.space(4)
    paper.write(_("What it pays"), size=13, is_bold=True)
    paper.rule()
    for row in statement.rows:
        paper.pair(row.sentence.text, row.text, notes=_notes(row))
        paper.rule()
    paper.pair(_("Together"), _money(statement.total), is_bold=True)
    paper.foot(f"{settings.INSTANCE_NAME} · {number} · %(page)s/%(pages)s")
    return paper.file()


def _head(paper: Paper, statement: Statement, number: str) -> None:
    payout = statement.payout
    where, when = payout_words(payout)
    paper.write(settings.INSTANCE_NAME, is_muted=True)
    paper.write(_("Statement"), size=20, is_bold=True)
    paper.write(payout.payee.party.name, size=12, is_bold=True)
    paper.write(f"{number} · {format_day(payout.created_at)} · {currency_name(payout.currency)}")
    paper.write(f"{where} · {when}", is_muted=True)
    paper.space(4)


def _sums(paper: Paper, statement: Statement) -> None:
    """From what was there before to what is left, so that one statement follows the other."""
    for words, amount in (
        (_("Ready to be paid before"), _money(statement.before)),
        (_("Added"), _money(statement.added)),
        (_("Taken back"), _minus(statement.taken)),
        (_("Paid out"), _minus(statement.payout.amount)),
    ):
        paper.pair(words, amount)
    paper.rule()
    paper.pair(_("Left after it"), _money(statement.after), is_bold=True)


def _notes(row: StatementRow) -> list[str]:
    day = format_short_day(row.posting.entry.occurred_at)
    order = row.sentence.order
    about = [day, _("order %(number)s") % {"number": order}] if order else [day]
    return [" · ".join([*about, *row.terms])]


def _money(amount: Money) -> str:
    return format_money(amount, exact=True)


def _minus(amount: Money) -> str:
    return f"− {_money(amount)}" if amount else _money(amount)
