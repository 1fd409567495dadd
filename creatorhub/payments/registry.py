"""Which gateways exist, and which of them this instance has switched on."""

from __future__ import annotations

from django.conf import settings

from creatorhub.payments.errors import UnknownGatewayError
from creatorhub.payments.gateway import PaymentGateway
from creatorhub.payments.recipients import RecipientGateway

_gateways: dict[str, PaymentGateway] = {}
_recipient_gateways: dict[str, RecipientGateway] = {}


def register_gateway(made: PaymentGateway) -> None:
    """Make a gateway known; settings.PAYMENT_GATEWAYS decides whether it is used."""
    _gateways[made.name] = made


def gateway(name: str) -> PaymentGateway:
    """The gateway of this name; UnknownGatewayError when it is not switched on."""
    if name not in gateway_names():
        raise UnknownGatewayError(name)
    return _gateways[name]


def gateway_names() -> list[str]:
    """The gateways a basket may use here, in the order they are offered."""
    return [name for name in settings.PAYMENT_GATEWAYS if name in _gateways]


def register_recipient_gateway(made: RecipientGateway) -> None:
    """Make known a processor that pays people; payout rails ask for it by name."""
    _recipient_gateways[made.name] = made


def recipient_gateway(name: str) -> RecipientGateway:
    """The processor of this name that pays people; UnknownGatewayError when there is none here."""
    if name not in _recipient_gateways:
        raise UnknownGatewayError(name)
    return _recipient_gateways[name]


def recipient_gateway_names() -> list[str]:
    """The processors that pay people here, in the order they were made known."""
    return list(_recipient_gateways)
