"""What somebody bought to keep: grants with their files, ready to be listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from creatorhub.accounts.models import User
from creatorhub.offers.access.downloads import download_ticket
from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.access.selectors import files_of_grant, library_of
from creatorhub.offers.models import Grant
from creatorhub.storefront.selectors.pictures import Picture, first_pictures


@dataclass(frozen=True)
class FileLink:
    """A file of a grant with the ticket that opens it for the next ten minutes."""

    file: DownloadFile
    ticket: str


@dataclass(frozen=True)
class Owned:
    """One thing in the library."""

    grant: Grant
    picture: Picture | None


def owned_by(user: User) -> list[Owned]:
    """Everything this person may open, newest first."""
    return with_pictures(library_of(user))


def with_pictures(grants: Iterable[Grant]) -> list[Owned]:
    """Grants beside the first picture of what they open."""
    rows = list(grants)
    pictures = first_pictures([grant.listing_id for grant in rows])
    return [Owned(grant, pictures.get(grant.listing_id)) for grant in rows]


def find_grant(token: str) -> Grant | None:
    """The grant behind an unguessable token, also when it was given back since."""
    return (
        Grant.objects.filter(token=token)
        .select_related("listing__shop__owner", "order_line__order__checkout")
        .first()
    )


def file_links(grant: Grant) -> list[FileLink]:
    """The files of an open grant, each with a fresh ticket."""
    return [
        FileLink(file, download_ticket(grant=grant, file=file)) for file in files_of_grant(grant)
    ]
