"""Ninety days of a small market: taps, orders, parcels, refunds, releases and payouts.

Everything goes through the services that people use; only the clock is virtual, and chance is
seeded, so that the same market opens every time.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from creatorhub.accounts.models import Party, User
from creatorhub.affiliates.services import join_programme
from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.policy import policy
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.operations.demo_market.bank_days import meet_a_colleague, visit_the_bank
from creatorhub.operations.demo_market.incidents import incidents_of
from creatorhub.operations.demo_market.order_things import order_and_pay
from creatorhub.operations.demo_market.people import AFFILIATES, BUYERS, DOMAIN, make_person
from creatorhub.operations.demo_market.tap_links import tap
from creatorhub.outbox.services import deliver_due
from creatorhub.payments.services import handle_due_events
from creatorhub.payouts.calendar import weekly_key
from creatorhub.payouts.services import run_payouts
from creatorhub.payouts.services.end_holds import end_due_holds
from creatorhub.sales.models import Sale
from creatorhub.sales.services import refund_lines, release_due, send_lines
from creatorhub.shops.models import Listing, Shop
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.services import link_for
from creatorhub.social_share.touch_cookie import SignedClick

DAYS = 90
NETWORKS = {"wa": 30, "ig": 28, "tk": 18, "yt": 8, "sc": 6, "tg": 6, "x": 4}
TAPS_ON_A_QUIET_DAY = 8
BUYS_AFTER_A_TAP = 0.1
BUYS_UNPROMPTED_A_DAY = 0.7
IS_REFUNDED = 0.04
LAST_WEEK = 7


@dataclass
class Life:
    """Who lives in the demo market, and what chance decides."""

    shops: list[Shop]
    chance: random.Random = field(default_factory=lambda: random.Random(20261121))  # noqa: S311
    links: list[ShareLink] = field(default_factory=list)
    buyers: list[User] = field(default_factory=list)


def live_demo_days(*, shops: list[Shop], until: dt.datetime, days: int = DAYS) -> None:
    """Live from the moment the last shop opened until `until`, day by day."""
    life = Life(shops)
    first_day = until - dt.timedelta(days=days)
    with travel_to(first_day):
        _meet_people(life)
        meet_a_colleague()
    for day in range(days):
        with travel_to(first_day + dt.timedelta(days=day, hours=8)):
            _live_one_day(life, day + DAYS - days)
            for happens in incidents_of(days - day, is_first_day=day == 0):
                happens()
            _let_the_worker_work()
            _end_the_day(now())
            visit_the_bank(keeps_last=days - day <= LAST_WEEK)


def _meet_people(life: Life) -> None:
    """Affiliates join programmes and make links; buyers only exist so far."""
    for place, (name, email, language) in enumerate(AFFILIATES):
        person = make_person(name=name, email=email, language=language)
        if place == 0:  # The login that is shown: one busy shop, so that her page has a story.
            _share(life, life.shops[0], person.party, links=6, weight=8)
            continue
        for shop in (shop for shop in life.shops if shop.language == language):
            _share(life, shop, person.party, links=3, weight=1)
    for name, mailbox, country, _phone, _city in BUYERS:
        language = "ar" if country in {"SA", "EG", "KW"} else "en"
        buyer = make_person(name=name, email=f"{mailbox}@{DOMAIN}", language=language)
        life.buyers.append(buyer)


def _share(life: Life, shop: Shop, party: Party, *, links: int, weight: int) -> None:
    """Join, and make links; a heavier link is tapped more often."""
    join_programme(shop=shop, party=party)
    listings = list(Listing.objects.filter(shop=shop).order_by("pk"))
    for listing in life.chance.sample(listings, links):
        life.links += [link_for(sharer=party, listing=listing)] * weight


def _live_one_day(life: Life, day: int) -> None:
    """More taps towards the end, more on the weekend; some taps become orders."""
    moment = now()
    growth = 1 + day / DAYS
    weekend = 1.5 if moment.weekday() in {4, 5} else 1.0
    for _ in range(int(TAPS_ON_A_QUIET_DAY * growth * weekend * life.chance.uniform(0.7, 1.3))):
        minutes = life.chance.randrange(0, 14 * 60)
        with travel_to(moment + dt.timedelta(minutes=minutes)):
            _tap_and_perhaps_buy(life)
    if life.chance.random() < BUYS_UNPROMPTED_A_DAY:
        _buy(life, life.chance.choice(life.shops), ())


def _tap_and_perhaps_buy(life: Life) -> None:
    link = life.chance.choice(life.links)
    network = life.chance.choices(list(NETWORKS), weights=list(NETWORKS.values()))[0]
    click = tap(link=link, channel=network, visitor=life.chance.randrange(10_000))
    if click is None or life.chance.random() > BUYS_AFTER_A_TAP:
        return
    with travel_to(now() + dt.timedelta(minutes=life.chance.randrange(2, 90))):
        _buy(life, link.shop, (click,), first=link.listing)


def _buy(
    life: Life, shop: Shop, clicks: tuple[SignedClick, ...], first: Listing | None = None
) -> None:
    wanted = [first] if first else []
    listings = list(Listing.objects.filter(shop=shop, state=Listing.State.PUBLISHED))
    wanted += life.chance.sample(listings, 1 if first is None or life.chance.random() < 0.3 else 0)
    place = life.chance.randrange(len(BUYERS))
    order_and_pay(listings=wanted, buyer=life.buyers[place], facts=BUYERS[place], clicks=clicks)
    sale = Sale.objects.filter(shop=shop).order_by("-pk").first()
    if sale is not None and sale.sold_at == now() and life.chance.random() < IS_REFUNDED:
        line = sale.lines.order_by("pk").first()
        if line is not None and line.base_minor:
            refund_lines(sale=sale, sale_lines=[line.pk], reason_code="buyer_changed_mind")


def _let_the_worker_work() -> None:
    """Mails, cards, refunds and payouts leave the outbox."""
    while deliver_due() or handle_due_events():
        continue


def _end_the_day(moment: dt.datetime) -> None:
    """Parcels of two days ago leave; money that may go is released; on its day, payouts run."""
    two_days_ago = moment - dt.timedelta(days=2)
    to_send = Fulfilment.objects.filter(
        state=Fulfilment.State.TO_SEND, order_line__order__date_placed__lte=two_days_ago
    )
    sale_lines = to_send.values_list("order_line__sale_line", "order_line__sale_line__sale")
    for line_id, sale_id in sale_lines:
        send_lines(
            sale=Sale.objects.get(pk=sale_id),
            line_ids=[line_id],
            carrier="Aramex",
            tracking_number=f"AX{line_id:08d}",
        )
    end_due_holds()
    release_due()
    if moment.weekday() == policy().payout_weekday:
        run_payouts(key=weekly_key(moment.date()), moment=moment)
    _let_the_worker_work()
