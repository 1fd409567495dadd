"""What people are written about disputes, frozen money and appeals, in the language in force."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_day, format_money
from creatorhub.foundation.reasons import reason
from creatorhub.payouts.models import PayeeHold
from creatorhub.sales.cash_letters import Letter
from creatorhub.sales.models import Appeal, Dispute, Sale, SaleFreeze


def page(name: str, *args: object) -> str:
    """A whole address of a page, in the language in force."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


# Disputes -------------------------------------------------------------------------------------
def opened_for_shop(dispute: Dispute, sale: Sale) -> Letter:
    """To a shop: the buyer went to their bank; its side helps."""
    number, amount = dispute.order.number, format_money(dispute.amount, exact=True)
    if dispute.taken_at is None:
        lead = _("The bank of the buyer of order %(number)s asks what happened.")
    else:
        lead = _(
            "The buyer of order %(number)s asked their bank for %(amount)s, and it took the money."
        )
    lines = [
        _("Your share of this order waits until the bank has decided. Nothing is taken from you."),
        _("Our team answers the bank with everything we know. Your own words help: add them here."),
    ]
    if dispute.due_by:
        lines.append(_("Please write by %(day)s.") % {"day": format_day(dispute.due_by)})
    return Letter(
        subject=_("A buyer disputes order %(number)s") % {"number": number},
        lead=lead % {"number": number, "amount": amount},
        lines=lines,
        button=_("Add your side"),
        url=page("studio:order_dispute", sale.pk, dispute.pk),
    )


def won_for_shop(dispute: Dispute, sale: Sale) -> Letter:
    """To a shop: decided for it, or taken back."""
    number = dispute.order.number
    return Letter(
        subject=_("The dispute about order %(number)s is over") % {"number": number},
        lead=_("The bank decided for you, or the buyer took it back: order %(number)s stays paid.")
        % {"number": number},
        lines=[_("Your share waits no longer for this.")],
        button=_("Open the order"),
        url=page("studio:order", sale.pk),
    )


def lost_for_shop(dispute: Dispute, sale: Sale) -> Letter:
    """To a shop: what goes back, and what happens if it was paid out."""
    number, amount = dispute.order.number, format_money(dispute.amount, exact=True)
    return Letter(
        subject=_("The buyer won the dispute about order %(number)s") % {"number": number},
        lead=_("The bank gave the buyer of order %(number)s %(amount)s back.")
        % {"number": number, "amount": amount},
        lines=[
            _("Your share of it went back with it, and so did the market's fee."),
            _("If it had been paid out to you, it is settled from your next sales."),
        ],
        button=_("Open the order"),
        url=page("studio:order", sale.pk),
    )


def opened_for_affiliate(dispute: Dispute, title: str) -> Letter:
    """To an affiliate: a commission waits."""
    return Letter(
        subject=_("A commission waits: “%(title)s”") % {"title": title},
        lead=_("The buyer of “%(title)s” went to their bank, so your commission waits.")
        % {"title": title},
        lines=[_("You need not do anything. We write when the bank has decided.")],
        button=_("See what your links earned"),
        url=page("studio:money"),
    )


def won_for_affiliate(dispute: Dispute, title: str) -> Letter:
    """To an affiliate: it is theirs after all."""
    return Letter(
        subject=_("Your commission for “%(title)s” stays yours") % {"title": title},
        lead=_("The dispute about “%(title)s” is over, and your commission waits no longer for it.")
        % {"title": title},
        lines=[],
        button=_("See what your links earned"),
        url=page("studio:money"),
    )


def lost_for_affiliate(dispute: Dispute, title: str) -> Letter:
    """To an affiliate: the commission goes back with the sale."""
    return Letter(
        subject=_("A commission was taken back: “%(title)s”") % {"title": title},
        lead=_("The bank gave the buyer of “%(title)s” their money back.") % {"title": title},
        lines=[_("The commission for it went back with it, in the same proportion.")],
        button=_("See what your links earned"),
        url=page("studio:money"),
    )


