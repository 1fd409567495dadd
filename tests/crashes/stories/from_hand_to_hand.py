"""Money that the shop collects: paid at the door, or the parcel not taken."""

from __future__ import annotations

from oscar.apps.basket.models import Basket

from creatorhub.ledger.models import JournalEntry
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.models import CashOrder, Checkout, Sale
from creatorhub.sales.services import place_order
from creatorhub.sales.services.confirm_cash import confirm_cash, refuse_delivery
from tests.crashes.stories.paying import SARA
from tests.crashes.stories.story import Facts, Stall, Story, a_stall
from tests.factories.cash import a_cash_order, sale_of, takes_cash
from tests.factories.sales import RIYADH, a_basket, a_click, send

State = CashOrder.State


def a_fresh_stall() -> Stall:
    """A shop whose parcels are often not taken, or that owes, may not collect any more."""
    stall = a_stall()
    takes_cash(stall.shop)
    return stall


def a_parcel_to_pay_for(_stall: Stall) -> Facts:
    return {"basket": a_basket(a_fresh_stall().parcel).pk}


def order_for_the_door(*, basket: int) -> None:
    place_order(
        basket=Basket.objects.get(pk=basket),
        contact=SARA,
        address=RIYADH,
        gateway="cash_on_delivery",
    )


def is_placed_and_unaccepted(*, basket: int) -> bool:
    """An order whose shop does not know that it must send."""
    order = Checkout.objects.filter(order__basket_id=basket).first()
    return order is not None and not Sale.objects.filter(order=order.order).exists()


def accepted_once(*, basket: int) -> None:
    cash = CashOrder.objects.get(checkout__order__basket_id=basket)
    assert cash.state == State.TO_COLLECT
    assert Sale.objects.filter(order=cash.checkout.order).count() == 1


def a_parcel_at_the_door(_stall: Stall) -> Facts:
    stall = a_fresh_stall()
    clicks = [a_click(stall.affiliate, stall.parcel)]
    cash = a_cash_order(stall.parcel, clicks=clicks)
    send(sale_of(cash))
    return {"cash": cash.pk}


def take_the_money(*, cash: int) -> None:
    row = CashOrder.objects.get(pk=cash)
    confirm_cash(cash=row, actor=row.shop.owner.user)


def collected_once(*, cash: int) -> None:
    row = CashOrder.objects.get(pk=cash)
    assert row.state == State.COLLECTED
    number = row.checkout.order.number
    entries = JournalEntry.objects.filter(reference=f"order:{number}", kind="cash_collected")
    assert entries.count() == 1


def refuse_the_parcel(*, cash: int) -> None:
    row = CashOrder.objects.get(pk=cash)
    refuse_delivery(cash=row, reason_code="delivery_refused", actor=row.shop.owner.user)


def not_taken_once(*, cash: int) -> None:
    row = CashOrder.objects.get(pk=cash)
    assert row.state == State.REFUSED
    assert not row.checkout.order.lines.filter(num_allocated__gt=0).exists()
    _is_over(row)


def _is_over(row: CashOrder) -> None:
    try:
        confirm_cash(cash=row, actor=row.shop.owner.user)
    except CashRefusedError:
        return
    raise AssertionError("a parcel that was not taken was paid for")


CASH_ORDER = Story(
    "order for the door",
    a_parcel_to_pay_for,
    order_for_the_door,
    accepted_once,
    is_placed_and_unaccepted,
)
CASH = Story("cash at the door", a_parcel_at_the_door, take_the_money, collected_once)
NOT_TAKEN = Story("parcel not taken", a_parcel_at_the_door, refuse_the_parcel, not_taken_once)
