"""The policy is read once for many, and a change is seen at once by whoever made it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creatorhub.foundation.policy import change_policy, forget_policy, policy

pytestmark = pytest.mark.django_db


def test_it_is_read_once_for_many() -> None:
    with CaptureQueriesContext(connection) as sent:
        assert policy().platform_fee_bps == policy().platform_fee_bps
    assert len(sent) == 1


def test_a_change_is_seen_at_once() -> None:
    before = policy().minimum_hold_days
    change_policy(actor=None, minimum_hold_days=before + 3)
    assert policy().minimum_hold_days == before + 3


def test_what_was_forgotten_is_read_again() -> None:
    policy()
    forget_policy()
    with CaptureQueriesContext(connection) as sent:
        policy()
    assert len(sent) == 1
