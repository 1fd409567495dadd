"""Who has a share in a line, as the book names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from creatorhub.affiliates.models import Commission
from creatorhub.payouts.models import Payee
from creatorhub.payouts.services.payees import payees_of
from creatorhub.sales.explanations import Shared
from creatorhub.sales.models import SaleLine


def shared_by(
    lines: Iterable[SaleLine], commissions: Mapping[int, Commission] | None = None
) -> list[Shared]:
    """Each line with its shop's and its affiliate's names in the book, in the lines' order.

    `commissions`, by order line, where they are known already; they are read otherwise.
    """
    lines = list(lines)
    earned = _commissions_of(lines) if commissions is None else commissions
    affiliates = {pk: one.attribution.enrolment.owner for pk, one in earned.items()}
    owners = payees_of(parties=[*(line.sale.shop.owner for line in lines), *affiliates.values()])
    return [_shared(line, earned.get(line.order_line_id or 0), owners) for line in lines]


def _commissions_of(lines: Iterable[SaleLine]) -> dict[int, Commission]:
    rows = Commission.objects.filter(
        attribution__order_line__in=[line.order_line_id for line in lines]
    ).select_related("attribution__link", "attribution__enrolment__owner")
    return {commission.attribution.order_line_id: commission for commission in rows}


def _shared(line: SaleLine, commission: Commission | None, owners: Mapping[int, Payee]) -> Shared:
    shop_owner = owners[line.sale.shop.owner_id].ledger_owner
    if commission is None:
        return Shared(line, shop_owner)
    affiliate = owners[commission.attribution.enrolment.owner_id]
    return Shared(line, shop_owner, affiliate.ledger_owner, commission)
