"""The audit log in words: what was decided, about what, and where to look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.models import AuditEntry
from creatorhub.foundation.reasons import UnknownReasonError, Words, reason
from creatorhub.payouts.models import Payee
from creatorhub.sales.models import Sale
from creatorhub.shops.models import Shop

ACTIONS: dict[str, Words] = {
    "account.profile_changed": gettext_lazy("Changed a profile"),
    "appeal.asked": gettext_lazy("Asked our team to look again"),
    "appeal.lifted": gettext_lazy("Let the money go after an appeal"),
    "appeal.upheld": gettext_lazy("Kept the money waiting after an appeal"),
    "cash.closed_unpaid": gettext_lazy("Closed an order that was not paid"),
    "cash.confirmed": gettext_lazy("Said that an order was paid to the shop"),
    "cash.denied": gettext_lazy("Said that a transfer did not arrive"),
    "cash.escalated": gettext_lazy("Brought an order that a shop collects to our team"),
    "cash.refused": gettext_lazy("Said that a parcel was not taken"),
    "checkout.email_corrected": gettext_lazy("Corrected the e-mail address of an order"),
    "collecting.paused": gettext_lazy("Stopped a shop from collecting money itself"),
    "collecting.resumed": gettext_lazy("Let a shop collect money itself again"),
    "debt.paid_in": gettext_lazy("Noted that a shop paid in what it owes"),
    "dispute.answer_refused": gettext_lazy("The bank did not take our answer to a dispute"),
    "dispute.answered": gettext_lazy("Answered a dispute"),
    "dispute.inquiry": gettext_lazy("The bank of a buyer asks about a payment"),
    "dispute.lost": gettext_lazy("The bank decided a dispute for the buyer"),
    "dispute.needs_response": gettext_lazy("The bank of a buyer took a payment back"),
    "dispute.statement": gettext_lazy("Wrote the shop's side of a dispute"),
    "dispute.under_review": gettext_lazy("The bank looks at our answer to a dispute"),
    "dispute.withdrawn": gettext_lazy("A dispute was taken back"),
    "dispute.won": gettext_lazy("The bank decided a dispute for us"),
    "event.revived": gettext_lazy("Tried an event of the payment provider again"),
    "outbox.revived": gettext_lazy("Tried stuck work again"),
    "payee.destination_changed": gettext_lazy("Changed where somebody's money goes"),
    "payee.schedule_changed": gettext_lazy("Changed when somebody is paid"),
    "payee_hold.closed": gettext_lazy("Let somebody's payouts go again"),
    "payee_hold.opened": gettext_lazy("Let somebody's payouts wait"),
    "payment_return.failed": gettext_lazy("A payment could not go back"),
    "payment_return.repeated": gettext_lazy("Gave a payment back in another way"),
    "payout.paid_by_bank": gettext_lazy("Noted that the bank paid a payout"),
    "payout.returned_by_bank": gettext_lazy("Noted that the bank sent a payout back"),
    "payout_batch.approved": gettext_lazy("Approved a batch of bank payments"),
    "payout_batch.file": gettext_lazy("Fetched the file of a batch"),
    "payout_batch.prepared": gettext_lazy("Looked a batch of bank payments through"),
    "payout_batch.refused": gettext_lazy("Refused a batch of bank payments"),
    "payout_batch.sent": gettext_lazy("Handed a batch to the bank"),
    "payouts.run": gettext_lazy("Ran payouts"),
    "policy.changed": gettext_lazy("Changed the policy"),
    "programme.changed": gettext_lazy("Changed an affiliate programme"),
    "programme.excluded": gettext_lazy("Excluded somebody from a programme"),
    "programme.opened": gettext_lazy("Opened an affiliate programme"),
    "quarantine.closed": gettext_lazy("Settled a payment that was put aside"),
    "refund.contest_decided": gettext_lazy("Decided about a refund that did not arrive"),
    "refund.contested": gettext_lazy("Said that a refund did not arrive"),
    "refund.failed": gettext_lazy("A refund did not reach the buyer"),
    "refund.given": gettext_lazy("Said that a refund was handed over"),
    "refund.repeated": gettext_lazy("Gave a refund in another way"),
    "refund_request.accepted": gettext_lazy("Gave a buyer what they asked back"),
    "refund_request.decided": gettext_lazy("Decided about a refund a buyer asked for"),
    "refund_request.declined": gettext_lazy("Declined a refund a buyer asked for"),
    "refund_request.escalated": gettext_lazy("Brought a refund to our team"),
    "refund_request.withdrawn": gettext_lazy("Took a refund request back"),
    "report.filed": gettext_lazy("Reported something"),
    "report.kept": gettext_lazy("Kept something that was reported"),
    "report.taken_down": gettext_lazy("Took down something that was reported"),
    "sale.frozen": gettext_lazy("Let the money of a sale wait"),
    "sale.refunded": gettext_lazy("Gave money back to a buyer"),
    "sale.sent": gettext_lazy("Sent a parcel"),
    "sale.unfrozen": gettext_lazy("Let the money of a sale go again"),
    "shop.offline_terms": gettext_lazy("Changed how a shop collects money itself"),
    "shop.opened": gettext_lazy("Opened a shop"),
    "shop.refund_policy": gettext_lazy("Changed the words of a shop about refunds"),
    "shop.refund_window": gettext_lazy("Changed the refund days of a shop"),
    "shop.renamed": gettext_lazy("Renamed a shop"),
    "shop.unverified": gettext_lazy("Took a badge away until the new name is looked at"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log as people read it. `url` leads to what it is about, where staff can."""

    entry: AuditEntry
    what: str
    why: str
    about: str
    url: str


