"""Which gateways exist, and which of them this instance has switched on."""

from __future__ import annotations

from django.conf import settings

from creatorhub.payments.errors import UnknownGatewayError
from creatorhub.payments.gateway import PaymentGateway

_gateways: dict[str, PaymentGateway] = {}


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
