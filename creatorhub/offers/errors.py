"""What can be refused here, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class UnknownWayError(LookupError):
    """A listing names a way to earn that this market does not have."""


class FileRefusedError(ValueError):
    """An upload that cannot become a download; its text is for the creator."""


class DownloadClosedError(Exception):
    """A download that is not opened; `reason_code` says why, its text is for the buyer."""

    reason_code = "download_closed"
    sentence = _("This download is not open.")

    def __str__(self) -> str:
        return str(self.sentence)


class GrantEndedError(DownloadClosedError):
    """The line behind it was given back, or staff ended the grant."""

    reason_code = "grant_ended"
    sentence = _("This purchase was given back, so its files are closed.")


class TicketExpiredError(DownloadClosedError):
    """The short-lived link is too old, or belongs to another file."""

    reason_code = "ticket_expired"
    sentence = _("This download link is too old. Open your purchase again for a fresh one.")
