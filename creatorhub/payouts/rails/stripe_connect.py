"""Paying through a processor that knows our payees: separate charges and transfers.

Each order's share is a transfer of its own that draws on that order's charge, so that a refund or
a dispute can take back exactly what that order paid out. In the sandbox the play provider stands
in for Stripe.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.money import Money
from creatorhub.payments.errors import ProcessorSilentError, TransferRefusedError
from creatorhub.payments.recipients import RecipientGateway, SentTransfer
from creatorhub.payments.registry import recipient_gateway
from creatorhub.payouts.models import Recipient
from creatorhub.payouts.rails.rail import (
    PartOrder,
    PartRefusedError,
    RailTimeoutError,
    Transferred,
)


class StripeConnectRail:
    """Keeps the promises of PartsRail; a destination is a recipient's id at the processor."""

    key = "stripe_connect"
    name = _("To your bank, through Stripe")

    def find_part(self, part: PartOrder) -> Transferred | None:
        try:
            found = self._gateway(part.destination).find_transfer(
                group=part.group, idempotency_key=part.key
            )
        except ProcessorSilentError as error:
            raise RailTimeoutError(part.key) from error
        return _transferred(found) if found else None

    def send_part(self, part: PartOrder) -> Transferred:
        try:
            sent = self._gateway(part.destination).transfer(
                recipient_id=part.destination,
                amount=part.amount,
                group=part.group,
                source_payment=part.source,
                idempotency_key=part.key,
            )
        except ProcessorSilentError as error:
            raise RailTimeoutError(part.key) from error
        except TransferRefusedError as error:
            raise PartRefusedError(error.reason_code, str(error)) from error
        return _transferred(sent)

    def reverse_part(self, *, part: PartOrder, reference: str, amount: Money, key: str) -> None:
        try:
            self._gateway(part.destination).reverse_transfer(
                transfer_id=reference, amount=amount, idempotency_key=key
            )
        except ProcessorSilentError as error:
            raise RailTimeoutError(key) from error
        except TransferRefusedError as error:
            raise PartRefusedError(error.reason_code, str(error)) from error

    def source_gateway(self, destination: str) -> str:
        return Recipient.objects.values_list("gateway", flat=True).get(provider_id=destination)

    def _gateway(self, destination: str) -> RecipientGateway:
        return recipient_gateway(self.source_gateway(destination))


def _transferred(sent: SentTransfer) -> Transferred:
    return Transferred(sent.provider_id, sent.amount, sent.reversed)
