"""What can go wrong at the wall."""

from __future__ import annotations


class PaymentError(Exception):
    """Something a processor refused or could not do."""


class UnknownGatewayError(PaymentError, LookupError):
    """No gateway of this name is switched on."""


class SignatureError(PaymentError):
    """A webhook that its provider did not sign, or that cannot be read."""


class AttemptChangedError(PaymentError):
    """The frozen request no longer matches its hash."""


class KeyReusedError(PaymentError):
    """An idempotency key sent again with another request."""


class RefundTooLargeError(PaymentError):
    """More would go back than came in."""


class AnswerRefusedError(PaymentError):
    """A dispute that was answered already, has ended, or whose time is over."""


class TransferRefusedError(PaymentError):
    """The processor said no, for good: no balance, a closed account. `reason_code` has words."""

    def __init__(self, reason_code: str, told: str = "") -> None:
        super().__init__(told or reason_code)
        self.reason_code = reason_code


class ProcessorSilentError(PaymentError):
    """No answer came: nobody knows whether it happened. Look it up before trying again."""
