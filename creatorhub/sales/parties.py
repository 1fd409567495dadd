"""Who has a share in a line, as the book names them."""

from __future__ import annotations

from collections.abc import Iterable

from creatorhub.affiliates.models import Commission
from creatorhub.payouts.services import payee_of
from creatorhub.sales.explanations import Shared
from creatorhub.sales.models import SaleLine


def shared_by(lines: Iterable[SaleLine]) -> list[Shared]:
    """Each line with its shop's and its affiliate's names in the book, in the lines' order."""
    lines = list(lines)
    commissions: dict[int | None, Commission] = {
        commission.attribution.order_line_id: commission
        for commission in Commission.objects.filter(
            attribution__order_line__in=[line.order_line_id for line in lines]
        ).select_related("attribution__link", "attribution__enrolment__owner")
    }
    return [_shared(line, commissions.get(line.order_line_id)) for line in lines]


def _shared(line: SaleLine, commission: Commission | None) -> Shared:
    shop_owner = payee_of(party=line.sale.shop.owner).ledger_owner
    if commission is None:
        return Shared(line, shop_owner)
    affiliate = payee_of(party=commission.attribution.enrolment.owner)
    return Shared(line, shop_owner, affiliate.ledger_owner, commission)
