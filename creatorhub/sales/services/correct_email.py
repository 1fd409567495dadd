"""A mistyped address, corrected by the buyer from the order's page."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.offers.access.services import readdress_grants
from creatorhub.outbox.services import enqueue
from creatorhub.sales.errors import CorrectionRefusedError
from creatorhub.sales.models import Checkout

CORRECTABLE = dt.timedelta(days=2)


@transaction.atomic(durable=True)
def correct_email(*, checkout: Checkout, email: str) -> Checkout:
    """Send everything of this order to another address from now on, and the receipt again.

    CorrectionRefusedError, with a sentence, when it is no address or the order is older than two
    days (what was bought may have been claimed into an account by then).
    """
    row = Checkout.objects.select_for_update().get(pk=checkout.pk)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise CorrectionRefusedError(_("This does not look like an e-mail address.")) from None
    if now() - row.placed_at > CORRECTABLE:
        raise CorrectionRefusedError(
            _("The address can be corrected for two days. Please write to the shop instead.")
        )
    if email == row.email:
        return row
    row.email, row.email_corrected_at = email, now()
    row.save(update_fields=["email", "email_corrected_at"])
    order = row.order
    if order.guest_email:
        order.guest_email = email
        order.save(update_fields=["guest_email"])
    readdress_grants(order=order, email=email)
    if order.sales.exists():
        moment = row.email_corrected_at.isoformat()
        key = f"receipt:{order.number}:{moment}"
        enqueue(topic="mail.receipt", key=key, payload={"checkout": row.pk})
    record(action="checkout.email_corrected", subject=f"order:{order.number}")
    return row
