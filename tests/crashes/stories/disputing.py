"""Buyers who go to their banks: the bank takes the money, and decides."""

from __future__ import annotations

from typing import Any

from creatorhub.payments.models import SandboxDispute, SandboxEvent, WebhookEvent
from creatorhub.payments.sandbox import disputes
from creatorhub.payments.sandbox.events import deliver
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Dispute, Refund, SaleLine
from tests.crashes.stories.story import Facts, Stall, Story, the_provider
from tests.factories.sales import attempt_of


def a_dispute(stall: Stall, ended: str) -> Facts:
    """Opened and decided at the bank; the market has heard of neither."""
    the_provider()
    sale = stall.sale()
    the_provider(holds_events=True)
    payment = attempt_of(sale.order.checkout).payment_id
    opened = disputes.open_dispute(payment_id=payment, reason="product_not_received")
    disputes.decide(public_id=opened.public_id, state=ended)
    return {"dispute": opened.public_id, "sale": sale.pk}


def lost_at_the_bank(stall: Stall) -> Facts:
    return a_dispute(stall, "lost")


def won_at_the_bank(stall: Stall) -> Facts:
    return a_dispute(stall, "won")


def hear_of_it(*, dispute: str, sale: int) -> None:
    """Both events come, the end first, and the worker answers them."""
    for event in SandboxEvent.objects.filter(data__dispute=dispute).order_by("-id"):
        deliver(event=event)
    handle_due_events()


def is_half_heard(*, dispute: str, **_more: Any) -> bool:
    """The bank's word is in the inbox, and the book does not say so."""
    if not WebhookEvent.objects.filter(payload__dispute=dispute).exists():
        return False
    far = SandboxDispute.objects.get(public_id=dispute)
    return not Dispute.objects.filter(provider_id=dispute, state=far.state).exists()


def lost_once(*, dispute: str, sale: int) -> None:
    row = Dispute.objects.get(provider_id=dispute)
    assert row.state == Dispute.State.LOST
    lines = SaleLine.objects.filter(sale=sale)
    assert sum(line.remaining.minor for line in lines) == 0
    assert not Refund.objects.filter(sale=sale, way="processor").exists()


def won_once(*, dispute: str, sale: int) -> None:
    row = Dispute.objects.get(provider_id=dispute)
    assert row.state == Dispute.State.WON
    assert not SaleLine.objects.filter(sale=sale, refunded_minor__gt=0).exists()


LOST_DISPUTE = Story("lost dispute", lost_at_the_bank, hear_of_it, lost_once, is_half_heard)
WON_DISPUTE = Story("won dispute", won_at_the_bank, hear_of_it, won_once, is_half_heard)
