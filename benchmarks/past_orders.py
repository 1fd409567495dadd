"""So many paid orders that links led to, all but the last of them accrued, written as rows.

A generated past, not a tested one: triggers and foreign keys are off while it is written. Every
order has one line and one click; clicks are spread evenly over a thousand people's links.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection

from creatorhub.accounts.models import Party, User
from creatorhub.affiliates.models import Enrolment, Programme
from creatorhub.affiliates.services import SoldLine
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.shops.models import Shop
from creatorhub.social_share.models import ShareLink
from tests.factories.affiliates import a_programme

SHARERS = 1_000

WRITE = """
SET session_replication_role = replica;

INSERT INTO order_order (id, number, currency, total_incl_tax, total_excl_tax, shipping_incl_tax,
    shipping_excl_tax, shipping_method, shipping_code, status, guest_email, date_placed,
    analytics_tracked)
SELECT number, 'past-' || number, 'SAR', 100, 100, 0, 0, '', '', 'paid', 'reem@example.com', now(),
       true
  FROM generate_series(1, %(orders)s) AS number;

INSERT INTO order_line (id, order_id, partner_name, partner_sku, partner_line_reference,
    partner_line_notes, title, quantity, line_price_incl_tax, line_price_excl_tax,
    line_price_before_discounts_incl_tax, line_price_before_discounts_excl_tax, status,
    num_allocated, allocation_cancelled)
SELECT number, number, '', '', '', '', 'Blue mug', 1, 100, 100, 100, 100, 'paid', 0, false
  FROM generate_series(1, %(orders)s) AS number;

INSERT INTO affiliates_touch
    (link_id, click_id, clicked_at, channel, order_number, bound_at)
SELECT %(first_link)s + number %% %(sharers)s, gen_random_uuid(), now(), 'whatsapp',
       'past-' || number, now()
  FROM generate_series(1, %(orders)s) AS number;

INSERT INTO affiliates_attribution (id, order_line_id, enrolment_id, link_id, channel, click_id,
    clicked_at, window_days, explain, decided_at)
SELECT number, number, %(first_member)s + number %% %(sharers)s,
       %(first_link)s + number %% %(sharers)s, 'whatsapp', gen_random_uuid(), now(), 30,
       jsonb_build_array(jsonb_build_object('outcome', 'credited', 'channel', 'whatsapp')), now()
  FROM generate_series(1, %(accrued)s) AS number;

INSERT INTO affiliates_commission (id, attribution_id, base_minor, rate_bps, amount_minor,
    reversed_minor, currency, state, expected_on, created_at)
SELECT number, number, 10000, 1000, 1000, 0, 'SAR', 'pending', now(), now()
  FROM generate_series(1, %(accrued)s) AS number;

SELECT setval(pg_get_serial_sequence('affiliates_attribution', 'id'), %(accrued)s + 1),
       setval(pg_get_serial_sequence('affiliates_commission', 'id'), %(accrued)s + 1);

SET session_replication_role = DEFAULT;
"""


def write_past(*, orders: int, accrued: int) -> Programme:
    """In an empty database, as settled as a database is after a quiet night."""
    programme = a_programme()
    members = _members_of(programme)
    links = _links_to(programme.shop, members)
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "orders": orders,
                "accrued": accrued,
                "sharers": SHARERS,
                "first_link": links[0].pk,
                "first_member": members[0].pk,
            },
        )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    return programme


def the_line_of(number: int, programme: Programme) -> SoldLine:
    """The line of the order with this number, as the sale hands it over."""
    moment = now()
    return SoldLine(
        order_line_id=number,
        order_number=f"past-{number}",
        shop_id=programme.shop_id,
        buyer_email="reem@example.com",
        buyer_user_id=None,
        placed_at=moment,
        base=Money(10_000, "SAR"),
        fee=Money(1_000, "SAR"),
        expected_on=(moment + dt.timedelta(days=14)).date(),
    )


def _members_of(programme: Programme) -> list[Enrolment]:
    users = User.objects.bulk_create(
        User(email=f"sharer{number}@example.com", name=f"Sharer {number}")
        for number in range(SHARERS)
    )
    parties = Party.objects.bulk_create(Party(name=user.name, user=user) for user in users)
    return Enrolment.objects.bulk_create(
        Enrolment(programme=programme, owner=party, joined_at=programme.opened_at)
        for party in parties
    )


def _links_to(shop: Shop, members: list[Enrolment]) -> list[ShareLink]:
    return ShareLink.objects.bulk_create(
        ShareLink(
            code=f"BENCH{number:05}",
            sharer=member.owner,
            shop=shop,
            target="shop",
            created_at=now(),
        )
        for number, member in enumerate(members)
    )
