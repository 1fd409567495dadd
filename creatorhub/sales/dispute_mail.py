"""The outbox's handlers of mails about disputes, frozen money and appeals: who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils import translation

from creatorhub.accounts.models import Party, User
from creatorhub.affiliates.models import Commission
from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue_mail
from creatorhub.payouts.models import PayeeHold
from creatorhub.sales import dispute_letters as letters
from creatorhub.sales.cash_letters import Letter
from creatorhub.sales.models import Appeal, Dispute, Sale, SaleFreeze

Write = Callable[[], Letter]
FOR_SHOPS = {
    "opened": letters.opened_for_shop,
    "won": letters.won_for_shop,
    "lost": letters.lost_for_shop,
}
FOR_AFFILIATES = {
    "opened": letters.opened_for_affiliate,
    "won": letters.won_for_affiliate,
    "lost": letters.lost_for_affiliate,
}


def mail_dispute(message: OutboxMessage) -> None:
    """A dispute was opened, won or lost: every shop and affiliate of the order, and staff."""
    dispute = Dispute.objects.select_related("order").get(pk=message.payload["dispute"])
    step = message.payload["step"]
    sales = Sale.objects.filter(order=dispute.order).select_related("shop__owner__user")
    for sale in sales.order_by("pk"):
        _send(message, sale.shop.owner, _about(FOR_SHOPS[step], dispute, sale))
    for owner, title in _affiliates_of(sales):
        _send(message, owner, _about(FOR_AFFILIATES[step], dispute, title))
    for user in _staff():
        _send_to(message, user, _about(letters.for_staff, dispute, step))


def mail_sale_frozen(message: OutboxMessage) -> None:
    """Staff stopped, or let go, the money of a sale: its shop and its affiliates."""
    freeze = SaleFreeze.objects.select_related("sale__order", "sale__shop__owner__user").get(
        pk=message.payload["freeze"]
    )
    is_open = message.payload["step"] == "opened"
    write = letters.sale_frozen if is_open else letters.sale_let_go
    owners = [freeze.sale.shop.owner]
    owners += [owner for owner, _title in _affiliates_of([freeze.sale])]
    for owner in dict.fromkeys(owners):
        _send(message, owner, _about(write, freeze))


def mail_payee_frozen(message: OutboxMessage) -> None:
    """Staff stopped, or let go, somebody's payouts."""
    hold = PayeeHold.objects.select_related("payee__party__user").get(pk=message.payload["hold"])
    is_open = message.payload["step"] == "opened"
    write = letters.payee_frozen if is_open else letters.payee_let_go
    _send(message, hold.payee.party, _about(write, hold))


def mail_appeal_asked(message: OutboxMessage) -> None:
    """Somebody asks staff to look again."""
    appeal = Appeal.objects.select_related("party").get(pk=message.payload["appeal"])
    for user in _staff():
        _send_to(message, user, _about(letters.appeal_asked, appeal))


def mail_appeal_answered(message: OutboxMessage) -> None:
    """The outcome, to whoever appealed."""
    appeal = Appeal.objects.select_related("party__user").get(pk=message.payload["appeal"])
    _send(message, appeal.party, _about(letters.appeal_answered, appeal))


def mail_overdue(message: OutboxMessage) -> None:
    """A promised date has passed: our team."""
    kind, pk = message.payload["kind"], message.payload["pk"]
    for user in _staff():
        _send_to(message, user, lambda: _overdue(kind, pk))


def _overdue(kind: str, pk: int) -> Letter:
    if kind == "dispute":
        dispute = Dispute.objects.select_related("order").get(pk=pk)
        name = letters.order_named(dispute.order.number)
        return letters.overdue(kind, name, letters.page("studio:desk_dispute", pk))
    if kind == "appeal":
        appeal = Appeal.objects.select_related("party").get(pk=pk)
        return letters.overdue(kind, appeal.party.name, letters.page("studio:desk_appeal", pk))
    if kind == "freeze":
        freeze = SaleFreeze.objects.select_related("sale__shop").get(pk=pk)
        return letters.overdue(kind, freeze.sale.shop.name, letters.page("studio:desk_holds"))
    hold = PayeeHold.objects.select_related("payee__party").get(pk=pk)
    return letters.overdue(kind, hold.payee.party.name, letters.page("studio:desk_holds"))


def _affiliates_of(sales: Iterable[Sale]) -> Iterator[tuple[Party, str]]:
    """Whoever has a commission in these sales, with what was sold through their link."""
    rows = Commission.objects.filter(
        attribution__order_line__sale_line__sale__in=[sale.pk for sale in sales]
    ).select_related("attribution__enrolment__owner__user", "attribution__order_line")
    for commission in rows.order_by("pk"):
        attribution = commission.attribution
        yield attribution.enrolment.owner, attribution.order_line.title


def _staff() -> Iterable[User]:
    return User.objects.filter(is_staff=True, is_active=True).order_by("pk")


def _about(write: Callable[..., Letter], *about: object) -> Write:
    return lambda: write(*about)


def _send(message: OutboxMessage, party: Party, write: Write) -> None:
    """A party without a login has no address of its own."""
    if party.user is not None:
        _send_to(message, party.user, write)


def _send_to(message: OutboxMessage, user: User, write: Write) -> None:
    """One mail, once: its key is the message's, its subject's and the person's."""
    with translation.override(user.language):
        letter = write()
    subject, text, html = render_mail("letter", user.language, {"letter": letter})
    enqueue_mail(
        key=f"{message.key}:{user.pk}:{subject}"[:195],
        to=user.email,
        subject=subject,
        text=text,
        html=html,
        language=user.language,
    )
