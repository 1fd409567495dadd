"""Finding money by whatever somebody wrote into a message: a number, a name, a provider's id."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from creatorhub.ledger.models import JournalEntry
from creatorhub.payments.models import PaymentAttempt, PaymentRefund
from creatorhub.payouts.models import Payee, Payout, PayoutPart
from creatorhub.sales.models import Checkout, Refund
from creatorhub.sales.refund_requests import REFUND_PREFIX

AT_MOST = 20
BIGGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Found:
    """Something the words may mean."""

    what: str
    title: str
    url: str


def find(words: str) -> list[Found]:
    """Everything these words may name, the likeliest first, each once."""
    wanted = words.replace("\0", "").strip()
    if not wanted:
        return []
    found = [*_orders(wanted), *_numbers(wanted), *_provider_ids(wanted), *_payees(wanted)]
    return list(dict.fromkeys(found))[:AT_MOST]


def _orders(wanted: str) -> list[Found]:
    rows = Checkout.objects.filter(Q(order__number=wanted) | Q(attempt_reference=wanted))
    return [_order(number) for number in rows.values_list("order__number", flat=True)]


def _numbers(wanted: str) -> list[Found]:
    """Payouts, payees and entries are called by their numbers."""
    if not wanted.isdecimal() or int(wanted) > BIGGEST_ID:
        return []
    number = int(wanted)
    found = [_payout(pk) for pk in Payout.objects.filter(pk=number).values_list("pk", flat=True)]
    found += [_payee(payee) for payee in Payee.objects.filter(pk=number).select_related("party")]
    if JournalEntry.objects.filter(pk=number).exists():
        title = _("Entry %(number)s") % {"number": number}
        found.append(Found(_("Entry"), title, reverse("studio:desk_entry", args=[number])))
    return found


def _provider_ids(wanted: str) -> list[Found]:
    """Ids of the far side: a payment, a refund, a payout, one of its transfers."""
    attempts = PaymentAttempt.objects.filter(Q(provider_id=wanted) | Q(payment_id=wanted))
    found = [
        _order(number)
        for number in Checkout.objects.filter(
            attempt_reference__in=attempts.values("reference")
        ).values_list("order__number", flat=True)
    ]
    refunds = PaymentRefund.objects.filter(provider_id=wanted, reference__startswith=REFUND_PREFIX)
    references = refunds.values_list("reference", flat=True)
    ids = [int(reference.removeprefix(REFUND_PREFIX)) for reference in references]
    rows = Refund.objects.filter(pk__in=ids).values_list("sale__order__number", flat=True)
    found += [_order(number) for number in rows]
    parts = PayoutPart.objects.filter(provider_id=wanted).values("payout")
    payouts = Payout.objects.filter(Q(provider_reference=wanted) | Q(pk__in=parts))
    return found + [_payout(pk) for pk in payouts.values_list("pk", flat=True)]


def _payees(wanted: str) -> list[Found]:
    named = Q(party__name__icontains=wanted) | Q(party__user__email__iexact=wanted)
    rows = Payee.objects.filter(named).select_related("party").order_by("party__name", "pk")
    return [_payee(payee) for payee in rows[:AT_MOST]]


def _order(number: str) -> Found:
    title = _("Order %(number)s") % {"number": number}
    return Found(_("Order"), title, reverse("studio:desk_order_money", args=[number]))


def _payout(pk: int) -> Found:
    title = _("Payout %(number)s") % {"number": pk}
    return Found(_("Payout"), title, reverse("studio:desk_payout_money", args=[pk]))


def _payee(payee: Payee) -> Found:
    return Found(_("Payee"), payee.party.name, reverse("studio:desk_payee_money", args=[payee.pk]))
