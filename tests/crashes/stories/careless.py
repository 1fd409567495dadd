"""The controls: the same stories told by careless code. A kill between two steps is found."""

from __future__ import annotations

import secrets

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.registry import gateway
from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.rails.registry import rail
from creatorhub.payouts.services import run_payouts, settle_payout
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.record_sale import record_sale
from tests.crashes.stories.paying import pay_unheard, sold_once
from tests.crashes.stories.paying_out import money_to_be_paid, paid_out_once
from tests.crashes.stories.story import Story


def complete_first(*, event: int, reference: str) -> None:
    """The attempt is marked as completed, and the sale follows in a transaction of its own."""
    attempt = PaymentAttempt.objects.get(reference=reference)
    if attempt.state == PaymentAttempt.State.COMPLETED:
        return
    status = gateway(attempt.gateway).retrieve_checkout(attempt.provider_id)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(
        state=PaymentAttempt.State.COMPLETED,
        payment_id=status.payment_id,
        paid_at=now(),
        completed_at=now(),
    )
    with transaction.atomic():
        record_sale(checkout=Checkout.objects.get(attempt_reference=reference), paid_at=now())


def pay_under_a_new_name(*, key: str) -> None:
    """Each try is a new transfer to the far side; nobody asks what became of the one before."""
    run_payouts(key=key)
    for payout in PayoutRun.objects.get(key=key).payouts.filter(state=Payout.State.SENDING):
        way = rail(payout.rail)
        assert way
        transfer = way.send(
            key=secrets.token_hex(), amount=payout.amount, destination=payout.payee.destination
        )
        settle_payout(payout_id=payout.pk, transfer=transfer)


CARELESS_SALE = Story("careless sale", pay_unheard, complete_first, sold_once)
CARELESS_PAYOUT = Story("careless payout", money_to_be_paid, pay_under_a_new_name, paid_out_once)
CARELESS = (CARELESS_SALE, CARELESS_PAYOUT)
