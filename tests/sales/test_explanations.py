"""Every cent in the book says what it is, in both languages, frozen when it was posted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.models import Posting
from creatorhub.payouts.explain import known_kinds, sentence_of
from creatorhub.payouts.services import payee_of
from creatorhub.sales.explanations import Shared, about_commission
from creatorhub.sales.services import fail_refund, release_due
from tests.factories.sales import (
    a_click,
    an_affiliate,
    an_order,
    pay,
    refund,
    stands_at,
)
from tests.factories.shops import a_download_listing, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def postings() -> list[Posting]:
    """Sold through a link, released, given back, failed, and given back of a second sale."""
    shop = a_shop()
    listing = a_download_listing(shop=shop, title="Planner", price=60_000)
    noor = an_affiliate(shop, rate_bps=500)
    first, second = (
        pay(an_order(listing, clicks=[a_click(noor, listing)], address=None))[0] for _ in range(2)
    )
    with travel_to(now() + dt.timedelta(days=15)):
        release_due()
    given = refund(first)
    fail_refund(reference=f"refund:{given.pk}")
    refund(second, reason_code="damaged")
    assert stands_at("payee_payable", noor) == 3_000
    return list(Posting.objects.select_related("account", "entry"))


def test_every_posting_has_a_kind_that_has_words(postings: list[Posting]) -> None:
    kinds = {posting.explanation["kind"] for posting in postings}
    assert kinds <= set(known_kinds())
    assert {"sale.share", "release.commission", "refund.share", "refund_failed.fee"} <= kinds


def test_every_posting_names_its_order(postings: list[Posting]) -> None:
    for posting in postings:
        assert posting.entry.reference == f"order:{posting.explanation['order']}"


def test_a_share_says_line_base_and_rates(postings: list[Posting]) -> None:
    about = next(p.explanation for p in postings if p.explanation["kind"] == "sale.share")
    assert about["title"] == "Planner"
    assert (about["base_minor"], about["fee_bps"], about["fee_minor"]) == (60_000, 1_000, 6_000)
    assert about["commission_minor"] == 3_000


def test_a_commission_says_rate_link_and_network(postings: list[Posting]) -> None:
    about = next(p.explanation for p in postings if p.explanation["kind"] == "sale.commission")
    assert about["rate_bps"] == 500
    assert about["channel"] == "whatsapp"
    assert len(about["link"]) == 10


def test_a_refund_says_why(postings: list[Posting]) -> None:
    reasons = {
        posting.explanation["reason_code"]
        for posting in postings
        if posting.explanation["kind"] == "refund.share"
    }
    assert reasons == {"buyer_changed_mind", "damaged"}


def test_the_sentence_can_be_read(postings: list[Posting]) -> None:
    about = next(p.explanation for p in postings if p.explanation["kind"] == "sale.commission")
    with translation.override("en"):
        assert sentence_of(about) == "Sold through your link: Planner"
        assert sentence_of(about, for_staff=True) == "Commission: Planner"


def test_a_line_that_earned_nobody_a_commission_has_none_to_explain() -> None:
    (sale,) = pay(an_order(a_download_listing(), address=None))
    line = sale.lines.get()
    owner = payee_of(party=sale.shop.owner).ledger_owner
    with pytest.raises(ValueError, match="nobody"):
        about_commission("sale.commission", Shared(line, owner))
