"""Writing the audit log, in the transaction of the decision it records."""

from __future__ import annotations

from typing import Any

from creatorhub.foundation.clock import now
from creatorhub.foundation.models import AuditEntry


def record(*, action: str, subject: str, actor: Any = None, **details: Any) -> AuditEntry:
    """One line of the audit log. `actor` is a user, or None when the market itself acted."""
    signed_in = actor if getattr(actor, "pk", None) else None
    return AuditEntry.objects.create(
        at=now(), actor=signed_in, action=action, subject=subject, details=details
    )
