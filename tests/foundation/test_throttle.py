"""A limit counts tries per window, for all workers, and keeps nobody's address."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import travel_to
from creatorhub.foundation.models import ThrottleCount
from creatorhub.foundation.tasks import forget_old_throttle_windows
from creatorhub.foundation.throttle import is_allowed
from tests.databases import CommittedDatabase

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def try_once(key: str = "coupon:203.0.113.5") -> bool:
    return is_allowed(key=key, limit=3, seconds=600)


@pytest.mark.django_db
def test_so_many_tries_and_no_more() -> None:
    with travel_to(NOON):
        assert [try_once() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_the_next_window_starts_afresh() -> None:
    with travel_to(NOON):
        assert [try_once() for _ in range(4)][-1] is False
    with travel_to(NOON + dt.timedelta(seconds=599)):
        assert not try_once()
    with travel_to(NOON + dt.timedelta(seconds=600)):
        assert try_once()


@pytest.mark.django_db
def test_people_and_purposes_are_counted_apart() -> None:
    with travel_to(NOON):
        for _ in range(3):
            try_once()
        assert try_once("coupon:203.0.113.6")
        assert try_once("look-up:203.0.113.5")
        assert not try_once()


@pytest.mark.django_db
def test_no_address_is_kept() -> None:
    try_once("coupon:sara@example.org")
    kept = str(ThrottleCount.objects.get())
    assert kept.startswith("coupon:")
    assert "sara" not in kept


@pytest.mark.django_db
def test_old_counters_are_forgotten() -> None:
    with travel_to(NOON):
        try_once()
    with travel_to(NOON + dt.timedelta(days=3)):
        try_once()
        assert forget_old_throttle_windows() == 1
    assert ThrottleCount.objects.count() == 1


def test_tries_at_the_same_moment_are_all_counted(committed_database: CommittedDatabase) -> None:
    def one() -> bool:
        with travel_to(NOON):
            return try_once()

    assert sorted(committed_database.at_once(*[one] * 10)) == [False] * 7 + [True] * 3
