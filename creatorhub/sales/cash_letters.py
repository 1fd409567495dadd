"""What mails about orders that their shop collects say. Call them in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_day, format_money
from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.sales.models import CashOrder, HandRefund, OfflineTerms, Refund


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of a few sentences and one button."""

    subject: str
    lead: str
    lines: Sequence[str]
    button: str
    url: str


def _amount(cash: CashOrder) -> str:
    return format_money(cash.amount, exact=True)


def _number(cash: CashOrder) -> str:
    return str(cash.checkout.order.number)


# To the buyer ---------------------------------------------------------------------------------
def cash_placed(cash: CashOrder, url: str) -> Letter:
    return Letter(
        subject=_("Your order %(number)s: pay on delivery") % {"number": _number(cash)},
        lead=_("%(shop)s has your order and prepares it.") % {"shop": cash.shop.name},
        lines=[
            _("Have %(amount)s ready when it arrives. You pay the courier; nothing before.")
            % {"amount": _amount(cash)},
            _("You get another e-mail as soon as it is sent."),
        ],
        button=_("See your order"),
        url=url,
    )


def transfer_due(cash: CashOrder, url: str) -> Letter:
    return Letter(
        subject=_("Your order %(number)s: where to transfer") % {"number": _number(cash)},
        lead=_("Transfer %(amount)s to %(shop)s and write %(number)s as the reference.")
        % {"amount": _amount(cash), "shop": cash.shop.name, "number": _number(cash)},
        lines=[
            *cash.account_lines,
            _("Then upload the receipt on the page of your order, by %(day)s.")
            % {"day": format_day(cash.answer_by)},
            _("Everything is kept for you until then. The shop sends it once the money is there."),
        ],
        button=_("Upload the receipt"),
        url=url,
    )


def transfer_denied(cash: CashOrder, url: str) -> Letter:
    note = [_("The shop wrote: %(note)s") % {"note": cash.note}] if cash.note else []
    return Letter(
        subject=_("%(shop)s has not found your transfer") % {"shop": cash.shop.name},
        lead=_("The shop looked, and %(amount)s for order %(number)s is not there yet.")
        % {"amount": _amount(cash), "number": _number(cash)},
        lines=[
            *note,
            _(
                "If you did transfer, send the receipt again or write what your bank says, by"
                " %(day)s. Our team looks at it then, too."
            )
            % {"day": format_day(cash.answer_by)},
            _("If you did not, you need not do anything: the order ends by itself."),
        ],
        button=_("Answer"),
        url=url,
    )


def transfer_ended(cash: CashOrder, url: str) -> Letter:
    return Letter(
        subject=_("Your order %(number)s has ended") % {"number": _number(cash)},
        lead=_("No transfer came, so %(shop)s has put everything back.") % {"shop": cash.shop.name},
        lines=[
            _(
                "Nothing is owed. If you did pay, show the shop your receipt:"
                " it gives your money back."
            )
        ],
        button=_("See your order"),
        url=url,
    )


def cash_refused(cash: CashOrder, url: str) -> Letter:
    why = reason(cash.reason_code)
    note = [_("The shop wrote: %(note)s") % {"note": cash.note}] if cash.note else []
    return Letter(
        subject=_("Your order %(number)s was closed") % {"number": _number(cash)},
        lead=_("%(shop)s closed your order. You paid nothing and owe nothing.")
        % {"shop": cash.shop.name},
        lines=[str(why.text), *note],
        button=_("See your order"),
        url=url,
    )


def refund_given(row: HandRefund, amount: Money, url: str) -> Letter:
    refund = row.refund
    return Letter(
        subject=_("%(shop)s says it gave you %(amount)s back")
        % {"shop": refund.sale.shop.name, "amount": format_money(amount, exact=True)},
        lead=_("You paid the shop directly, so it gives money back directly, too."),
        lines=[
            _("How: %(how)s") % {"how": row.how},
            _("Did it not reach you? Say so on the page of your order, and our team looks at it."),
        ],
        button=_("See your order"),
        url=url,
    )


