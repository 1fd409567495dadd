"""Answering with a file, whole or in part, so that a broken download goes on where it stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

from creatorhub.offers.access.downloads import OpenedDownload

CHUNK_BYTES = 64 * 1024
# RFC 9110 section 14.1.2: bytes=first-last, first-, or -length of the end. One range only.
# No file has a length of more than 18 digits, and Python reads no more than 4300.
SINGLE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")


class UnsatisfiableRangeError(ValueError):
    """The range asked for begins behind the end of the file."""


def file_answer(request: HttpRequest, opened: OpenedDownload) -> HttpResponseBase:
    """200, 206 or 416, always as an attachment of unknown type: browsers save and never run it."""
    try:
        span = asked_range(request.headers.get("Range", ""), opened.size)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{opened.size}"})
    response: HttpResponseBase
    if span is None:
        response = FileResponse(opened.file.open("rb"), as_attachment=True, filename=opened.name)
    else:
        response = _part(opened, *span)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for, both included; None for the whole file.

    Anything that is not one plain range is answered with the whole file, as the RFC allows.
    """
    match = SINGLE_RANGE.match(header.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        if not length:
            raise UnsatisfiableRangeError
        return size - length, size - 1
    if int(first) >= size:
        raise UnsatisfiableRangeError
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(opened: OpenedDownload, first: int, last: int) -> HttpResponseBase:
    file = opened.file.open("rb")
    file.seek(first)
    length = last - first + 1
    response = StreamingHttpResponse(_read(file, length), status=206)
    response.headers["Content-Length"] = str(length)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{opened.size}"
    disposition = content_disposition_header(as_attachment=True, filename=opened.name)
    response.headers["Content-Disposition"] = str(disposition)
    return response


def _read(file: IO[bytes], length: int) -> Iterator[bytes]:
    with file:
        while length and (chunk := file.read(min(CHUNK_BYTES, length))):
            length -= len(chunk)
            yield chunk
