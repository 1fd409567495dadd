"""A statement as a PDF file: the page's amounts, in letters that are joined and marked."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from django.utils import translation
from fpdf import FPDF
from fpdf.enums import TextDirection

from creatorhub.accounts.models import User
from creatorhub.foundation.amounts import format_money
from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.paper import Paper, runs_of
from creatorhub.payouts.models import Payout
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.services import release_due
from creatorhub.studio.money.statements import Statement, statement_of
from tests.factories.accounts import a_user
from tests.factories.sales import a_click, a_sale, an_affiliate, line_ids, refund, send
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import signed_in

pytestmark = pytest.mark.django_db

DAMMA, TEH = "\u064f", "\u062a"
AMOUNT = re.compile(r"\d[\d,]*\.\d{2}")


def a_month(owner: User) -> Payout:
    """Two sales through a link, one of them given back after its release; then a payout."""
    shop = a_shop(owner=owner, name="متجر نور")
    noor = an_affiliate(shop, rate_bps=700)
    listing = a_published_listing(shop=shop, price=12_345, title="مخطّط المحتوى ٣٠ يومًا")
    sold = [a_sale(listing, clicks=[a_click(noor, listing)]) for _ in range(2)]
    for sale in sold:
        send(sale)
    with travel_to(now() + dt.timedelta(days=16)):
        release_due()
        refund(sold[0], *line_ids(sold[0])[:1])
        run_payouts(key="paper")
    return Payout.objects.get(payee__party=shop.owner)


def text_of(content: bytes) -> str:
    pages = pdfium.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def amounts_of(statement: Statement) -> list[str]:
    rows = [abs(row.amount.minor) for row in statement.rows]
    return sorted(f"{minor // 100:,}.{minor % 100:02d}" for minor in rows)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_says_every_amount_of_the_page_to_the_cent(language: str) -> None:
    owner = a_user()
    payout = a_month(owner)
    answer = signed_in(owner).get(f"/{language}/studio/money/payouts/{payout.pk}/statement.pdf")
    assert answer["Content-Type"] == "application/pdf"

    said = AMOUNT.findall(text_of(answer.content))

    statement = statement_of(payout)
    assert statement.taken
    assert statement.added
    for amount in amounts_of(statement):
        assert amount in said
    sums = (statement.added, statement.taken, payout.amount, statement.before, statement.after)
    for money in sums:
        assert AMOUNT.search(format_money(money, exact=True)).group() in said  # type: ignore[union-attr]  # An amount has its digits.


def test_a_line_says_its_order_its_link_and_why_it_waited() -> None:
    payout = a_month(a_user())
    with translation.override("en"):
        (row, *_more) = statement_of(payout).rows
        terms = " ".join(row.terms)
    assert row.sentence.order
    assert "market" in terms
    assert "links" in terms
    assert "waited until" in terms
    assert "The buyer can still ask" in terms


def boxes(paper: FPDF) -> list[tuple[str, float, float]]:
    """Every character with its left edge and its foot, in the order it stands in the file."""
    (page,) = pdfium.PdfDocument(bytes(paper.output()))
    text = page.get_textpage()
    found = [(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
    return [(letter, box[0], box[1]) for letter, box in found if letter.strip()]


def a_line(words: str) -> Paper:
    paper = Paper(is_rtl=True, title="x", language="ar")
    paper.write(words, size=40)
    return paper


def test_a_vowel_mark_stands_above_the_dots_of_its_letter() -> None:
    marked = {letter: (left, foot) for letter, left, foot in boxes(a_line(f"{TEH}{DAMMA}").pdf)}
    left, foot = marked[DAMMA]
    assert marked[TEH][0] < left
    assert foot > 740 + 15  # Above the letter, whose dots end at about two thirds of 40 points.


def test_set_by_fpdf2_alone_the_mark_stands_beside_its_letter() -> None:
    """The control: what the test above measures is what goes wrong without our own setting."""
    ours = a_line("x")
    plain = FPDF()
    plain.add_page()
    (regular,) = [font for key, font in ours.pdf.fonts.items() if not key.endswith("B")]
    plain.add_font("Cairo", "", regular.ttffile)
    plain.set_font("Cairo", size=40)
    plain.set_text_shaping(use_shaping_engine=True, direction=TextDirection.RTL)
    plain.cell(100, 24, f"{TEH}{DAMMA}")
    marked = {letter: left for letter, left, _ in boxes(plain)}
    assert marked[DAMMA] < marked[TEH]


def test_arabic_letters_are_joined_and_run_from_the_right() -> None:
    shaped = boxes(a_line("نور").pdf)
    lefts = [left for _, left, _ in shaped]
    alone = boxes(a_line("ن و ر").pdf)
    assert lefts == sorted(lefts) or lefts == sorted(lefts, reverse=True)
    assert max(lefts) - min(lefts) < max(b for _, b, _ in alone) - min(b for _, b, _ in alone)


def test_numbers_inside_arabic_keep_their_own_direction() -> None:
    runs = runs_of("الطلب 100123 بمبلغ 1,234.50 ر.س", is_rtl=True)
    assert [run.text.strip() for run in runs if run.direction == TextDirection.LTR] == [
        "1,234.50",
        "100123",
    ]
    for one, other in pairwise(runs):
        assert one.direction != other.direction


def test_a_long_statement_goes_on_to_more_pages_and_counts_them() -> None:
    paper = Paper(is_rtl=False, title="x", language="en")
    for number in range(80):
        paper.pair(f"Line {number}", "SAR 1.00", notes=["a note below it"])
    paper.foot("page %(page)s/%(pages)s")
    pages = pdfium.PdfDocument(paper.file())
    assert len(pages) > 1
    # Where letters are kerned, the reader of the file sees a gap that is not there.
    last = "".join(pages[len(pages) - 1].get_textpage().get_text_range().split())
    assert f"page{len(pages)}/{len(pages)}" in last
    assert "Line79" in last
