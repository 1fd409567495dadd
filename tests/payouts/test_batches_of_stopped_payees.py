"""A batch on its way to the bank stops when a person stopped one of its payees meanwhile."""

from __future__ import annotations

import pytest

from creatorhub.payouts.errors import BatchHeldError
from creatorhub.payouts.models import Payout, PayoutBatch
from creatorhub.payouts.services import (
    approve_batch,
    hand_over_batch,
    prepare_batch,
    refuse_batch,
    report_not_me,
)
from creatorhub.payouts.services.guard_changes import token_of
from tests.factories.accounts import a_staff_user
from tests.factories.rails import a_batch

pytestmark = pytest.mark.django_db


def not_me(batch: PayoutBatch) -> None:
    report_not_me(token=token_of(batch.payouts.get().payee))


def test_it_is_not_approved_and_can_be_refused() -> None:
    batch = a_batch(50_000)
    prepare_batch(batch_id=batch.pk, actor=a_staff_user())
    not_me(batch)
    with pytest.raises(BatchHeldError, match="not_me"):
        approve_batch(batch_id=batch.pk, actor=a_staff_user())
    refuse_batch(batch_id=batch.pk, note="Stopped", actor=a_staff_user())
    assert batch.payouts.get().state == Payout.State.RETURNED


def test_an_approved_one_is_not_handed_over() -> None:
    batch, staff = a_batch(50_000), a_staff_user()
    prepare_batch(batch_id=batch.pk, actor=staff)
    approve_batch(batch_id=batch.pk, actor=a_staff_user())
    not_me(batch)
    with pytest.raises(BatchHeldError):
        hand_over_batch(batch_id=batch.pk, actor=staff)
    assert batch.payouts.get().state == Payout.State.DRAFT