def for_staff(dispute: Dispute, step: str) -> Letter:
    """To our team: something to answer, or how it ended."""
    number, amount = dispute.order.number, format_money(dispute.amount, exact=True)
    subjects = {
        "opened": _("Answer a dispute: order %(number)s"),
        "won": _("Dispute won: order %(number)s"),
        "lost": _("Dispute lost: order %(number)s"),
    }
    lines = []
    if dispute.due_by and step == "opened":
        lines.append(
            _("The bank waits for an answer until %(day)s.") % {"day": format_day(dispute.due_by)}
        )
    return Letter(
        subject=subjects[step] % {"number": number},
        lead=_("It is about %(amount)s of order %(number)s.")
        % {"amount": amount, "number": number},
        lines=lines,
        button=_("Open the dispute"),
        url=page("studio:desk_dispute", dispute.pk),
    )


# Frozen money ---------------------------------------------------------------------------------
def sale_frozen(freeze: SaleFreeze) -> Letter:
    """To a shop or an affiliate: why, what ends it, when, and how to appeal."""
    why = reason(freeze.reason_code)
    number = freeze.sale.order.number
    return Letter(
        subject=_("The money of order %(number)s waits") % {"number": number},
        lead=str(why.text),
        lines=[*filter(None, [freeze.note]), str(why.ends), _until(freeze.expected_until)],
        button=_("See why, and tell us your side"),
        url=page("studio:freeze", freeze.pk),
    )


def sale_let_go(freeze: SaleFreeze) -> Letter:
    """To the same people: it is over."""
    number = freeze.sale.order.number
    return Letter(
        subject=_("The money of order %(number)s waits no longer") % {"number": number},
        lead=_("Our team has looked at order %(number)s and let its money go.")
        % {"number": number},
        lines=[*filter(None, [freeze.outcome])],
        button=_("See your money"),
        url=page("studio:money"),
    )


def payee_frozen(hold: PayeeHold) -> Letter:
    """To a payee: why, what ends it, when, and how to appeal."""
    why = reason(hold.reason_code)
    return Letter(
        subject=_("Your payouts wait"),
        lead=str(why.text),
        lines=[*filter(None, [hold.note]), str(why.ends), _until(hold.expected_until)],
        button=_("See why, and tell us your side"),
        url=page("studio:hold", hold.pk),
    )


def payee_let_go(hold: PayeeHold) -> Letter:
    """To a payee: it is over."""
    return Letter(
        subject=_("Your payouts wait no longer"),
        lead=_("Our team has looked at your account. The next payout brings what is due."),
        lines=[*filter(None, [hold.outcome])],
        button=_("See your money"),
        url=page("studio:money"),
    )


# Appeals --------------------------------------------------------------------------------------
def appeal_asked(appeal: Appeal) -> Letter:
    """To our team: somebody waits for an answer."""
    return Letter(
        subject=_("An appeal of %(name)s") % {"name": appeal.party.name},
        lead=_("%(name)s asks us to look again at money that waits.") % {"name": appeal.party.name},
        lines=[_("An answer is due by %(day)s.") % {"day": format_day(appeal.answer_by)}],
        button=_("Read it"),
        url=page("studio:desk_appeal", appeal.pk),
    )


def appeal_answered(appeal: Appeal) -> Letter:
    """To whoever appealed: the outcome, and why."""
    lifted = appeal.state == Appeal.State.LIFTED
    lead = _("We looked again: your money waits no longer.")
    stays = _("We looked again, and the money still waits. It stays yours.")
    return Letter(
        subject=_("The answer to your appeal"),
        lead=lead if lifted else stays,
        lines=[appeal.answer],
        button=_("See your money"),
        url=page("studio:money"),
    )


def overdue(kind: str, name: str, url: str) -> Letter:
    """To our team: a date that was promised has passed, or is about to."""
    leads = {
        "hold": _("The money of %(name)s waits longer than we said."),
        "freeze": _("The money of %(name)s waits longer than we said."),
        "appeal": _("The appeal of %(name)s should have been answered by now."),
        "dispute": _("The dispute of %(name)s has to be answered very soon."),
    }
    return Letter(
        subject=_("A promised date: %(name)s") % {"name": name},
        lead=leads[kind] % {"name": name},
        lines=[_("Decide, or write to them and say a new date.")],
        button=_("Open it"),
        url=url,
    )


def order_named(number: str) -> str:
    """An order, where a name is asked for."""
    return _("order %(number)s") % {"number": number}


def _until(moment: dt.datetime) -> str:
    return _("We answer by %(day)s.") % {"day": format_day(moment)}
