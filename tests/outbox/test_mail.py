"""Mail leaves through the outbox, once, in its reader's language."""

from __future__ import annotations

import pytest
from django.core import mail

from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.models import SentMail
from creatorhub.outbox.services import deliver_due, enqueue_mail
from creatorhub.payouts.models import Payout
from creatorhub.payouts.services import run_payouts, send_payout
from tests.factories.payouts import a_payee, earn, refusing_bank

pytestmark = pytest.mark.django_db


def a_mail(*, html: str = "") -> None:
    enqueue_mail(
        key="welcome", to="sara@example.org", subject="Hi", text="Hello", language="en", html=html
    )


def test_in_the_sandbox_a_mail_is_kept_and_never_leaves() -> None:
    a_mail()
    a_mail()
    assert deliver_due() == 1
    kept = SentMail.objects.get()
    assert str(kept) == "sara@example.org: Hi"
    assert mail.outbox == []


def test_in_production_it_leaves_with_an_id_that_stays_the_same(settings) -> None:
    settings.SANDBOX = False
    a_mail(html="<p>Hello</p>")
    deliver_due()
    (sent,) = mail.outbox
    message = SentMail.objects.get().message
    assert sent.to == ["sara@example.org"]
    assert sent.extra_headers["Message-ID"] == f"<outbox-{message.pk}@creatorhub>"
    assert sent.alternatives[0].content == "<p>Hello</p>"


def test_a_mail_without_html_is_plain_text(settings) -> None:
    settings.SANDBOX = False
    a_mail()
    deliver_due()
    assert mail.outbox[0].alternatives == []


@pytest.fixture
def payout() -> Payout:
    payee = a_payee(name="Nour & Sara", language="en")
    earn(payee, 5000)
    return run_payouts(key="r1").payouts.get()


def test_a_payee_is_told_that_money_is_coming(payout) -> None:
    send_payout(payout_id=payout.pk)
    deliver_due()
    deliver_due()
    told = SentMail.objects.get()
    assert told.to == payout.payee.party.user.email
    assert "50" in told.subject
    assert "Nour & Sara" in told.text
    assert f"/en/studio/money/{payout.pk}" in told.text or f"{payout.pk}/" in told.text
    assert "Nour &amp; Sara" in told.html


def test_a_payee_is_told_why_money_came_back(payout) -> None:
    with refusing_bank():
        send_payout(payout_id=payout.pk)
    deliver_due()
    deliver_due()
    assert "The bank sent the payout back." in SentMail.objects.get().text


def test_a_party_without_a_login_is_not_written_to(payout) -> None:
    party = payout.payee.party
    party.user = None
    party.save()
    send_payout(payout_id=payout.pk)
    deliver_due()
    deliver_due()
    assert not SentMail.objects.exists()


def test_a_mail_is_written_in_the_language_asked_for(payout) -> None:
    context = {"payout": payout, "amount": payout.amount, "payee": payout.payee}
    subject, text, html = render_mail("payout_paid", "ar", context)
    assert "\n" not in subject
    assert 'dir="rtl"' in html
    assert "/ar/studio/" in text
