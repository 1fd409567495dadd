"""A refund that comes back while a bank or our team looks at its sale: the money waits again."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payments.models import SandboxControls
from creatorhub.sales.models import Hold, Refund, Sale
from creatorhub.sales.services.freeze_sale import freeze_sale
from tests.factories.accounts import a_staff_user
from tests.factories.disputes import a_dispute
from tests.factories.sales import a_sale, let_effects_happen, refund
from tests.factories.shops import a_download_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    return a_sale(a_download_listing(), address=None)


def give_back_in_vain(sale: Sale) -> None:
    SandboxControls.objects.update_or_create(id=1, defaults={"refuses_refunds": True})
    given = refund(sale)
    let_effects_happen()
    given.refresh_from_db()
    assert given.state == Refund.State.FAILED


def waits_for(sale: Sale) -> set[str]:
    holds = Hold.objects.filter(sale_line__sale=sale, closed_at=None)
    return set(holds.values_list("reason_code", flat=True))


def test_it_waits_for_the_bank(sale: Sale) -> None:
    a_dispute(sale.order.checkout, is_inquiry=True, share_percent=37)
    give_back_in_vain(sale)
    assert waits_for(sale) == {"dispute_inquiry", "refund_failed"}
    check_invariants()


def test_it_waits_for_our_team(sale: Sale) -> None:
    freeze_sale(
        sale=sale,
        reason_code="many_complaints",
        note="Three buyers wrote to us.",
        until=now() + dt.timedelta(days=5),
        actor=a_staff_user(),
    )
    give_back_in_vain(sale)
    assert waits_for(sale) == {"many_complaints", "refund_failed"}
    check_invariants()
