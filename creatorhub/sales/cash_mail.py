"""The outbox's handlers of mails about orders that their shop collects: who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils import translation

from creatorhub.accounts.models import User
from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue_mail
from creatorhub.sales import cash_letters as letters
from creatorhub.sales.links import (
    cash_desk_url,
    order_url,
    shop_settings_url,
    studio_money_url,
    studio_order_url,
    studio_transfer_url,
)
from creatorhub.sales.models import CashOrder, Checkout, HandRefund, OfflineTerms, Sale

Write = Callable[[], letters.Letter]


# To the buyer ---------------------------------------------------------------------------------
def mail_cash_placed(message: OutboxMessage) -> None:
    """Ordered, to be paid at the door."""
    cash = _cash(message)
    _to_buyer(message, cash.checkout, lambda: letters.cash_placed(cash, order_url(cash.checkout)))


def mail_transfer_due(message: OutboxMessage) -> None:
    """Ordered; where to transfer, and until when."""
    cash = _cash(message)
    _to_buyer(message, cash.checkout, lambda: letters.transfer_due(cash, order_url(cash.checkout)))


def mail_transfer_denied(message: OutboxMessage) -> None:
    """The shop did not find it."""
    cash = _cash(message)
    url = order_url(cash.checkout)
    _to_buyer(message, cash.checkout, lambda: letters.transfer_denied(cash, url))


def mail_transfer_ended(message: OutboxMessage) -> None:
    """Not paid in time."""
    cash = _cash(message)
    url = order_url(cash.checkout)
    _to_buyer(message, cash.checkout, lambda: letters.transfer_ended(cash, url))


def mail_cash_refused(message: OutboxMessage) -> None:
    """Not taken, or not sent: nothing is owed."""
    cash = _cash(message)
    _to_buyer(message, cash.checkout, lambda: letters.cash_refused(cash, order_url(cash.checkout)))


def mail_refund_given(message: OutboxMessage) -> None:
    """The shop says that it gave money back."""
    row = _hand_refund(message)
    checkout = Checkout.objects.get(order=row.refund.sale.order)
    amount = Money(row.refund.amount_minor, row.refund.sale.currency)
    _to_buyer(message, checkout, lambda: letters.refund_given(row, amount, order_url(checkout)))


# To the shop ----------------------------------------------------------------------------------
def mail_cash_to_send(message: OutboxMessage) -> None:
    """Sold: what to collect, and by when it should leave."""
    cash = _cash(message)
    sale = Sale.objects.get(order=cash.checkout.order_id)
    waiting = Fulfilment.objects.filter(order_line__sale_line__sale=sale)
    ship_by_on = waiting.order_by("ship_by_on").values_list("ship_by_on", flat=True).first()
    for user in _owner(cash):
        url = studio_order_url(sale, user.language)
        _send(
            message, user.email, user.language, _told(letters.cash_to_send, cash, ship_by_on, url)
        )


def mail_receipt_sent(message: OutboxMessage) -> None:
    """A buyer says that they transferred."""
    cash = _cash(message)
    for user in _owner(cash):
        url = studio_transfer_url(cash, user.language)
        _send(message, user.email, user.language, _told(letters.receipt_sent, cash, url))


def mail_cash_reminder(message: OutboxMessage) -> None:
    """The shop's answer is late."""
    cash = _cash(message)
    for user in _owner(cash):
        url = _shops_page(cash, user.language)
        _send(message, user.email, user.language, _told(letters.cash_reminder, cash, url))


def mail_hand_refund_due(message: OutboxMessage) -> None:
    """The shop has to give money back itself, and has not said that it did."""
    refund = _hand_refund(message).refund
    user = refund.sale.shop.owner.user
    if user is not None:
        amount = Money(refund.amount_minor, refund.sale.currency)
        url = studio_order_url(refund.sale, user.language)
        write = _told(letters.hand_refund_due, refund, amount, url)
        _send(message, user.email, user.language, write)


def mail_collecting_changed(message: OutboxMessage) -> None:
    """A shop lost the privilege of collecting money itself, or has it back."""
    terms = OfflineTerms.objects.select_related("shop__owner__user").get(
        pk=message.payload["terms"]
    )
    user = terms.shop.owner.user
    if user is None or message.payload["is_paused"] != terms.is_paused:
        return  # It changed again meanwhile, and that has a mail of its own.
    if terms.is_paused:
        write = _told(letters.collecting_paused, terms, studio_money_url(user.language))
    else:
        write = _told(letters.collecting_resumed, terms, shop_settings_url(user.language))
    _send(message, user.email, user.language, write)


# To our team ----------------------------------------------------------------------------------
def mail_cash_escalated(message: OutboxMessage) -> None:
    """Nobody knows whether it was paid."""
    cash = _cash(message)
    for user in _staff():
        write = _told(letters.cash_escalated, cash, cash_desk_url(user.language))
        _send(message, user.email, user.language, write)


def mail_refund_contested(message: OutboxMessage) -> None:
    """The shop says given, the buyer says not."""
    row = _hand_refund(message)
    amount = Money(row.refund.amount_minor, row.refund.sale.currency)
    for user in _staff():
        write = _told(letters.refund_contested, row, amount, cash_desk_url(user.language))
        _send(message, user.email, user.language, write)


def _told(write: Callable[..., letters.Letter], *about: object) -> Write:
    return lambda: write(*about)


def _cash(message: OutboxMessage) -> CashOrder:
    rows = CashOrder.objects.select_related("checkout__order", "shop__owner__user")
    return rows.get(pk=message.payload["cash"])


def _hand_refund(message: OutboxMessage) -> HandRefund:
    rows = HandRefund.objects.select_related(
        "refund__sale__order", "refund__sale__shop__owner__user"
    )
    return rows.get(refund=message.payload["refund"])


def _owner(cash: CashOrder) -> list[User]:
    user = cash.shop.owner.user
    return [] if user is None else [user]


def _staff() -> Iterable[User]:
    return User.objects.filter(is_staff=True, is_active=True).order_by("pk")


def _shops_page(cash: CashOrder, language: str) -> str:
    """A transfer has no sale before it arrived."""
    sale = Sale.objects.filter(order=cash.checkout.order_id).first()
    if sale is None:
        return studio_transfer_url(cash, language)
    return studio_order_url(sale, language)


def _to_buyer(message: OutboxMessage, checkout: Checkout, write: Write) -> None:
    _send(message, checkout.email, checkout.language, write)


def _send(message: OutboxMessage, to: str, language: str, write: Write) -> None:
    """One mail, once: its key is the message's and the recipient's."""
    with translation.override(language):
        letter = write()
    subject, text, html = render_mail("letter", language, {"letter": letter})
    enqueue_mail(
        key=f"{message.key}:{to}"[:195],
        to=to,
        subject=subject,
        text=text,
        html=html,
        language=language,
    )
