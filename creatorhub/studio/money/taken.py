"""Money that went back to a buyer, that a bank keeps, or that is owed for either."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_day
from creatorhub.ledger.models import Account
from creatorhub.money import Money
from creatorhub.sales.models import CashOrder, Dispute, Refund, SaleLine
from creatorhub.studio.money.answer import Answer, why_of
from creatorhub.studio.money.deciders import Reader, who_refunded


def answer_of_taken(amount: Money, about: dict[str, Any], reader: Reader) -> Answer:
    """What a refund or a lost dispute took; `about` is the explanation of the posting."""
    refund = (
        Refund.objects.filter(pk=int(about.get("refund") or 0)).select_related("decided_by").first()
    )
    if refund is not None:
        return answer_of_refund(amount, refund, reader)
    dispute = Dispute.objects.filter(pk=int(about.get("dispute") or 0)).first()
    if dispute is not None:
        return answer_of_dispute(amount, dispute)
    why = why_of(str(about.get("reason_code", "")))
    return Answer(amount, _("Taken back"), why, "", _("The rules of this market"))


def answer_of_refund(amount: Money, refund: Refund, reader: Reader) -> Answer:
    """Money that goes back to a buyer, wherever it is on its way."""
    why, who = why_of(refund.reason_code), who_refunded(refund, reader)
    since = {"day": format_day(refund.paid_at or refund.created_at)}
    if refund.state == Refund.State.FAILED:
        when = _("Tried on %(day)s") % since
        return Answer(amount, _("It did not reach the buyer"), why_of("refund_failed"), when, who)
    if refund.state == Refund.State.PAID:
        when = _("Given back on %(day)s") % since
        return Answer(amount, _("Given back to the buyer"), why, when, who)
    when = _("On its way to the buyer since %(day)s") % since
    return Answer(amount, _("Given back to the buyer"), why, when, who)


def answer_of_dispute(amount: Money, dispute: Dispute) -> Answer:
    """Money a buyer's bank took, or gave back."""
    bank = _("The buyer's bank")
    if dispute.is_open:
        day = dispute.due_by or dispute.opened_at
        when = _("Our answer is due by %(day)s; then the bank decides") % {"day": format_day(day)}
        return Answer(amount, _("With the buyer's bank"), why_of("dispute"), when, bank)
    when = _("Decided on %(day)s") % {"day": format_day(dispute.closed_at or dispute.opened_at)}
    if dispute.state == Dispute.State.LOST:
        return Answer(amount, _("With the buyer"), why_of("dispute_lost"), when, bank)
    why = _("The bank decided that the order stays paid.")
    return Answer(amount, _("Back at the payment processor"), why, when, bank)


def answer_of_owed(owner: str, amount: Money) -> Answer:
    """Owed because it had been paid out before it went back; settled once nothing is owed."""
    account = Account.objects.filter(
        owner=owner, name="payee_receivable", currency=amount.currency
    ).first()
    why = _("It had been paid out already when the buyer got it back.")
    who = _("The rules of this market")
    if account is None or not account.balance_minor:
        return Answer(amount, _("Was owed"), why, _("Settled since from later sales"), who)
    when = _("Settled from the next sales, by itself")
    return Answer(amount, _("Owed to the market"), why, when, who)


def answer_of_debt(amount: Money, line: SaleLine) -> Answer:
    """What a shop owes of an order whose money it collected itself."""
    cash = CashOrder.objects.filter(checkout__order=line.sale.order_id).first()
    why = _("The shop collected this order itself; fee and commission are the part of others.")
    who = _("The shop, by collecting it")
    if cash is not None and cash.settled_at:
        when = _("Settled on %(day)s") % {"day": format_day(cash.settled_at)}
        return Answer(amount, _("Settled what was owed"), why, when, who)
    when = _("Settled from the next sales, by itself, or paid in")
    return Answer(amount, _("Owed to the market"), why, when, who)
