"""Why a line's money waits, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from creatorhub.affiliates.services import postpone_commission
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.sales.models import Hold, Sale, SaleLine

AWAITING_SHIPMENT = "awaiting_shipment"
REFUND_WINDOW = "refund_window"
REFUND_FAILED = "refund_failed"
REFUND_ASKED = "refund_asked"
DISPUTE = "dispute"
CASH_EXPECTED = "cash_expected"
SHOP_SETTLES = "shop_settles"


def window_of(sale: Sale) -> dt.timedelta:
    """How long a buyer of this sale can ask for their money back; never under the policy's days."""
    return dt.timedelta(days=max(sale.refund_window_days, policy().minimum_hold_days))


def open_first_holds(
    *, promised: Sequence[tuple[SaleLine, dt.date | None]], paid_at: dt.datetime
) -> None:
    """What new lines wait for: their sending where a day is promised, else the refund window."""
    Hold.objects.bulk_create(
        _first_hold(line, ship_by_on, paid_at) for line, ship_by_on in promised if line.base_minor
    )


def _first_hold(line: SaleLine, ship_by_on: dt.date | None, paid_at: dt.datetime) -> Hold:
    """People see the promised day; the hold itself ends when the parcel leaves."""
    hold = Hold(sale_line=line, opened_at=now())
    if ship_by_on is None:
        hold.reason_code, hold.ends_by_clock = REFUND_WINDOW, True
        hold.expected_until = paid_at + window_of(line.sale)
    else:
        hold.reason_code, hold.ends_by_clock = AWAITING_SHIPMENT, False
        hold.expected_until = dt.datetime.combine(ship_by_on, dt.time.max, tzinfo=dt.UTC)
    return hold


def hold_for_refunds(*, line: SaleLine, since: dt.datetime) -> None:
    """Its money waits while the buyer can still ask for it back."""
    until = since + window_of(line.sale)
    _open(line, REFUND_WINDOW, until, ends_by_clock=True)
    if line.order_line is not None:
        postpone_commission(order_line=line.order_line, expected_on=until.date())


def hold_after_failed_refund(*, line: SaleLine) -> None:
    """A refund did not reach the buyer: staff get the window's days to find another way."""
    _open(line, REFUND_FAILED, now() + window_of(line.sale), ends_by_clock=True)


def hold_for_cash(*, line: SaleLine, until: dt.datetime) -> None:
    """Nothing of it is anybody's before its shop says that it was paid at the door."""
    _open(line, CASH_EXPECTED, until, ends_by_clock=False)


def hold_for_settling(*, line: SaleLine) -> None:
    """The affiliate's share waits until the shop, which has the money, has settled its debt."""
    until = now() + dt.timedelta(days=policy().shop_debt_days)
    _open(line, SHOP_SETTLES, until, ends_by_clock=False)
    if line.order_line is not None:
        postpone_commission(order_line=line.order_line, expected_on=until.date())


def hold_while_asked(*, line: SaleLine, until: dt.datetime) -> None:
    """A buyer asks for this money: it waits for the answer, which is due at `until`."""
    if line.released_at is None and line.remaining:
        _open(line, REFUND_ASKED, until, ends_by_clock=False)
        Hold.objects.filter(sale_line=line, reason_code=REFUND_ASKED, closed_at=None).update(
            expected_until=until
        )


def close_holds(*, line: SaleLine, outcome: str, reason_code: str = "") -> None:
    """End what is open of a line: all of it, or one reason."""
    holds = Hold.objects.filter(sale_line=line, closed_at=None)
    if reason_code:
        holds = holds.filter(reason_code=reason_code)
    holds.update(closed_at=now(), outcome=outcome)


def let_shipping_follow(*, sale: Sale) -> None:
    """Once the last parcel of a sale has left, its shipping money waits like the items' does."""
    shipping = sale.lines.filter(kind=SaleLine.Kind.SHIPPING).first()
    if shipping is None or shipping.is_refunded or not _is_waiting(shipping):
        return
    parcels = Fulfilment.objects.filter(order_line__sale_line__sale=sale)
    if parcels.filter(state=Fulfilment.State.TO_SEND).exists():
        return
    last = parcels.filter(state=Fulfilment.State.SENT).order_by("-sent_at").first()
    if last is not None and last.sent_at is not None:
        close_holds(line=shipping, outcome="sent", reason_code=AWAITING_SHIPMENT)
        hold_for_refunds(line=shipping, since=last.sent_at)


def hold_kept_money(*, line: SaleLine) -> None:
    """Every piece went back for less than was paid: what the shop keeps waits for no parcel."""
    if line.released_at is None:
        hold_for_refunds(line=line, since=now())
        close_holds(line=line, outcome="refunded", reason_code=AWAITING_SHIPMENT)


def stop_waiting_for_failed_refund(*, line: SaleLine) -> None:
    """It was made good. What else the line waits for goes on; a line never waits for nothing."""
    others = Hold.objects.filter(sale_line=line, closed_at=None).exclude(reason_code=REFUND_FAILED)
    if others.exists():
        close_holds(line=line, outcome="refunded", reason_code=REFUND_FAILED)


def _is_waiting(line: SaleLine) -> bool:
    return Hold.objects.filter(
        sale_line=line, reason_code=AWAITING_SHIPMENT, closed_at=None
    ).exists()


def _open(line: SaleLine, code: str, until: dt.datetime, *, ends_by_clock: bool) -> None:
    if line.base_minor == 0:
        return  # Nothing waits when nothing was paid.
    Hold.objects.get_or_create(
        sale_line=line,
        reason_code=code,
        closed_at=None,
        defaults={
            "opened_at": now(),
            "expected_until": until,
            "ends_by_clock": ends_by_clock,
        },
    )
