"""How the sandbox provider signs what it sends."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE_HEADER = "Sandbox-Signature"
_SALT = "creatorhub.payments.sandbox.webhook"


def sign(payload: bytes) -> str:
    """HMAC-SHA-256 of the body with the instance's own secret key, in hex."""
    return salted_hmac(_SALT, payload, algorithm="sha256").hexdigest()


def is_signed(payload: bytes, signature: str) -> bool:
    return constant_time_compare(sign(payload), signature)
