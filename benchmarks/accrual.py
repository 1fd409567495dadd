"""P9: commissions of paid orders, a batch at a time, among ten thousand orders and a million.

Beside it the same decided order by order and row by row, as a careful ORM loop does it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.goal import Goal
from benchmarks.market import empty_market, inside
from benchmarks.past_orders import the_line_of, write_past
from creatorhub.affiliates.models import Attribution, Commission, Programme, Touch
from creatorhub.affiliates.programmes import rate_of
from creatorhub.affiliates.services import SoldLine, credit_lines
from creatorhub.foundation.clock import now

FEW, MANY = 10_000, 1_000_000
BATCH, ROUNDS = 500, 8
ONE_BY_ONE = 100

Accrue = Callable[[list[SoldLine]], object]


@dataclass
class Market:
    """One database, the next of its orders to be accrued, and what accruing took."""

    name: str
    programme: Programme
    next_order: int
    cpu_seconds: float = 0.0
    loop_cpu_seconds: float = 0.0

    def take(self, orders: int) -> list[SoldLine]:
        first, self.next_order = self.next_order, self.next_order + orders
        return [the_line_of(number, self.programme) for number in range(first, self.next_order)]


def measure() -> list[Goal]:
    """ms of CPU an order: of this process, and of the PostgreSQL process that serves it."""
    with _a_market("few", FEW) as few, _a_market("many", MANY) as many:
        for _ in range(ROUNDS):
            # In turn, so that both meet one machine.
            for market in (few, many):
                _one_round(market)
        with inside(many.name):
            for_batch, for_one = (_statements_for(many.take(orders)) for orders in (BATCH, 1))
    among_few, among_many = (1000 * market.cpu_seconds / (ROUNDS * BATCH) for market in (few, many))
    loop = 1000 * many.loop_cpu_seconds / (ROUNDS * ONE_BY_ONE)
    took = "ms of CPU to accrue an order's commission"
    return [
        _goal("P9.flat", f"{took} among {MANY:,}; among {FEW:,}", among_many, among_few, 1.1),
        _goal("P9.beside_loop", f"{took}, {BATCH} at a time; one by one", among_many, loop),
        _goal("P9.statements", f"statements for {BATCH} orders; for one", for_batch, for_one, 1),
    ]


def _goal(name: str, what: str, ours: float, theirs: float, at_most: float | None = None) -> Goal:
    return Goal(name, what, round(ours, 3), round(theirs, 3), at_most)


@contextmanager
def _a_market(which: str, orders: int) -> Iterator[Market]:
    with empty_market(which) as name:
        with inside(name):
            programme = write_past(orders=orders, accrued=orders - FEW)
        yield Market(name, programme, next_order=orders - FEW + 1)


def _one_round(market: Market) -> None:
    """The first batch after coming here only warms up."""
    with inside(market.name):
        credit_lines(lines=market.take(BATCH))
        market.cpu_seconds += _cpu_of(_in_a_batch, market.take(BATCH))
        market.loop_cpu_seconds += _cpu_of(_one_by_one, market.take(ONE_BY_ONE))


def _in_a_batch(lines: list[SoldLine]) -> None:
    if len(credit_lines(lines=lines)) != len(lines):
        raise RuntimeError("an order earned nobody anything")


def _one_by_one(lines: list[SoldLine]) -> None:
    for line in lines:
        _accrue_as_a_loop_does(line)


@transaction.atomic
def _accrue_as_a_loop_does(line: SoldLine) -> None:
    """What every order asks of the database when it is decided by itself."""
    if Attribution.objects.filter(order_line=line.order_line_id).exists():
        return
    programme = Programme.objects.select_related("shop").get(shop=line.shop_id)
    touches = Touch.objects.filter(order_number=line.order_number).order_by("-clicked_at")
    for touch in touches.select_related("link__sharer__user"):
        member = programme.enrolments.filter(owner=touch.link.sharer).first()
        others = EmailAddress.objects.filter(user__party=touch.link.sharer)
        if member is None or line.buyer_email in others.values_list("email", flat=True):
            continue
        attribution = Attribution.objects.create(
            order_line_id=line.order_line_id,
            enrolment=member,
            link=touch.link,
            channel=touch.channel,
            click_id=touch.click_id,
            clicked_at=touch.clicked_at,
            window_days=programme.window_days,
            explain=[{"link": touch.link.code, "outcome": "credited"}],
            decided_at=now(),
        )
        rate_bps = rate_of(enrolment=member, at=line.placed_at)
        Commission.objects.create(
            attribution=attribution,
            base_minor=line.base.minor,
            rate_bps=rate_bps,
            amount_minor=line.base.at_rate(rate_bps).minor,
            currency=line.base.currency,
            expected_on=line.expected_on,
            created_at=now(),
        )
        return


def _statements_for(lines: list[SoldLine]) -> int:
    now()  # A worker of the sandbox reads its clock once a second, for everybody.
    with CaptureQueriesContext(connection) as captured:
        credit_lines(lines=lines)
    return len(captured)


def _cpu_of(accrue: Accrue, lines: list[SoldLine]) -> float:
    """Seconds; without a PostgreSQL on this machine, of this process alone."""
    served_by = _serving_process()
    before = time.process_time() + _cpu_seconds(served_by)
    accrue(lines)
    return time.process_time() + _cpu_seconds(served_by) - before


def _serving_process() -> Path:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


def _cpu_seconds(process: Path) -> float:
    """Linux: the first number there is nanoseconds on a processor."""
    try:
        return int(process.read_text().split()[0]) / 1e9
    except FileNotFoundError:
        return 0.0
