"""Whoever typed make run can move the clock, misbehave and read every mail."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now
from creatorhub.foundation.models import ClockOffset
from creatorhub.outbox.services import deliver_due, enqueue_mail
from creatorhub.payments.models import SandboxControls, SandboxEvent, WebhookEvent
from creatorhub.payments.sandbox import events, provider, time
from tests.factories.payments import a_paid_attempt, an_open_page

pytestmark = pytest.mark.django_db

HOME = "/en/sandbox/"


@pytest.fixture
def days_seen(monkeypatch) -> list[dt.date]:
    """What a sweep sees on the clock, instead of the market's own sweeps."""
    seen: list[dt.date] = []
    monkeypatch.setattr(time, "_sweeps", [])
    time.after_time_passes(sweep := lambda: seen.append(now().date()))
    time.after_time_passes(sweep)
    return seen


@pytest.fixture
def two_mails():
    for number, to in enumerate(["sara@example.org", "nour@example.org"]):
        enqueue_mail(
            key=str(number),
            to=to,
            subject=f"Hello {number}",
            text="Code 123456\nhttps://example.org/x",
            html="<p>Code 123456</p>" if number else "",
            language="en",
        )
    deliver_due()


def test_the_desk_shows_what_happened(client) -> None:
    a_paid_attempt(reference="100017")
    page = client.get(HOME).content.decode()
    assert "100017" in page
    assert "A buyer paid" in page


@pytest.mark.parametrize("days", [1, 7, 30])
def test_time_passes_day_by_day(client, days_seen, days) -> None:
    before = now()
    client.post(f"{HOME}time/", {"days": days})
    assert days_seen == [before.date() + dt.timedelta(days=day) for day in range(1, days + 1)]
    assert ClockOffset.objects.get().seconds == days * 86_400


@pytest.mark.parametrize("days", ["", "0", "-1", "2", "31", "x"])
def test_other_amounts_of_time_do_not_pass(client, days_seen, days) -> None:
    page = client.post(f"{HOME}time/", {"days": days}, follow=True)
    assert "Choose 1, 7 or 30 days." in page.content.decode()
    assert days_seen == []
    assert not ClockOffset.objects.exists()


def test_the_bank_behaves_as_told(client) -> None:
    client.post(f"{HOME}behaviour/", {"refuses_refunds": "on", "holds_events": "on"})
    row = SandboxControls.objects.get()
    assert (row.refuses_refunds, row.refuses_transfers, row.holds_events) == (True, False, True)
    assert str(row) == "sandbox controls"


def test_held_news_is_delivered_newest_first_and_twice(client, days_seen) -> None:
    SandboxControls.objects.create(holds_events=True)
    first, second = an_open_page(), an_open_page()
    provider.pay(public_id=first.provider_id)
    provider.pay(public_id=second.provider_id)
    assert not WebhookEvent.objects.exists()
    assert "2 pieces of news are held back." in client.get(HOME).content.decode()
    client.post(f"{HOME}events/")
    told = [event.payload["reference"] for event in WebhookEvent.objects.order_by("id")]
    assert told == [second.reference, first.reference]
    assert [event.deliveries for event in SandboxEvent.objects.all()] == [2, 2]
    assert events.deliver_held() == 0


def test_news_delivered_again_is_recognised(client, days_seen) -> None:
    a_paid_attempt()
    event = SandboxEvent.objects.get()
    page = client.post(f"{HOME}events/{event.public_id}/", follow=True)
    assert "the market knew it already" in page.content.decode()
    assert WebhookEvent.objects.count() == 1
    assert client.post(f"{HOME}events/nobody/").status_code == 404
    assert str(event).startswith("checkout.paid evt_")


def test_every_mail_can_be_read_newest_first(client, two_mails) -> None:
    page = client.get(f"{HOME}mail/").content.decode()
    assert page.index("Hello 1") < page.index("Hello 0")


def test_mail_is_found_by_recipient(client, two_mails) -> None:
    page = client.get(f"{HOME}mail/", {"to": "SARA"}).content.decode()
    assert "Hello 0" in page
    assert "Hello 1" not in page
    assert client.get(f"{HOME}mail/?to=sa%00ra").status_code == 400
    assert "No mail to this address" in client.get(f"{HOME}mail/?to=nobody").content.decode()


def test_a_mail_shows_its_text_with_links_and_its_html_on_a_page_of_its_own(
    client, two_mails
) -> None:
    page = client.get(f"{HOME}mail/")
    newest = page.context["mails"][0]
    text = client.get(f"{HOME}mail/{newest.pk}/").content.decode()
    assert "123456" in text
    assert 'href="https://example.org/x"' in text
    html = client.get(f"{HOME}mail/{newest.pk}/html/")
    assert html.content == b"<p>Code 123456</p>"
    assert "script-src" not in html["Content-Security-Policy"]
    assert "default-src 'none'" in html["Content-Security-Policy"]
    assert client.get(f"{HOME}mail/{page.context['mails'][1].pk}/html/").status_code == 404


def test_in_production_nothing_of_this_is_here(client, settings, two_mails) -> None:
    newest = client.get(f"{HOME}mail/").context["mails"][0]
    settings.SANDBOX = False
    for path in ("", "mail/", f"mail/{newest.pk}/", f"mail/{newest.pk}/html/"):
        assert client.get(f"{HOME}{path}").status_code == 404
    for path in ("time/", "behaviour/", "events/", "events/x/"):
        assert client.post(f"{HOME}{path}", {"days": "1"}).status_code == 404
    assert not ClockOffset.objects.exists()
