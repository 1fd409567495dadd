"""How the API says no: a status and an error body in its own shape."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818  An answer of the API, not a fault of the fake.
    """Raised by an endpoint, answered as it stands."""

    def __init__(self, status: int, error: dict[str, Any], *, is_saved: bool = True) -> None:
        super().__init__(error.get("message", ""))
        self.status = status
        self.body = {"error": error}
        self.is_saved = is_saved


def invalid(message: str, *, code: str = "", param: str = "", status: int = 400) -> Refusal:
    """A request that can never work as it is."""
    return Refusal(status, _error("invalid_request_error", message, code=code, param=param))


def unreadable(message: str) -> Refusal:
    """Refused before anything ran: the idempotency key stays free (as at Stripe)."""
    word = "parameter_unknown" if "unknown" in message else "parameter_invalid"
    code = "parameter_missing" if message.startswith("Missing") else word
    return Refusal(400, _error("invalid_request_error", message, code=code), is_saved=False)


def missing(kind: str, object_id: str) -> Refusal:
    return invalid(
        f"No such {kind}: '{object_id}'", code="resource_missing", param="id", status=404
    )


def key_used_differently() -> Refusal:
    return Refusal(
        400,
        _error(
            "idempotency_error",
            "Keys for idempotent requests can only be used with the same parameters they were "
            "first used with.",
        ),
        is_saved=False,
    )


def not_let_in() -> Refusal:
    error = _error("invalid_request_error", "Invalid API Key provided")
    return Refusal(401, error, is_saved=False)


def broken(message: str = "An unknown error occurred", status: int = 500) -> Refusal:
    return Refusal(status, _error("api_error", message))


def _error(kind: str, message: str, *, code: str = "", param: str = "") -> dict[str, Any]:
    error = {"type": kind, "message": message}
    return error | ({"code": code} if code else {}) | ({"param": param} if param else {})
