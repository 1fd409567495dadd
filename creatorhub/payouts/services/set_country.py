"""Where a payee is, which decides the rails that are open to them."""

from __future__ import annotations

from django.db import transaction

from creatorhub.payouts.countries import country_is_known
from creatorhub.payouts.errors import NotOpenThereError
from creatorhub.payouts.models import Payee


@transaction.atomic
def set_country(*, payee: Payee, country: str) -> None:
    """Remember it on their party. NotOpenThereError for a country we know nothing of."""
    if not country_is_known(country):
        raise NotOpenThereError(country)
    payee.party.country = country
    payee.party.save(update_fields=["country"])
