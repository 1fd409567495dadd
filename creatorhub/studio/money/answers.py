"""The four answers to every amount: where it is, why it waits, when it moves, who decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_day
from creatorhub.money import Money
from creatorhub.payouts.calendar import next_payout_on, payout_day_after
from creatorhub.payouts.due import Due, judge_accounts, owed_accounts
from creatorhub.payouts.models import Payee, Payout
from creatorhub.sales.models import Hold, SaleLine
from creatorhub.sales.selectors import release_on
from creatorhub.studio.money.answer import Answer, why_of
from creatorhub.studio.money.deciders import Reader, who_froze, who_holds, who_paid
from creatorhub.studio.money.places import Place, Share
from creatorhub.studio.money.taken import answer_of_debt, answer_of_owed, answer_of_taken


def answers_of(share: Share, *, line: SaleLine, reader: Reader) -> list[Answer]:
    """One answer for each place where a share lies. `line` is the line it is a share of."""
    return [_answer(place, share, line, reader) for place in share.places]


def answer_of_payout(payout: Payout, amount: Money, reader: Reader) -> Answer:
    """Money that a payout carries."""
    where, when = payout_words(payout)
    return Answer(amount, where, _why_payout(payout), when, who_paid(payout, reader), payout)


def answer_of_payable(owner: str, amount: Money, reader: Reader) -> Answer:
    """Money that is ready, and goes with the next payout unless something holds the payee."""
    due = due_of(owner, amount.currency)
    where = _("Ready to be paid")
    is_monthly = due is not None and due.payee.schedule == Payee.Schedule.MONTHLY
    leaves_on = next_payout_on(is_monthly=is_monthly)
    if due is None or due.is_payable:
        when = _("Leaves with the payout of %(day)s") % {"day": format_day(leaves_on)}
        who = _("The run of the payout day, by itself")
        return Answer(amount, where, _("Nothing holds it back."), when, who)
    until = due.hold.expected_until.date() if due.hold else leaves_on
    when = _("Looked at again on %(day)s") % {"day": format_day(until)}
    who = who_froze(due.hold, reader) if due.hold else _("The rules of this market")
    return Answer(amount, where, why_of(due.reason_code), when, who)


def due_of(owner: str, currency: str) -> Due | None:
    """What the next run would decide about this payee; None when nothing is payable."""
    return next(iter(judge_accounts(owed_accounts().filter(owner=owner, currency=currency))), None)


def payout_words(payout: Payout) -> tuple[str, str]:
    """Where a payout is, and when it moved or moves."""
    left = format_day(payout.created_at)
    if payout.state == Payout.State.PAID:
        day = format_day(payout.paid_at or payout.created_at)
        return _("Paid out"), _("Paid on %(day)s") % {"day": day}
    if payout.state in {Payout.State.FAILED, Payout.State.RETURNED}:
        again = _("Left on %(day)s and came back; it goes out again with the next payout")
        return _("Came back"), again % {"day": left}
    if payout.state == Payout.State.DRAFT:
        return _("Being prepared for the bank"), _("Since %(day)s") % {"day": left}
    return _("On its way"), _("Left on %(day)s") % {"day": left}


def _answer(place: Place, share: Share, line: SaleLine, reader: Reader) -> Answer:
    if place.where == "held":
        return _held(place.amount, line)
    if place.payout is not None:
        return answer_of_payout(place.payout, place.amount, reader)
    if place.where == "payable":
        return answer_of_payable(share.owner, place.amount, reader)
    if place.where == "settled":
        return _settled(place.amount, line)
    if place.where == "debt":
        return answer_of_debt(place.amount, line)
    if place.where == "owed":
        return answer_of_owed(share.owner, place.amount)
    return answer_of_taken(place.amount, place.about, reader)


def _held(amount: Money, line: SaleLine) -> Answer:
    holds = sorted(
        (hold for hold in line.holds.all() if hold.closed_at is None),
        key=lambda hold: hold.expected_until,
    )
    return Answer(
        amount,
        _("Held"),
        " ".join(why_of(hold.reason_code) for hold in holds)
        or _("Every wait is over; it is released within minutes."),
        _when_held(line, holds),
        "; ".join(dict.fromkeys(who_holds(hold) for hold in holds)) or _("The market, by itself"),
    )


def _when_held(line: SaleLine, holds: Sequence[Hold]) -> str:
    until = release_on(line)
    if until is None:
        return _("Within minutes")
    days = {"day": format_day(until), "payday": format_day(_payday(until))}
    if all(hold.ends_by_clock for hold in holds):
        return _("Released on %(day)s, then paid with the payout of %(payday)s") % days
    return _("Expected on %(day)s, then paid with the payout of %(payday)s") % days


def _payday(until: dt.date) -> dt.date:
    return payout_day_after(dt.datetime.combine(until, dt.time.max, tzinfo=dt.UTC))


def _why_payout(payout: Payout) -> str:
    if payout.reason_code:
        return why_of(payout.reason_code)
    if payout.state == Payout.State.UNKNOWN:
        return why_of("payout_unknown")
    return _("Nothing holds it back.")


def _settled(amount: Money, line: SaleLine) -> Answer:
    day = format_day(line.released_at) if line.released_at else ""
    return Answer(
        amount,
        _("Settled what was owed"),
        _("An earlier refund had been paid out already, so this made up for it."),
        _("Settled on %(day)s") % {"day": day},
        _("The rules of this market"),
    )
