"""Buyers who go to their banks, through the sandbox's own bank."""

from __future__ import annotations

import datetime as dt
from typing import Any

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import now
from creatorhub.payments.models import SandboxDispute
from creatorhub.payments.sandbox import disputes
from creatorhub.payments.services import handle_due_events
from creatorhub.payouts.services import payee_of
from creatorhub.sales.models import Checkout, Dispute, Sale
from creatorhub.sales.services.appeal_hold import appeal_payee_hold
from creatorhub.sales.services.freeze_payee import freeze_payee
from creatorhub.sales.services.freeze_sale import freeze_sale
from creatorhub.shops.models import Shop
from tests.factories.accounts import a_staff_user
from tests.factories.sales import a_click, an_affiliate, an_order, attempt_of, pay, stands_at
from tests.factories.shops import a_published_listing, a_shop


class DisputedMarket:
    """Shop A sells for 60.00, shop B for 40.00; Noor earns 5 % of what A sells."""

    def __init__(self) -> None:
        self.a, self.b = a_shop(), a_shop()
        self.noor = an_affiliate(self.a, rate_bps=500)
        of_a = a_published_listing(shop=self.a, price=6_000)
        of_b = a_published_listing(shop=self.b, price=4_000)
        self.order = an_order(of_a, of_b, clicks=[a_click(self.noor, of_a)])
        self.sale_a, self.sale_b = pay(self.order)

    @property
    def owners(self) -> list[Party]:
        """Shop A, shop B, Noor."""
        return [self.a.owner, self.b.owner, self.noor]

    def held(self) -> list[int]:
        return [stands_at("payee_held", who) for who in self.owners]

    def payable(self) -> list[int]:
        return [stands_at("payee_payable", who) for who in self.owners]

    def owed(self) -> list[int]:
        return [stands_at("payee_receivable", who) for who in self.owners]

    def dispute(self, **how: Any) -> Dispute:
        return a_dispute(self.order, **how)


def on_the_far_side(order: Checkout, **how: Any) -> SandboxDispute:
    """The buyer complained; nobody here has heard of it yet."""
    return disputes.open_dispute(
        payment_id=attempt_of(order).payment_id, reason="product_not_received", **how
    )


def a_dispute(order: Checkout, **how: Any) -> Dispute:
    """The buyer complained to their bank, and we heard of it."""
    asked = on_the_far_side(order, **how)
    handle_due_events()
    return Dispute.objects.get(provider_id=asked.public_id)


def the_bank_decides(dispute: Dispute, state: str) -> Dispute:
    """The bank moves it on, and we hear of it."""
    disputes.decide(public_id=dispute.provider_id, state=state)
    handle_due_events()
    dispute.refresh_from_db()
    return dispute


def sale_of(order: Checkout) -> Sale:
    return Sale.objects.get(order=order.order)


def dispute_things(*, shop: Shop) -> dict[str, Any]:
    """A disputed sale, a frozen one, a hold on the shop's owner, and appeals: one of each."""
    staff = a_staff_user()
    owner = shop.owner
    order = an_order(a_published_listing(shop=shop))
    (disputed,) = pay(order)
    (sale,) = pay(an_order(a_published_listing(shop=shop)))
    until = now() + dt.timedelta(days=5)
    why: dict[str, Any] = {
        "reason_code": "payee_hold",
        "note": "We look at it.",
        "until": until,
        "actor": staff,
    }
    hold = freeze_payee(payee=payee_of(party=owner), **why)
    return {
        "disputed_sale": disputed,
        "dispute": a_dispute(order),
        "payee_hold": hold,
        "sale_freeze": freeze_sale(sale=sale, **why),
        "appeal": appeal_payee_hold(hold=hold, party=owner, text="Please look again."),
    }
