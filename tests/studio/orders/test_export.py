"""A spreadsheet shows what buyers wrote and never runs it."""

from __future__ import annotations

import csv
import io

import pytest

from creatorhub.sales.contact import Address
from creatorhub.studio.csv_export import safe_cell
from tests.factories.accounts import a_user
from tests.factories.sales import a_sale
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import signed_in


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C'"])
def test_what_a_spreadsheet_would_run_is_quoted(evil: str) -> None:
    assert safe_cell(evil) == f"'{evil}"


@pytest.mark.parametrize("plain", ["Pen", "12.50", "سارة", ""])
def test_what_it_would_not_run_stays(plain: str) -> None:
    assert safe_cell(plain) == plain


@pytest.mark.django_db
def test_the_file_has_one_row_a_line_and_adds_up() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    evil = Address(name="=HYPERLINK(1)", line1="Olaya Street", city="Riyadh", country="SA")
    a_sale(a_published_listing(shop=shop, price=10_000), address=evil)
    a_sale(a_published_listing(price=7_700))

    answer = signed_in(owner).get("/en/studio/orders/export.csv")
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(rows) == 1
    row = dict(zip(header, rows[0], strict=True))
    assert (row["Paid"], row["Fee"], row["Yours"]) == ("100.00", "10.00", "90.00")
    assert row["Buyer"] == "'=HYPERLINK(1)"
