"""Why something that was bought does not open. `apps` imports this."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import register_reason

register_reason(
    "download_closed",
    _("This download is not open."),
    _("Open your purchase again; the shop helps if it stays closed."),
)
register_reason(
    "grant_ended",
    _("This purchase was given back, so its files are closed."),
    _("Buying it again opens it again."),
)
register_reason(
    "ticket_expired",
    _("This download link is too old."),
    _("Open your purchase again for a fresh one."),
)
