"""A statement lists what a payout pays, line by line, and adds up to the cent."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from creatorhub.accounts.services import party_of
from creatorhub.foundation.clock import now, travel_to
from creatorhub.money import Money
from creatorhub.payouts.models import Payout
from creatorhub.payouts.services.run_payouts import run_payouts
from creatorhub.sales.services import release_due
from creatorhub.studio.money.statements import statement_of
from tests.factories.accounts import a_user
from tests.factories.payouts import refusing_bank
from tests.factories.sales import a_sale, let_effects_happen, line_ids, refund, send
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import a_payout, signed_in, words_of

pytestmark = pytest.mark.django_db


def test_every_statement_adds_up_over_sales_refunds_and_a_returned_payout() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    start = now()
    for week in range(4):
        with travel_to(start + dt.timedelta(days=20 * week)):
            first = a_sale(a_published_listing(shop=shop, price=3_333 + week))
            second = a_sale(
                a_published_listing(shop=shop, price=9_999), a_published_listing(shop=shop)
            )
            send(first)
            send(second)
        with travel_to(start + dt.timedelta(days=20 * week + 16)):
            release_due()
            refund(second, line_ids(second)[0])
            if week == 1:
                with refusing_bank():
                    run_payouts(key=f"week:{week}")
                    let_effects_happen()
            else:
                run_payouts(key=f"week:{week}")
                let_effects_happen()

    payouts = list(Payout.objects.order_by("pk"))
    assert [payout.state for payout in payouts] == ["paid", "failed", "paid", "paid"]
    for payout in payouts:
        statement = statement_of(payout)
        assert statement.total == payout.amount
        assert statement.before == statement.after == Money.zero(payout.currency)


def test_the_page_and_the_file_say_the_same() -> None:
    owner = a_user()
    payout, _run = a_payout(owner=party_of(user=owner), minor=5_025)
    browser = signed_in(owner)

    page = words_of(browser.get(f"/en/studio/money/payouts/{payout.pk}/"))
    answer = browser.get(f"/en/studio/money/payouts/{payout.pk}/statement.csv")
    _header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))

    assert "SAR 50.25" in page
    assert "Released: Mug" in page
    assert sum(Decimal(row[4]) for row in rows) == Decimal("50.25")


def test_a_foreign_statement_does_not_exist() -> None:
    payout, _run = a_payout(owner=party_of(user=a_user()))
    stranger = signed_in(a_user())

    for address in ("", "statement.csv", "statement.pdf"):
        found = stranger.get(f"/en/studio/money/payouts/{payout.pk}/{address}")
        assert found.status_code == 404
