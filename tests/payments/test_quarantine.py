"""A payment that is not what was asked for is put aside, once, until staff decide."""

from __future__ import annotations

import pytest

from creatorhub.foundation.models import AuditEntry
from creatorhub.foundation.reasons import UnknownReasonError
from creatorhub.payments.models import PaymentAttempt, Quarantine
from creatorhub.payments.selectors import open_quarantines
from creatorhub.payments.services import close_quarantine, quarantine
from tests.factories.payments import an_open_page

pytestmark = pytest.mark.django_db


def test_it_is_written_once_however_often_it_is_seen() -> None:
    attempt = an_open_page()
    first = quarantine(attempt=attempt, reason_code="amount_differs", payload={"paid_minor": 1})
    again = quarantine(attempt=attempt, reason_code="amount_differs", payload={})
    assert first == again
    attempt.refresh_from_db()
    assert attempt.state == PaymentAttempt.State.QUARANTINED
    assert list(open_quarantines()) == [first]
    assert str(first) == f"{attempt}: amount_differs"


def test_staff_close_it_with_what_they_decided() -> None:
    row = quarantine(attempt=an_open_page(), reason_code="currency_differs", payload={})
    close_quarantine(row=row, outcome="refunded by hand", actor=None)
    close_quarantine(row=row, outcome="again", actor=None)
    assert not open_quarantines().exists()
    assert Quarantine.objects.get().outcome == "refunded by hand"
    assert AuditEntry.objects.filter(action="quarantine.closed").count() == 1


def test_it_needs_a_reason_people_can_read() -> None:
    with pytest.raises(UnknownReasonError):
        quarantine(attempt=an_open_page(), reason_code="odd", payload={})