# To the shop ----------------------------------------------------------------------------------
def cash_to_send(cash: CashOrder, ship_by_on: dt.date | None, url: str) -> Letter:
    send = _("Please send it by %(day)s.") % {"day": format_day(ship_by_on)} if ship_by_on else ""
    return Letter(
        subject=_("You sold something: order %(number)s, paid on delivery")
        % {"number": _number(cash)},
        lead=_("Collect %(amount)s when it is delivered.") % {"amount": _amount(cash)},
        lines=[
            *([send] if send else []),
            _(
                "When it was delivered and paid, say so in your studio; if it was not taken, say"
                " that. Then you owe nothing for it."
            ),
            _(
                "You keep what you collect. The fee, and the share of whoever brought the buyer,"
                " are taken from your next sales."
            ),
        ],
        button=_("Open the order"),
        url=url,
    )


def receipt_sent(cash: CashOrder, url: str) -> Letter:
    return Letter(
        subject=_("Did %(amount)s arrive? Order %(number)s")
        % {"amount": _amount(cash), "number": _number(cash)},
        lead=_("A buyer says that they transferred %(amount)s to you, reference %(number)s.")
        % {"amount": _amount(cash), "number": _number(cash)},
        lines=[
            _(
                "Look at your account, not only at the receipt. Then say whether it is there,"
                " by %(day)s."
            )
            % {"day": format_day(cash.answer_by)},
            _("Send nothing before you see the money."),
        ],
        button=_("Look at the receipt"),
        url=url,
    )


def cash_reminder(cash: CashOrder, url: str) -> Letter:
    if cash.way == CashOrder.Way.TRANSFER:
        lead = _("A buyer waits for your word: did %(amount)s for order %(number)s arrive?")
    else:
        lead = _("Was order %(number)s delivered, and did you get the %(amount)s for it?")
    return Letter(
        subject=_("Please say what became of order %(number)s") % {"number": _number(cash)},
        lead=lead % {"amount": _amount(cash), "number": _number(cash)},
        lines=[
            _("If we do not hear from you by %(day)s, our team looks at it.")
            % {"day": format_day(cash.answer_by)}
        ],
        button=_("Say what happened"),
        url=url,
    )


def hand_refund_due(refund: Refund, amount: Money, url: str) -> Letter:
    return Letter(
        subject=_("Please give %(amount)s back, order %(number)s")
        % {"amount": format_money(amount, exact=True), "number": refund.sale.order.number},
        lead=_("The buyer paid you directly, so only you can give it back."),
        lines=[_("Hand it over or transfer it, and then say so in your studio.")],
        button=_("Open the order"),
        url=url,
    )


def collecting_paused(terms: OfflineTerms, url: str) -> Letter:
    why = reason(terms.paused_reason)
    return Letter(
        subject=_("%(shop)s takes cards only for now") % {"shop": terms.shop.name},
        lead=str(why.text),
        lines=[
            _("Cash on delivery and transfers are off meanwhile. Your money is not touched."),
            str(why.ends),
        ],
        button=_("What you owe, and to whom"),
        url=url,
    )


def collecting_resumed(terms: OfflineTerms, url: str) -> Letter:
    return Letter(
        subject=_("%(shop)s may collect money itself again") % {"shop": terms.shop.name},
        lead=_("What you owed is settled. Cash on delivery and transfers work as before."),
        lines=[],
        button=_("Your settings"),
        url=url,
    )


# To our team ----------------------------------------------------------------------------------
def cash_escalated(cash: CashOrder, url: str) -> Letter:
    return Letter(
        subject=_("Order %(number)s: was it paid?") % {"number": _number(cash)},
        lead=_("Nobody knows whether %(amount)s reached %(shop)s.")
        % {"amount": _amount(cash), "shop": cash.shop.name},
        lines=[_("Ask both sides, then decide.")],
        button=_("Decide"),
        url=url,
    )


def refund_contested(row: HandRefund, amount: Money, url: str) -> Letter:
    return Letter(
        subject=_("A buyer did not get %(amount)s back")
        % {"amount": format_money(amount, exact=True)},
        lead=_("%(shop)s says that it gave it back: %(how)s")
        % {"shop": row.refund.sale.shop.name, "how": row.how},
        lines=[_("The buyer wrote: %(note)s") % {"note": row.contest_note}],
        button=_("Decide"),
        url=url,
    )
