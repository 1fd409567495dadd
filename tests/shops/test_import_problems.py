"""What is wrong with a file is said by row and column; good rows go on, bad ones come back."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from creatorhub.shops.models import ImportRun, Listing
from creatorhub.shops.services.import_products.bad_rows import bad_rows_csv, refused_count
from creatorhub.shops.services.import_products.check_import import check_import
from creatorhub.shops.services.import_products.problems import (
    SENTENCES,
    ImportFileError,
    remarks,
)
from tests.factories.shops import a_shop
from tests.shops.shopify import BRACELET, PLAIN, shopify_csv
from tests.shops.test_importing_products import import_all

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Handle", "", "no_handle"),
        ("Title", "", "no_title"),
        ("Title", "x" * 201, "title_too_long"),
        ("Variant Price", "", "no_price"),
        ("Variant Price", "cheap", "price_not_a_number"),
        ("Variant Price", "1e3", "price_not_a_number"),
        ("Variant Price", "NaN", "price_not_a_number"),
        ("Variant Price", "-3", "price_negative"),
        ("Variant Price", "0", "price_zero"),
        ("Variant Price", "1.999", "price_too_fine"),
        ("Variant Price", "99999999999", "price_too_large"),
        ("Variant Inventory Qty", "a few", "stock_not_a_number"),
        ("Variant Inventory Qty", "1.5", "stock_not_a_number"),
        ("Gift Card", "true", "gift_card"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(column: str, value: str, code: str) -> None:
    bad = PLAIN | {"Handle": "bad", "Variant Inventory Tracker": "shopify", column: value}
    run = check_import(shop=a_shop(), filename="x.csv", raw=shopify_csv(PLAIN, bad))

    [remark] = remarks(run.problems)
    assert (remark.row, remark.column) == (3, column)
    assert remark.sentence == SENTENCES[code]
    assert run.products_total == 1, "the good row goes on"


@pytest.mark.parametrize("price", ["1,234.50", "١٢٣٤٫٥", " 1234.5 "])
def test_prices_as_people_write_them(price: str) -> None:
    run = check_import(
        shop=a_shop(), filename="x.csv", raw=shopify_csv(PLAIN | {"Variant Price": price})
    )

    assert run.problems == []


def test_notes_do_not_keep_a_row_out() -> None:
    odd = PLAIN | {
        "Variant Compare At Price": "was more",
        "Variant Grams": "heavy",
        "Image Src": "C:\\lamp.jpg",
    }
    run = import_all(a_shop(), shopify_csv(odd))

    assert {p["code"] for p in run.problems} == {
        "compare_at_not_a_number",
        "weight_not_a_number",
        "picture_not_an_address",
    }
    assert refused_count(run) == 0
    assert Listing.objects.filter(shop=run.shop).exists()


def test_bad_rows_come_back_mended_they_import() -> None:
    shop = a_shop()
    rows = [BRACELET[0], BRACELET[1] | {"Variant Price": "=1+1"}, PLAIN]
    run = import_all(shop, shopify_csv(*rows))
    with override("en"):
        text = bad_rows_csv(run)

    [back] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert back["Variant Price"] == "'=1+1", "no spreadsheet runs it"
    assert "not a number" in back["Problem"]
    assert (back["Title"], back["Option1 Name"]) == ("Chain Bracelet", "Color")
    again = import_all(shop, text.replace("'=1+1", "44").encode())
    assert (again.created_count, again.updated_count, again.problems) == (0, 1, [])
    assert Listing.objects.get(import_handle="chain").variants.filter(is_offered=True).count() == 2


def test_a_product_with_nothing_good_returns_all_its_rows() -> None:
    rows = [row | {"Variant Price": "?"} if "Variant Price" in row else row for row in BRACELET]
    run = import_all(a_shop(), shopify_csv(*rows, PLAIN))

    assert refused_count(run) == 3
    assert Listing.objects.get(shop=run.shop).import_handle == "lamp"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"  \n ",
        b"PK\x03\x04 a spreadsheet",
        b"\xd0\xcf\x11\xe0 an old one",
        "Handle,Title,Variant Price\nx,ليان,1".encode("cp1256"),
        b"Handle,Title\nx,y",
        b"Handle,Title,Variant Price\n",
        b"a\x00b",
        b"\x89PNG\r\n",
        b"Handle,Title,Variant Price\n" + b"x" * 11_000_000,
    ],
)
def test_files_that_are_something_else_leave_no_run(raw: bytes) -> None:
    with pytest.raises(ImportFileError):
        check_import(shop=a_shop(), filename="x.csv", raw=raw)

    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("kind", ["bom", "semicolons", "utf-16", "crlf"])
def test_the_same_rows_in_other_clothes(kind: str) -> None:
    raw = shopify_csv(PLAIN, bom=kind == "bom")
    if kind == "semicolons":
        raw = raw.replace(b"Copper, Bedroom", b"Copper").replace(b",", b";")
    elif kind == "utf-16":
        raw = raw.decode().encode("utf-16")
    elif kind == "crlf":
        raw = raw.replace(b"\r\n", b"\n")
    run = check_import(shop=a_shop(), filename="x.csv", raw=raw)

    assert (run.products_total, run.problems) == (1, [])


def test_text_of_an_import_cannot_carry_scripts() -> None:
    evil = '<p onclick="x()">Hi<script>alert(1)</script><img src=https://track.er/x></p>'
    run = import_all(a_shop(), shopify_csv(PLAIN | {"Body (HTML)": evil, "Title": "<b>Lamp</b>"}))

    listing = Listing.objects.get(shop=run.shop)
    assert listing.description == "<p>Hi</p>"
    assert listing.title == "Lamp"


def test_the_command_reports_and_a_dry_run_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = a_shop()
    file = tmp_path_factory.mktemp("in") / "products.csv"
    file.write_bytes(shopify_csv(PLAIN, PLAIN | {"Handle": "b", "Variant Price": "?"}))

    call_command("import_products", str(file), shop=shop.handle, dry_run=True)
    assert "row 3 · Variant Price · refused" in capsys.readouterr().out
    assert not Listing.objects.exists()
    assert not ImportRun.objects.exists()

    call_command("import_products", str(file), shop=f"@{shop.handle}")
    assert "1 created, 0 updated" in capsys.readouterr().out
    assert Listing.objects.count() == 1
    with pytest.raises(CommandError, match="no shop @nobody"):
        call_command("import_products", str(file), shop="nobody")
    with pytest.raises(CommandError):
        call_command("import_products", str(file) + "x", shop=shop.handle)
