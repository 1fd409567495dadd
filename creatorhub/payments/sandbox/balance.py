"""What the sandbox provider holds for the market, counted from its own rows."""

from __future__ import annotations

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from creatorhub.money import Money
from creatorhub.payments.models import SandboxCheckout, SandboxDispute, SandboxMovement
from creatorhub.payments.sandbox.disputes import TOOK_MONEY

MOVES = {
    SandboxMovement.Kind.REFUND: -1,
    SandboxMovement.Kind.TRANSFER: -1,
    SandboxMovement.Kind.REVERSAL: 1,
}


def balance_of(currency: str) -> Money:
    """Paid in, less refunds, transfers, disputes and their fees, plus what came back."""
    paid = SandboxCheckout.objects.filter(state=SandboxCheckout.State.PAID, currency=currency)
    minor = paid.aggregate(minor=Coalesce(Sum("amount_minor"), 0))["minor"]
    moved = (
        SandboxMovement.objects.filter(currency=currency, is_refused=False)
        .order_by()
        .values_list("kind")
        .annotate(minor=Sum("amount_minor"))
    )
    minor += sum(MOVES[SandboxMovement.Kind(kind)] * amount for kind, amount in moved)
    disputes = SandboxDispute.objects.filter(currency=currency)
    taken = disputes.filter(state__in=TOOK_MONEY)
    minor -= taken.aggregate(minor=Coalesce(Sum("amount_minor"), 0))["minor"]
    minor -= disputes.aggregate(minor=Coalesce(Sum(F("fee_minor")), 0))["minor"]
    return Money(minor, currency)
