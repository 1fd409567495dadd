"""How a basket may be paid: only what this instance and this basket's shop really offer."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_money
from creatorhub.money import Money
from creatorhub.payments.offline.gateway import BANK_TRANSFER, CASH_ON_DELIVERY, OFFLINE
from creatorhub.sales.models import OfflineTerms
from creatorhub.sales.offline_ways import (
    DOWNLOADS,
    SEVERAL_SHOPS,
    TOO_LITTLE,
    TOO_MUCH,
    OfflineWay,
    has_downloads,
    offline_ways,
    ways_of_shop,
)
from creatorhub.storefront.selectors.basket_page import BasketPage

FREE = "free"


@dataclass(frozen=True)
class Choice:
    """One way to pay, with what it means."""

    gateway: str
    name: str
    means: str
    icon: str


@dataclass(frozen=True)
class WaysToPay:
    """Everything that can be chosen; `notes` say why something usual cannot."""

    choices: list[Choice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_several_shops: bool = False

    @property
    def is_question(self) -> bool:
        """One choice is no question."""
        return len(self.choices) > 1

    @property
    def only(self) -> str:
        """What a form without a question sends."""
        return self.choices[0].gateway if self.choices else FREE

    @property
    def is_card(self) -> bool:
        return bool(self.choices) and self.choices[0].gateway not in OFFLINE


def processor() -> str:
    """The gateway of a processor that is offered here; empty when there is none."""
    return next((name for name in settings.PAYMENT_GATEWAYS if name not in OFFLINE), "")


def chosen_gateway(asked: str) -> str:
    """What a form asked for, if this instance has it; else the processor's, if there is one."""
    return asked if asked in OFFLINE and asked in settings.PAYMENT_GATEWAYS else processor()


def ways_to_pay(page: BasketPage) -> WaysToPay:
    """For the checkout of a basket that costs something. One query."""
    if not page.total:
        return WaysToPay()
    shops = [part.shop for part in page.parts]
    terms = {row.shop_id: row for row in OfflineTerms.objects.filter(shop__in=shops)}
    ways = offline_ways(
        shops=shops,
        total=page.total,
        has_downloads=has_downloads(line.listing for line in page.lines),
        terms=terms.get(shops[0].pk),
    )
    card = [_card()] if processor() else []
    choices = [_choice(way.gateway, page.total) for way in ways if way.is_open]
    is_apart = len(shops) > 1 and any(ways_of_shop(row) for row in terms.values())
    notes = [note for way in ways if (note := _note(way, is_apart=is_apart))]
    return WaysToPay(card + choices, list(dict.fromkeys(notes)), is_apart)


def refused_way(problem: str) -> str:
    """Why an order cannot be paid the way that was chosen, when it could a moment ago."""
    if problem == SEVERAL_SHOPS:
        return _one_shop_only()
    return _("The shop does not take this way to pay any more. Choose another one, please.")


def _card() -> Choice:
    return Choice(
        processor(),
        _("Card"),
        _("You pay on the next page, with the payment provider. We never see your card."),
        "credit-card",
    )


def _choice(gateway: str, total: Money) -> Choice:
    if gateway == CASH_ON_DELIVERY:
        means = _("Nothing to pay now. Have %(amount)s ready when it arrives.")
        return Choice(
            gateway,
            _("Cash on delivery"),
            means % {"amount": format_money(total, exact=True)},
            "hand-coins",
        )
    return Choice(
        BANK_TRANSFER,
        _("Bank transfer or wallet"),
        _("We show you the shop's account. It sends your order once the money is there."),
        "landmark",
    )


def _note(way: OfflineWay, *, is_apart: bool) -> str:
    if way.problem == SEVERAL_SHOPS:
        return _one_shop_only() if is_apart else ""
    if way.problem == DOWNLOADS:
        return _("Cash on delivery is for parcels only, and this order has a download in it.")
    if way.limit is None:
        return ""
    limit = {"amount": format_money(way.limit)}
    if way.problem == TOO_LITTLE:
        return _("Cash on delivery works from %(amount)s on.") % limit
    return _("Cash on delivery works up to %(amount)s.") % limit if way.problem == TOO_MUCH else ""


def _one_shop_only() -> str:
    return _(
        "Cash on delivery and transfers work for one shop at a time, because each shop collects"
        " its own. Order from one shop, then from the next."
    )
