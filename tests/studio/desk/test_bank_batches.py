"""Staff hand payouts to a bank: two people, a file, proof, and no step twice."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from creatorhub.foundation.models import AuditEntry
from creatorhub.payouts.models import BalanceCheck, Payout
from creatorhub.payouts.services import prepare_batch
from tests.factories.accounts import a_staff_user
from tests.factories.rails import a_batch, a_sent_batch
from tests.factories.studio import a_staff_browser, words_of

pytestmark = pytest.mark.django_db


def address_of(name: str, **options) -> str:
    with translation.override("en"):
        return reverse(name, **options)


def step(browser, batch, name: str) -> str:
    address = address_of("studio:desk_batch_step", args=[batch.pk])
    return words_of(browser.post(address, {"step": name}, follow=True))


def test_two_people_bring_a_batch_to_the_bank() -> None:
    batch = a_batch(50_000)
    first, second = a_staff_browser(), a_staff_browser()
    assert "SAR 500.00" in words_of(first.get(address_of("studio:desk_batches")))
    assert "written into the audit log" in step(first, batch, "prepare")
    assert "done already" in step(second, batch, "prepare")
    assert "second person" in step(first, batch, "approve")
    assert "Approve it" in words_of(second.get(address_of("studio:desk_batch", args=[batch.pk])))
    step(second, batch, "approve")
    assert "At the bank" in step(first, batch, "hand_over")
    assert (
        first.post(
            address_of("studio:desk_batch_step", args=[batch.pk]), {"step": "dance"}
        ).status_code
        == 404
    )


def test_the_screen_is_masked_and_the_file_is_whole_and_written_down() -> None:
    batch = a_batch(50_000)
    browser = a_staff_browser()
    page = words_of(browser.get(address_of("studio:desk_batch", args=[batch.pk])))
    assert "SA0380000000608010167519" not in page
    assert "SA•••• 7519" in page
    file = browser.get(address_of("studio:desk_batch_file", args=[batch.pk]))
    text = file.content.decode("utf-8-sig")
    assert "SA0380000000608010167519" in text
    assert ",500.00,SAR," in text
    assert AuditEntry.objects.filter(action="payout_batch.file").exists()


def test_a_name_that_is_a_formula_stays_a_name() -> None:
    batch = a_batch(50_000)
    payout = batch.payouts.get()
    payout.payee.bank_accounts.update(holder="=cmd()")
    file = a_staff_browser().get(address_of("studio:desk_batch_file", args=[batch.pk]))
    assert "'=cmd()" in file.content.decode("utf-8-sig")


def a_slip(kind: str) -> SimpleUploadedFile:
    if kind == "pdf":
        return SimpleUploadedFile("slip.pdf", b"%PDF-1.7 slip")
    if kind == "text":
        return SimpleUploadedFile("slip.png", b"not a picture")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "PNG")
    return SimpleUploadedFile("slip.png", picture.getvalue())


@pytest.mark.parametrize("kind", ["pdf", "picture"])
def test_paid_with_a_slip_that_only_staff_can_read(kind) -> None:
    batch, first, _second = a_sent_batch(50_000)
    browser, payout = a_staff_browser(user=first), batch.payouts.get()
    address = address_of("studio:desk_payout_paid", args=[payout.pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"reference": ""}).status_code == 422
    told = browser.post(address, {"reference": "TT-1", "proof": a_slip(kind)}, follow=True)
    assert "Written down" in words_of(told)
    payout.refresh_from_db()
    assert payout.state == Payout.State.PAID
    slip = browser.get(address_of("studio:desk_payout_proof", args=[payout.pk]))
    assert slip.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(slip.streaming_content)
    again = browser.post(address, {"reference": "TT-2"}, follow=True)
    assert "done already" in words_of(again)


def test_a_slip_that_is_neither_picture_nor_pdf_is_refused() -> None:
    batch, first, _second = a_sent_batch(50_000)
    payout = batch.payouts.get()
    answer = a_staff_browser(user=first).post(
        address_of("studio:desk_payout_paid", args=[payout.pk]),
        {"reference": "TT-1", "proof": a_slip("text")},
    )
    assert answer.status_code == 422
    payout.refresh_from_db()
    assert payout.state == Payout.State.SENT


def test_sent_back_with_a_reason() -> None:
    batch, first, _second = a_sent_batch(50_000)
    browser, payout = a_staff_browser(user=first), batch.payouts.get()
    address = address_of("studio:desk_payout_returned", args=[payout.pk])
    assert "account is closed" in words_of(browser.get(address))
    told = browser.post(address, {"reason_code": "account_closed"}, follow=True)
    assert "payable again" in words_of(told)
    payout.refresh_from_db()
    assert payout.state == Payout.State.RETURNED


def test_a_batch_is_refused_with_words() -> None:
    batch = a_batch(50_000)
    browser = a_staff_browser()
    address = address_of("studio:desk_batch_refuse", args=[batch.pk])
    assert browser.post(address, {"note": ""}).status_code == 422
    told = browser.post(address, {"note": "Wrong account"}, follow=True)
    assert "Wrong account" in words_of(told)
    assert "done already" in words_of(browser.post(address, {"note": "Again"}, follow=True))
    assert "Settled lately" in words_of(browser.get(address_of("studio:desk_batches")))


def test_a_batch_that_changed_after_it_was_prepared_is_said() -> None:
    batch = a_batch(50_000)
    prepare_batch(batch_id=batch.pk, actor=a_staff_user())
    batch.payouts.update(amount_minor=60_000)
    assert "not the one that was prepared" in step(a_staff_browser(), batch, "approve")


def test_the_balance_shows_a_difference() -> None:
    batch = a_batch(50_000)
    BalanceCheck.objects.create(
        on=batch.drafted_at.date(),
        currency="SAR",
        book_minor=1000,
        in_flight_minor=0,
        processor_minor=900,
        checked_at=batch.drafted_at,
    )
    page = words_of(a_staff_browser().get(address_of("studio:desk_balances")))
    assert "-SAR 1.00" in page
