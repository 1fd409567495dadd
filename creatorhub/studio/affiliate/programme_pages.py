"""What the owner of a programme sees."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from creatorhub.affiliates.models import Programme
from creatorhub.affiliates.selectors import Member, members_of
from creatorhub.money import Money
from creatorhub.shops.models import Shop
from creatorhub.studio.affiliate.forms import ProgrammeForm
from creatorhub.studio.affiliate.offers import Parts, parts_of_hundred


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """The programme (or none yet), what 100 becomes at the rate in the form, and the members."""

    programme: Programme | None
    rate_bps: int
    parts: Parts
    members: list[Member]
    paid: Money


def programme_page(shop: Shop, form: ProgrammeForm) -> ProgrammePage:
    rate_bps = _rate_in(form)
    members = members_of(form.programme) if form.programme else []
    return ProgrammePage(
        programme=form.programme,
        rate_bps=rate_bps,
        parts=parts_of_hundred(shop.currency, rate_bps),
        members=members,
        paid=Money.total((member.earned for member in members), shop.currency),
    )


def _rate_in(form: ProgrammeForm) -> int:
    """What stands in the field, as far as it is a rate."""
    try:
        percent = Decimal(str(form["rate"].value()))
        return int(percent * 100) if 0 <= percent <= 100 else 0
    except InvalidOperation:  # No number, or "NaN", which cannot be compared.
        return 0
