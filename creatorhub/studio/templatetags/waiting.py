"""Notices above one's money and one's orders: what waits by a decision, and where to answer."""

from __future__ import annotations

from django import template

from creatorhub.accounts.models import User
from creatorhub.foundation.reasons import reason
from creatorhub.sales.models import Sale, SaleFreeze
from creatorhub.studio.desk.disputes.words import state_of
from creatorhub.studio.waiting import selectors

register = template.Library()


@register.inclusion_tag("studio/waiting/notices.html")
def waiting_notices(user: User) -> dict[str, object]:
    """For the money page: open holds, frozen orders, disputes that are not decided."""
    holds = selectors.holds_of(user).filter(closed_at=None)
    freezes = selectors.freezes_of(user).filter(closed_at=None)
    return {
        "holds": [(row, reason(row.reason_code)) for row in holds],
        "freezes": [(row, reason(row.reason_code)) for row in freezes],
        "disputes": selectors.disputes_of(user).filter(closed_at=None).count(),
        "lacks_factor": selectors.lacks_second_factor(user),
    }


@register.inclusion_tag("studio/waiting/sale_notices.html")
def sale_notices(sale: Sale) -> dict[str, object]:
    """For one order's page: its freeze, and its disputes with where they stand."""
    freezes = SaleFreeze.objects.filter(sale=sale, closed_at=None)
    return {
        "sale": sale,
        "freezes": [(row, reason(row.reason_code)) for row in freezes],
        "disputes": [(row, *state_of(row)) for row in selectors.disputes_of_sale(sale)],
    }
