"""The processor kept part of a payment: the book says so, and whose cost it is."""

from __future__ import annotations

from creatorhub.foundation.policy import policy
from creatorhub.money import Money
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payouts.services.payees import payees_of
from creatorhub.sales.fee_book import post_borne_fee, post_kept_fee
from creatorhub.sales.models import Checkout, Sale


def bear_fee(*, attempt: PaymentAttempt, checkout: Checkout) -> None:
    """In the transaction that completes the attempt; nothing to write without a fee.

    A payment that became no sale has no shop to bear it: it is the market's cost then.
    """
    fee = attempt.fee
    if fee is None:
        return
    number, borne = checkout.order.number, _borne(fee, checkout)
    if not borne:
        post_kept_fee(order_number=number, fee=fee)
        return
    payees = payees_of(parties=[sale.shop.owner for sale in borne])
    owners = {party: payee.ledger_owner for party, payee in payees.items()}
    post_borne_fee(order_number=number, fee=fee, borne=borne, owners=owners)


def _borne(fee: Money, checkout: Checkout) -> dict[Sale, Money]:
    """Each shop's part, by what it sold. What is finer than the currency's step stays the market's:
    a shop could never be paid the rest of such a step."""
    if policy().processor_fee_bearer != "shop":
        return {}
    rows = Sale.objects.filter(order=checkout.order, total_minor__gt=0)
    sales = list(rows.select_related("shop__owner").order_by("pk"))
    if not sales:
        return {}
    in_steps = fee.prorate_floor(1, 1)
    parts = in_steps.split([sale.total_minor for sale in sales])
    return dict(zip(sales, parts, strict=True))
