"""Whose money waits: the person's own holds, freezes and disputes, and nobody else's."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from creatorhub.accounts.models import Party, User
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.second_factor import payouts_need_second_factor
from creatorhub.sales.models import Appeal, Dispute, Sale, SaleFreeze


def holds_of(user: User) -> QuerySet[PayeeHold]:
    """Why this person's payouts wait or waited, newest first."""
    rows = PayeeHold.objects.filter(payee__party__user=user)
    return rows.select_related("payee__party", "opened_by").order_by("-pk")


def lacks_second_factor(user: User) -> bool:
    """Whether this person earns here and would not be paid for want of a second factor."""
    payees = Payee.objects.filter(party__user=user, has_second_factor=False)
    return payouts_need_second_factor() and payees.exists()


def freezes_of(user: User) -> QuerySet[SaleFreeze]:
    """Frozen sales of this person's shops, and those their links earned a share of."""
    shared = Q(sale__lines__order_line__attribution__enrolment__owner__user=user)
    rows = SaleFreeze.objects.filter(Q(sale__shop__owner__user=user) | shared).distinct()
    return rows.select_related("sale__order", "sale__shop", "opened_by").order_by("-pk")


def disputes_of(user: User) -> QuerySet[Dispute]:
    """Disputes about orders of this person's shops, newest first."""
    rows = Dispute.objects.filter(order__sales__shop__owner__user=user).distinct()
    return rows.select_related("order").order_by("-pk")


def disputes_of_sale(sale: Sale) -> QuerySet[Dispute]:
    """Disputes about the order a sale is part of, newest first."""
    return Dispute.objects.filter(order=sale.order_id).order_by("-pk")


def sales_of(user: User) -> QuerySet[Sale]:
    """The sales of this person's shops."""
    return Sale.objects.filter(shop__owner__user=user).select_related("order", "shop")


def appeals_of(
    party: Party, *, hold: PayeeHold | None = None, freeze: SaleFreeze | None = None
) -> QuerySet[Appeal]:
    """What this party has asked about one hold, newest first."""
    return Appeal.objects.filter(party=party, payee_hold=hold, sale_freeze=freeze).order_by("-pk")
