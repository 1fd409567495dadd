"""The book beside the processor's own word on what it holds for us, once a day."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import Sum

from creatorhub.accounts.models import User
from creatorhub.foundation.clock import now, today
from creatorhub.ledger.models import Account
from creatorhub.money import Money
from creatorhub.outbox.services import enqueue
from creatorhub.payments.errors import ProcessorSilentError
from creatorhub.payments.models import PaymentRefund
from creatorhub.payments.registry import recipient_gateway, recipient_gateway_names
from creatorhub.payouts.models import BalanceCheck, Payout, PayoutPart
from creatorhub.payouts.rails.purse import FROM_BANK

log = logging.getLogger(__name__)

IN_FLIGHT = (Payout.State.SENDING, Payout.State.UNKNOWN)


def check_balances() -> list[BalanceCheck]:
    """Compare every currency of the book, once a day; a new difference alerts staff once.

    A processor that does not answer is asked again at the next sweep.
    """
    accounts = Account.objects.filter(name="processor_balance").order_by("currency")
    done = set(BalanceCheck.objects.filter(on=today()).values_list("currency", flat=True))
    checks = []
    for currency in accounts.values_list("currency", flat=True):
        if currency in done:
            continue
        try:
            held = _held(currency)
        except ProcessorSilentError as error:
            log.warning("no balance in %s: %s", currency, error)
            continue
        checks.append(_write(currency, held))
    return checks


def _held(currency: str) -> Money:
    held = (recipient_gateway(name).balance(currency) for name in recipient_gateway_names())
    return Money.total(held, currency)


@transaction.atomic(durable=True)
def _write(currency: str, held: Money) -> BalanceCheck:
    book = Account.objects.get(name="processor_balance", currency=currency).balance_minor
    check, is_new = BalanceCheck.objects.get_or_create(
        on=today(),
        currency=currency,
        defaults={
            "book_minor": book,
            "in_flight_minor": in_flight(currency).minor,
            "processor_minor": held.minor,
            "checked_at": now(),
        },
    )
    before = BalanceCheck.objects.filter(currency=currency, on__lt=check.on).first()
    is_news = before is None or before.difference != check.difference
    if is_new and check.difference and is_news:
        _alert(check)
    return check


def in_flight(currency: str) -> Money:
    """What left the book and is still with the processor: payouts and refunds not asked for yet."""
    payouts = Payout.objects.filter(currency=currency, state__in=IN_FLIGHT).exclude(
        rail__in=FROM_BANK
    )
    unsent = _sum(payouts, "amount_minor")
    gone = PayoutPart.objects.filter(payout__in=payouts, state=PayoutPart.State.SENT)
    refunds = PaymentRefund.objects.filter(
        attempt__currency=currency, state=PaymentRefund.State.REQUESTED, provider_id=""
    )
    return Money(unsent - _sum(gone, "amount_minor") + _sum(refunds, "amount_minor"), currency)


def _sum(rows: Any, field: str) -> int:
    return int(rows.aggregate(minor=Sum(field))["minor"] or 0)


def _alert(check: BalanceCheck) -> None:
    check.alerted_at = now()
    check.save(update_fields=["alerted_at"])
    log.error("the processor's balance in %s differs by %s", check.currency, check.difference)
    for user in User.objects.filter(is_staff=True, is_active=True).order_by("pk"):
        enqueue(
            topic="mail.balance_differs",
            key=f"mail.balance_differs:{check.pk}:{user.pk}",
            payload={"check": check.pk, "user": user.pk},
        )
