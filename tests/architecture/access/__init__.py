"""Who may open which address. Every URL pattern has a row here, or the suite fails.

One module per area holds `ROWS`, keyed by the full URL name ("storefront:product"). Values of
`args` are dotted paths into the `World` that `world.py` builds ("shop.handle"), or literals
that start with "=" ("=whatsapp").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """Who knocks. `creator` owns what a row names; `other_creator` owns nothing of it."""

    ANONYMOUS = "anonymous"
    BUYER = "buyer"
    AFFILIATE = "affiliate"
    CREATOR = "creator"
    OTHER_CREATOR = "other_creator"
    STAFF = "staff"


class Who(Enum):
    """Sets of roles a method answers; everybody else is turned away."""

    NOBODY = frozenset[Role]()  # the method does not exist: 405
    EVERYONE = frozenset(Role)
    SIGNED_IN = frozenset(Role) - {Role.ANONYMOUS}
    SHOP_OWNERS = frozenset({Role.CREATOR, Role.OTHER_CREATOR})
    OWNER = frozenset({Role.CREATOR})
    AFFILIATE = frozenset({Role.AFFILIATE})
    BUYER = frozenset({Role.BUYER})
    STAFF = frozenset({Role.STAFF})
    OWNER_AND_STAFF = frozenset({Role.CREATOR, Role.STAFF})


@dataclass(frozen=True)
class Row:
    """One address: its arguments, and who is answered to GET and to POST (an empty form).

    `answers` are the statuses that count as an answer for those let in. `data` is what is posted.
    """

    args: tuple[str, ...] = ()
    get: Who = Who.NOBODY
    post: Who = Who.NOBODY
    answers: frozenset[int] = frozenset({200, 302, 303, 400, 422})
    data: tuple[tuple[str, str], ...] = ()
