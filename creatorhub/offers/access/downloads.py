"""Opening a bought file: through its grant, with a link that lives ten minutes."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, TimestampSigner
from django.db.models.fields.files import FieldFile

from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.access.selectors import files_of_grant
from creatorhub.offers.errors import GrantEndedError, TicketExpiredError
from creatorhub.offers.models import Grant

TICKET_SECONDS = 600

_signer = TimestampSigner(salt="creatorhub.offers.download")


@dataclass(frozen=True, slots=True)
class OpenedDownload:
    """A file somebody may read now, and the name to save it under."""

    file: FieldFile
    name: str
    size: int


def download_ticket(*, grant: Grant, file: DownloadFile) -> str:
    """What the library adds to a file's link. It works for ten minutes, for this file only."""
    return _signer.sign(f"{grant.pk}-{file.pk}")


def open_download(*, token: str, file_id: int, ticket: str) -> OpenedDownload:
    """The file behind a grant's token and a fresh ticket.

    Grant.DoesNotExist or DownloadFile.DoesNotExist when there is no such thing (a 404);
    GrantEndedError when it was given back; TicketExpiredError when the ticket is old or foreign.
    """
    grant = Grant.objects.get(token=token)
    if not grant.is_open:
        raise GrantEndedError
    file = files_of_grant(grant).get(pk=file_id)
    if not _is_fresh(ticket, grant, file):
        raise TicketExpiredError
    return OpenedDownload(file=file.file, name=file.name, size=file.size)


def _is_fresh(ticket: str, grant: Grant, file: DownloadFile) -> bool:
    try:
        signed = _signer.unsign(ticket, max_age=TICKET_SECONDS)
    except BadSignature:
        return False
    return signed == f"{grant.pk}-{file.pk}"
