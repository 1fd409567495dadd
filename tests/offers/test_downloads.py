"""Bought files open through their grant, for ten minutes a link, and for nobody else."""

from __future__ import annotations

import hashlib
import time
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from creatorhub.offers.access import services
from creatorhub.offers.access.downloads import TICKET_SECONDS, download_ticket, open_download
from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.access.selectors import files_of_grant, files_of_listing
from creatorhub.offers.access.services import add_file, remove_file
from creatorhub.offers.errors import FileRefusedError, GrantEndedError, TicketExpiredError
from creatorhub.offers.models import Grant
from tests.factories.offers import a_file
from tests.factories.sales import a_sale, refund
from tests.factories.shops import a_download_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought() -> tuple[Grant, DownloadFile]:
    listing = a_download_listing()
    file = a_file(listing=listing, name="planner.pdf", content=b"%PDF planner")
    a_sale(listing, address=None)
    return Grant.objects.get(), file


def test_a_fresh_ticket_opens_the_file_under_its_own_name(
    bought: tuple[Grant, DownloadFile],
) -> None:
    grant, file = bought
    ticket = download_ticket(grant=grant, file=file)
    opened = open_download(token=grant.token, file_id=file.pk, ticket=ticket)
    assert (opened.name, opened.size) == ("planner.pdf", 12)
    with opened.file.open() as content:
        assert content.read() == b"%PDF planner"


def test_an_old_ticket_is_told_to_be_old(bought: tuple[Grant, DownloadFile]) -> None:
    grant, file = bought
    ticket = download_ticket(grant=grant, file=file)
    later = time.time() + TICKET_SECONDS + 1
    with mock.patch("time.time", return_value=later), pytest.raises(TicketExpiredError) as closed:
        open_download(token=grant.token, file_id=file.pk, ticket=ticket)
    with translation.override("en"):
        assert "fresh" in str(closed.value)


@pytest.mark.parametrize("ticket", ["", "1-1", "1-1:abc:def", "💥"])
def test_a_forged_ticket_opens_nothing(bought: tuple[Grant, DownloadFile], ticket: str) -> None:
    grant, file = bought
    with pytest.raises(TicketExpiredError):
        open_download(token=grant.token, file_id=file.pk, ticket=ticket)


def test_a_ticket_of_another_file_or_buyer_opens_nothing(
    bought: tuple[Grant, DownloadFile],
) -> None:
    grant, file = bought
    second = a_file(listing=grant.listing, name="extra.pdf")
    a_sale(grant.listing, email="omar@example.com", address=None)
    other = Grant.objects.get(email="omar@example.com")
    for ticket in (
        download_ticket(grant=grant, file=second),
        download_ticket(grant=other, file=file),
    ):
        with pytest.raises(TicketExpiredError):
            open_download(token=grant.token, file_id=file.pk, ticket=ticket)


def test_files_of_another_listing_are_not_found(bought: tuple[Grant, DownloadFile]) -> None:
    grant, _file = bought
    foreign = a_file(listing=a_download_listing())
    with pytest.raises(DownloadFile.DoesNotExist):
        open_download(
            token=grant.token,
            file_id=foreign.pk,
            ticket=download_ticket(grant=grant, file=foreign),
        )
    with pytest.raises(Grant.DoesNotExist):
        open_download(token="nobody", file_id=foreign.pk, ticket="")


def test_what_was_given_back_is_closed(bought: tuple[Grant, DownloadFile]) -> None:
    grant, file = bought
    refund(grant.order_line.sale_line.sale)
    with pytest.raises(GrantEndedError):
        open_download(
            token=grant.token, file_id=file.pk, ticket=download_ticket(grant=grant, file=file)
        )
    grant.refresh_from_db()
    assert grant.revoked_reason == "buyer_changed_mind"


def test_a_removed_file_stays_with_those_who_bought_it(
    bought: tuple[Grant, DownloadFile],
) -> None:
    grant, file = bought
    remove_file(file=file)
    assert list(files_of_grant(grant)) == [file]
    assert list(files_of_listing(grant.listing)) == []
    a_sale(grant.listing, email="late@example.com", address=None)
    assert list(files_of_grant(Grant.objects.get(email="late@example.com"))) == []


def test_files_are_kept_under_names_that_say_nothing() -> None:
    listing = a_download_listing()
    first = a_file(listing=listing, name="../../etc/passwd\u202efdp.exe", content=b"x")
    with translation.override("en"):
        second = a_file(listing=listing, name="\x00..", content=b"yy")
    assert first.name == "passwdfdp.exe"
    assert second.name == "file"
    assert (first.position, second.position) == (0, 1)
    assert first.sha256 == hashlib.sha256(b"x").hexdigest()
    assert "passwd" not in first.file.name
    assert first.file.name.startswith("goods/")


def test_a_very_long_name_keeps_its_ending() -> None:
    name = a_file(listing=a_download_listing(), name="a" * 180 + ".pdf").name
    assert len(name) == services.NAME_LENGTH
    assert name.endswith(".pdf")


def test_empty_and_too_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = a_download_listing()
    monkeypatch.setattr(services, "FILE_BYTES_AT_MOST", 3)
    for content in (b"", b"four"):
        with pytest.raises(FileRefusedError):
            add_file(listing=listing, upload=SimpleUploadedFile("a.pdf", content))
    assert not DownloadFile.objects.exists()
