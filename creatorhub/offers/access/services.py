"""Files of a listing, and the grants that open them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from creatorhub.foundation.clock import now
from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.errors import FileRefusedError
from creatorhub.offers.models import Grant
from creatorhub.offers.way import Purchase
from creatorhub.shops.models import Listing

FILE_BYTES_AT_MOST = 512 * 1024 * 1024
NAME_LENGTH = 150


@transaction.atomic
def add_file(*, listing: Listing, upload: UploadedFile[bytes]) -> DownloadFile:
    """Keep an upload as one of the listing's files, in private storage under a random name.

    FileRefusedError, with a sentence, when it is empty or too large.
    """
    if not upload.size:
        raise FileRefusedError(_("This file is empty."))
    if upload.size > FILE_BYTES_AT_MOST:
        raise FileRefusedError(_("This file is larger than 512 MB. Split it or make it smaller."))
    name = _clean_name(upload.name or "")
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    last = listing.files.aggregate(last=Max("position"))["last"]
    row = DownloadFile(
        listing=listing,
        name=name,
        size=upload.size,
        sha256=digest.hexdigest(),
        position=0 if last is None else last + 1,
        added_at=now(),
    )
    # The stored name says nothing: neither the buyer's words nor a type a server might run.
    row.file.save(secrets.token_hex(20), upload, save=True)
    return row


def remove_file(*, file: DownloadFile) -> None:
    """New buyers do not get it. Those who bought it keep it, so the bytes stay."""
    DownloadFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=now())


def grant_access(*, purchases: Sequence[Purchase]) -> None:
    """Open each listing to the buyer of its line. Repeating changes nothing."""
    Grant.objects.bulk_create(
        (
            Grant(
                order_line=purchase.order_line,
                listing=purchase.listing,
                email=purchase.email,
                user=purchase.user,
                token=secrets.token_urlsafe(24),
                granted_at=now(),
            )
            for purchase in purchases
        ),
        ignore_conflicts=True,
    )


def revoke_access(*, order_line: Any, reason_code: str) -> None:
    """Close the line's grant, saying why."""
    Grant.objects.filter(order_line=order_line, revoked_at=None).update(
        revoked_at=now(), revoked_reason=reason_code
    )


def reopen_access(*, order_line: Any) -> None:
    """The money did not reach the buyer, so what it bought is theirs again."""
    Grant.objects.filter(order_line=order_line).update(revoked_at=None, revoked_reason="")


def readdress_grants(*, order: Any, email: str) -> None:
    """The buyer corrected a mistyped address; grants that nobody claimed follow."""
    Grant.objects.filter(order_line__order=order, user=None).update(email=email)


def claim_grants(*, user: Any) -> int:
    """Put what was bought under this person's verified addresses into their library.

    Returns how many were claimed. An address counts only once its owner has proven it.
    """
    verified = EmailAddress.objects.filter(user=user, verified=True)
    emails = [email.lower() for email in verified.values_list("email", flat=True)]
    return (
        Grant.objects.annotate(address=Lower("email"))
        .filter(user=None, address__in=emails)
        .update(user=user)
    )


def _clean_name(name: str) -> str:
    """The name a buyer saves it under: no folders, no control or direction-changing characters."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    if len(printable) > NAME_LENGTH:
        suffix = PurePath(printable).suffix[:20]
        printable = printable[: NAME_LENGTH - len(suffix)] + suffix
    return printable or _("file")