def decisions(entries: Iterable[AuditEntry]) -> list[Decision]:
    """The lines with their words; a constant number of queries for any number of them."""
    rows = list(entries)
    subjects = _Subjects(rows)
    return [
        Decision(
            entry, str(ACTIONS.get(entry.action, entry.action)), _why(entry), *subjects.of(entry)
        )
        for entry in rows
    ]


def _why(entry: AuditEntry) -> str:
    try:
        return str(reason(str(entry.details.get("reason_code", ""))).text)
    except UnknownReasonError:
        return ""


class _Subjects:
    """What lines are about, looked up once for all of them."""

    def __init__(self, entries: list[AuditEntry]) -> None:
        ids: dict[str, set[int]] = {}
        for entry in entries:
            kind, _colon, number = entry.subject.partition(":")
            if number.isdecimal():
                ids.setdefault(kind, set()).add(int(number))
        sales = Sale.objects.filter(pk__in=ids.get("sale", ()))
        self.orders = dict(sales.values_list("pk", "order__number"))
        payees = Payee.objects.filter(pk__in=ids.get("payee", ()))
        self.payees = dict(payees.values_list("pk", "party__name"))
        self.shops = dict(Shop.objects.filter(pk__in=ids.get("shop", ())).values_list("pk", "name"))

    def of(self, entry: AuditEntry) -> tuple[str, str]:
        """Its words, and its page; a subject that has none is named as it was written."""
        kind, _colon, number = entry.subject.partition(":")
        pk = int(number) if number.isdecimal() else 0
        order = number if kind == "order" else self.orders.get(pk) if kind == "sale" else None
        if order:
            url = reverse("studio:desk_order_money", args=[order])
            return _("Order %(number)s") % {"number": order}, url
        if kind == "payee" and pk in self.payees:
            return self.payees[pk], reverse("studio:desk_payee_money", args=[pk])
        if kind == "payout" and pk:
            url = reverse("studio:desk_payout_money", args=[pk])
            return _("Payout %(number)s") % {"number": pk}, url
        if kind == "shop" and pk in self.shops:
            return self.shops[pk], ""
        return str(KINDS.get(kind, entry.subject)), ""


KINDS: dict[str, Words] = {
    "attempt": gettext_lazy("A payment"),
    "enrolment": gettext_lazy("A member of a programme"),
    "event": gettext_lazy("An event of the payment provider"),
    "outbox": gettext_lazy("Stuck work"),
    "payout_batch": gettext_lazy("A batch of bank payments"),
    "payout_run": gettext_lazy("A payout run"),
    "policy": gettext_lazy("The policy"),
    "programme": gettext_lazy("An affiliate programme"),
    "report": gettext_lazy("A report"),
    "return": gettext_lazy("A payment that went back"),
    "user": gettext_lazy("An account"),
}
