"""Which part of a file a browser asked for."""

from __future__ import annotations

import pytest

from creatorhub.storefront.ranges import UnsatisfiableRangeError, asked_range

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=100-", (100, 999)),
        ("bytes=-100", (900, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=990-5000", (990, 999)),
        ("bytes=0-0", (0, 0)),
    ],
)
def test_one_plain_range_is_understood(header: str, span: tuple[int, int]) -> None:
    assert asked_range(header, SIZE) == span


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "items=0-9", "bytes=a-b", "bytes=٠-٩"],
)
def test_anything_else_is_answered_with_the_whole_file(header: str) -> None:
    assert asked_range(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(header: str) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        asked_range(header, SIZE)
