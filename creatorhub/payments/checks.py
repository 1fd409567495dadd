"""What `check --deploy` says about taking cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

LISTS = ("STRIPE_WEBHOOK_SECRETS", "STRIPE_CONNECT_WEBHOOK_SECRETS")


def stripe_is_heard(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """A key without webhook secrets: disputes and failed refunds would never be heard of."""
    if not settings.STRIPE_SECRET_KEY:
        return []
    return [
        Warning(
            f"STRIPE_SECRET_KEY is set and {name} is not: what Stripe tells us is refused.",
            hint="docs/how-to/deploy.md says where Stripe shows the secret.",
            id="payments.W001",
        )
        for name in LISTS
        if not getattr(settings, name)
    ]
