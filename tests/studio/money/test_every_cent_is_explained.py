"""M5: from any posting of the demo market, at most three clicks answer where, why, when and who.

The walk starts where the posting is a row and follows links of the pages only; what it must read
there is taken from the market's rows by tests/studio/money/cents.py.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import translation

from creatorhub.accounts.models import User
from creatorhub.foundation.reasons import reason
from creatorhub.ledger.models import Posting
from creatorhub.operations.demo_logins import DEMO_EMAILS
from creatorhub.operations.demo_market.open_demo_market import open_demo_market
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payouts.models import Payee
from creatorhub.sales.models import Hold
from creatorhub.studio.money.selectors import money_rows
from tests import databases
from tests.factories.studio import a_staff_browser, signed_in
from tests.studio.money.cents import MOST_CLICKS, Page, explain, read

CENTS = 50
SEED = 20261121
ROWS_A_PAGE = 20
# Those that something happens to: cash and disputes, a bank, a monthly payee, three decimals.
SHOPS = ("noor", "lumen", "slowletters", "dallah")


@pytest.fixture(scope="module")
def demo(template_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Four shops of the demo market with three weeks behind them, opened once for this file."""
    name = f"test_{os.getpid()}_demo"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.repointed(name), override_settings(SANDBOX=True):
        open_demo_market(days=21, handles=SHOPS)
        yield
    databases.drop(name)


@pytest.fixture
def staff(demo: None) -> Client:
    return a_staff_browser(user=User.objects.get(email=DEMO_EMAILS["staff"]))


def some(rows: list[Posting]) -> list[Posting]:
    return random.Random(SEED).sample(rows, min(CENTS, len(rows)))


def every_posting() -> list[Posting]:
    return list(Posting.objects.select_related("account", "entry").order_by("pk"))


def walk(client: Client, start: str, posting: Posting) -> Page:
    """Follow the row's own link; the page behind it is one click away."""
    clicks = 1
    page = read(client, read(client, start).link_of(posting))
    assert clicks <= MOST_CLICKS
    return page


def in_the_account(posting: Posting) -> str:
    return f"/en/studio/desk/ledger/accounts/{posting.account_id}/?before={posting.pk + 1}"


def in_the_earnings(posting: Posting, user: User) -> str:
    currency = posting.account.currency
    newer = money_rows(user=user).filter(account__currency=currency, pk__gt=posting.pk).count()
    return f"/en/studio/money/?currency={currency}&page={newer // ROWS_A_PAGE + 1}"


def test_the_demo_market_is_sound_and_has_met_everything(demo: None) -> None:
    check_invariants()
    kinds = {posting.explanation["kind"].partition(".")[0] for posting in every_posting()}
    assert {"sale", "release", "refund", "payout", "cash", "dispute"} <= kinds


def test_staff_find_every_cent(staff: Client) -> None:
    with translation.override("en"):
        for posting in some(every_posting()):
            explain(walk(staff, in_the_account(posting), posting), posting)


def test_creators_and_affiliates_find_every_cent_of_theirs(demo: None) -> None:
    owned: list[tuple[User, Posting]] = [
        (payee.party.user, posting)
        for payee in Payee.objects.select_related("party__user").order_by("pk")
        if payee.party.user is not None
        for posting in money_rows(user=payee.party.user).order_by("pk")
    ]
    chosen = random.Random(SEED).sample(owned, CENTS)
    with translation.override("en"):
        for user, posting in chosen:
            explain(walk(signed_in(user), in_the_earnings(posting, user), posting), posting)


def test_a_page_that_lost_its_reason_fails_the_walk(staff: Client) -> None:
    """The control: the walk must notice."""
    hold = Hold.objects.filter(closed_at=None, reason_code="refund_window").latest("pk")
    posting = Posting.objects.select_related("account", "entry").get(
        explanation__line=hold.sale_line_id,
        explanation__kind__in=["sale.share", "sale.shipping"],
        account__name="payee_held",
    )
    with translation.override("en"):
        page = walk(staff, in_the_account(posting), posting)
        explain(page, posting)
        silenced = page.source.replace(str(reason("refund_window").text), "")
        with pytest.raises(AssertionError, match="does not say"):
            explain(Page(page.address, silenced), posting)
        for question in ("where", "why", "when", "who"):
            without = page.source.replace(f'data-answer="{question}"', "")
            with pytest.raises(AssertionError, match="says nothing"):
                explain(Page(page.address, without), posting)
