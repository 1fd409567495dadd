"""The handlers of sales' mail topics: who is told, in which language, about what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oscar.apps.order.models import Line

from creatorhub.accounts.models import Party, User
from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import Reason, reason
from creatorhub.money import Money
from creatorhub.offers.access.selectors import grants_of_order
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue_mail
from creatorhub.sales.links import affiliate_url, grant_url, order_url, studio_order_url
from creatorhub.sales.models import Checkout, Refund, Sale, SaleLine
from creatorhub.sales.services.refund_unsent import given_back_at


def mail_receipt(message: OutboxMessage) -> None:
    """To the buyer: what they bought, what opens at once, where to follow the rest."""
    checkout = Checkout.objects.select_related("order").get(pk=message.payload["checkout"])
    order = checkout.order
    lines = SaleLine.objects.filter(sale__order=order).select_related("sale__shop")
    context = {
        "checkout": checkout,
        "number": order.number,
        "lines": list(lines.order_by("sale", "pk")),
        "total": Money.from_decimal(order.total_incl_tax, order.currency),
        "grants": [
            (grant.listing.title, grant_url(grant.token, checkout.language))
            for grant in grants_of_order(order)
        ],
        "url": order_url(checkout),
    }
    to_buyer(message, "receipt", checkout, context)


def mail_sold(message: OutboxMessage) -> None:
    """To the shop: what was sold, what it earns, by when it should leave."""
    sale = _sale(message)
    lines = list(sale.lines.select_related("sale"))
    context = {
        "lines": lines,
        "net": Money.total((line.net_left for line in lines), sale.currency),
        "ship_by_on": _first_promise(sale),
    }
    to_shop(message, "sold", sale, context)


def mail_sent(message: OutboxMessage) -> None:
    """To the buyer: a parcel left."""
    sale = _sale(message)
    parcels = _parcels(message)
    checkout = Checkout.objects.get(order=sale.order)
    context = {
        "shop": sale.shop,
        "number": sale.order.number,
        "titles": [parcel.order_line.title for parcel in parcels],
        "parcel": parcels[0],
        "url": order_url(checkout),
    }
    to_buyer(message, "sent", checkout, context)


def mail_ship_reminder(message: OutboxMessage) -> None:
    """To the shop: the promised day has passed."""
    sale = _sale(message)
    parcels = _parcels(message)
    context = {
        "titles": [parcel.order_line.title for parcel in parcels],
        "ship_by_on": parcels[0].ship_by_on,
        "given_back_on": given_back_at(parcels[0].nudged_at or now()),
    }
    to_shop(message, "ship_reminder", sale, context)


def _settled_by_shop(order_line: Line) -> Reason | None:
    """Why a commission of an order waits that its shop collected itself."""
    by_shop = SaleLine.objects.filter(order_line=order_line, sale__collected_by="shop")
    return reason("shop_settles") if by_shop.exists() else None


def mail_refunded(message: OutboxMessage) -> None:
    """To the buyer: how much is on its way back, for what, and why."""
    refund = refund_of(message)
    checkout = Checkout.objects.get(order=refund.sale.order)
    context = about_refund(refund) | {
        "url": order_url(checkout),
        "by_shop": refund.sale.is_collected_by_shop,
    }
    to_buyer(message, "refunded", checkout, context)


def mail_refund_failed(message: OutboxMessage) -> None:
    """To the buyer, the shop and staff: the money did not arrive, and what happens now."""
    refund = refund_of(message)
    checkout = Checkout.objects.get(order=refund.sale.order)
    context = about_refund(refund) | {"url": order_url(checkout)}
    to_buyer(message, "refund_failed", checkout, context)
    to_shop(message, "refund_failed_shop", refund.sale, context)
    to_staff(message, "refund_failed_staff", context)


def mail_commission(message: OutboxMessage) -> None:
    """To the affiliate: what their link earned, and when it becomes theirs."""
    commission = Commission.objects.select_related(
        "attribution__enrolment__owner__user",
        "attribution__enrolment__programme__shop",
        "attribution__order_line",
    ).get(pk=message.payload["commission"])
    attribution = commission.attribution
    user = _user_of(attribution.enrolment.owner)
    if user is None:
        return
    context = {
        "amount": commission.remaining,
        "title": attribution.order_line.title,
        "shop": attribution.enrolment.programme.shop,
        "expected_on": commission.expected_on,
        "waits": _settled_by_shop(attribution.order_line),
        "url": affiliate_url(user.language),
    }
    _send(message, "commission", user.email, user.language, context)


def _sale(message: OutboxMessage) -> Sale:
    rows = Sale.objects.select_related("order", "shop__owner__user")
    return rows.get(pk=message.payload["sale"])


def refund_of(message: OutboxMessage) -> Refund:
    """The refund a message is about."""
    rows = Refund.objects.select_related("sale__order", "sale__shop__owner__user")
    return rows.get(pk=message.payload["refund"])


def _parcels(message: OutboxMessage) -> list[Fulfilment]:
    rows = Fulfilment.objects.filter(pk__in=message.payload["fulfilments"])
    return list(rows.select_related("order_line").order_by("pk"))


def _first_promise(sale: Sale) -> Any:
    waiting = Fulfilment.objects.filter(
        order_line__sale_line__sale=sale, state=Fulfilment.State.TO_SEND
    )
    return waiting.order_by("ship_by_on").values_list("ship_by_on", flat=True).first()


def about_refund(refund: Refund) -> dict[str, Any]:
    """What its mails say of a refund."""
    titles = refund.lines.order_by("pk").values_list("sale_line__title", flat=True)
    return {
        "amount": Money(refund.amount_minor, refund.sale.currency),
        "shop": refund.sale.shop,
        "number": refund.sale.order.number,
        "titles": list(titles),
        "reason": reason(refund.reason_code),
        "note": refund.note,
        "proof": refund.proof,
        "by_clock": refund.reason_code == "not_sent_in_time" and refund.decided_by_id is None,
    }


def _user_of(party: Party) -> User | None:
    """A party without a login has no address of its own."""
    return party.user


def to_buyer(
    message: OutboxMessage, name: str, checkout: Checkout, context: dict[str, Any]
) -> None:
    """To whoever bought, in the language they bought in."""
    _send(message, name, checkout.email, checkout.language, context)


def to_shop(message: OutboxMessage, name: str, sale: Sale, context: dict[str, Any]) -> None:
    """To the shop's owner, if it has a login."""
    user = _user_of(sale.shop.owner)
    if user is not None:
        known = {
            "sale": sale,
            "number": sale.order.number,
            "shop": sale.shop,
            "studio_url": studio_order_url(sale, user.language),
        }
        _send(message, name, user.email, user.language, known | context)


def to_staff(message: OutboxMessage, name: str, context: dict[str, Any]) -> None:
    """To everybody on the team."""
    staff: Iterable[User] = User.objects.filter(is_staff=True, is_active=True).order_by("pk")
    for user in staff:
        _send(message, name, user.email, user.language, context)


def _send(
    message: OutboxMessage, name: str, to: str, language: str, context: dict[str, Any]
) -> None:
    """One mail, once: its key is the message's, the template's and the recipient's."""
    subject, text, html = render_mail(name, language, context)
    enqueue_mail(
        key=f"{message.key}:{name}:{to}"[:195],
        to=to,
        subject=subject,
        text=text,
        html=html,
        language=language,
    )
