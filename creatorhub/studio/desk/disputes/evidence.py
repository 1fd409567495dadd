"""What the market knows of a disputed order, gathered so that nobody has to look for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creatorhub.foundation.amounts import format_money
from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.models import Grant
from creatorhub.outbox.models import SentMail
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.models import Checkout, Dispute, Refund, Sale


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, in words."""

    at: dt.datetime
    text: str


def facts_of(dispute: Dispute) -> list[Fact]:
    """Everything that happened to the order, oldest first, in the reader's language."""
    checkout = Checkout.objects.select_related("order__shipping_address").get(order=dispute.order)
    parts = (
        _placed(checkout),
        _sent(checkout),
        _opened(checkout),
        _mailed(checkout),
        _given_back(checkout),
    )
    return sorted((fact for part in parts for fact in part), key=lambda fact: fact.at)


def policies_of(dispute: Dispute) -> list[str]:
    """What each shop promises about money back, as it was when the buyer bought."""
    return [_policy(sale) for sale in _sales(dispute)]


def draft_of(dispute: Dispute) -> str:
    """A first answer to the bank, in English: banks read that everywhere."""
    with translation.override("en"):
        facts = [f"{fact.at.date().isoformat()}: {fact.text}" for fact in facts_of(dispute)]
        words = [f"{row.sale.shop.name}: {row.text}" for row in dispute.statements.all()]
        parts = ["\n".join(facts), "\n".join(policies_of(dispute)), "\n\n".join(words)]
    return "\n\n".join(part for part in parts if part)


def _placed(checkout: Checkout) -> Iterator[Fact]:
    order = checkout.order
    titles = ", ".join(order.lines.order_by("pk").values_list("title", flat=True))
    named = {"number": order.number, "titles": titles, "email": checkout.email}
    yield Fact(checkout.placed_at, _("%(email)s ordered %(titles)s, order %(number)s.") % named)
    attempt = PaymentAttempt.objects.get(reference=checkout.attempt_reference)
    if attempt.paid_at:
        amount = format_money(Money(attempt.amount_minor, attempt.currency), exact=True)
        yield Fact(attempt.paid_at, _("%(amount)s were paid.") % {"amount": amount})


def _sent(checkout: Checkout) -> Iterator[Fact]:
    parcels = Fulfilment.objects.filter(order_line__order=checkout.order, sent_at__isnull=False)
    for parcel in parcels.select_related("order_line").order_by("pk"):
        if parcel.sent_at is None:
            continue
        how = " ".join(filter(None, (parcel.carrier, parcel.tracking_number)))
        named = {"title": parcel.order_line.title, "how": how, "where": _where(checkout)}
        told = _("“%(title)s” was sent to %(where)s.")
        with_number = _("“%(title)s” was sent with %(how)s to %(where)s.")
        yield Fact(parcel.sent_at, (with_number if how else told) % named)


def _opened(checkout: Checkout) -> Iterator[Fact]:
    for grant in Grant.objects.filter(order_line__order=checkout.order).select_related("listing"):
        named = {"title": grant.listing.title, "email": grant.email}
        yield Fact(
            grant.granted_at,
            _("“%(title)s” was opened for download to %(email)s.") % named,
        )


def _mailed(checkout: Checkout) -> Iterator[Fact]:
    """Mails that name the order, or came from its sale."""
    rows = SentMail.objects.filter(to__iexact=checkout.email, sent_at__gte=checkout.placed_at)
    for mail in rows.filter(text__contains=checkout.order.number).order_by("pk"):
        named = {"subject": mail.subject, "email": mail.to}
        yield Fact(mail.sent_at, _("The buyer was written: “%(subject)s”.") % named)


def _given_back(checkout: Checkout) -> Iterator[Fact]:
    for refund in Refund.objects.filter(sale__order=checkout.order).select_related("sale"):
        amount = format_money(Money(refund.amount_minor, refund.sale.currency), exact=True)
        named = {"amount": amount, "why": reason(refund.reason_code).text}
        yield Fact(refund.created_at, _("%(amount)s were given back: %(why)s") % named)


def _where(checkout: Checkout) -> str:
    address = checkout.order.shipping_address
    if address is None:
        return checkout.email
    parts = (address.name, address.line1, address.line4, address.postcode, address.country_id)
    return ", ".join(str(part) for part in parts if part)


def _policy(sale: Sale) -> str:
    told = ngettext(
        "%(shop)s gives money back for %(days)s day after delivery.",
        "%(shop)s gives money back for %(days)s days after delivery.",
        sale.refund_window_days,
    )
    words = told % {"shop": sale.shop.name, "days": sale.refund_window_days}
    return f"{words} {sale.refund_words}".strip()


def _sales(dispute: Dispute) -> list[Sale]:
    rows = Sale.objects.filter(order=dispute.order_id).select_related("shop")
    return list(rows.order_by("pk"))
