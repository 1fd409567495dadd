"""From bytes to rows: encodings, delimiters, and files that are something else."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from creatorhub.shops.services.import_products.problems import ImportFileError

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
NEEDED = ("Handle", "Title", "Variant Price")
# A cell that starts like this is read as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `number` is what a spreadsheet shows beside it: the header is 1."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


def decode(raw: bytes) -> str:
    """The file's text, with or without a byte-order mark. ImportFileError names what to do."""
    if not raw.strip():
        raise ImportFileError(_("This file is empty."))
    if len(raw) > MAX_BYTES:
        raise ImportFileError(_("This file is larger than 10 MB. Split it and import the parts."))
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ImportFileError(_("This is a spreadsheet. Save it as “CSV UTF-8” and try again."))
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFileError(
            _("The letters of this file cannot be read. Save it as “CSV UTF-8” and try again.")
        ) from error
    if "\x00" in text:
        raise ImportFileError(_("This is not a CSV file."))
    return text


def read_rows(text: str) -> tuple[list[str], list[Row]]:
    """Columns and rows. ImportFileError when the columns of a products export are not there."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        columns = [column.strip() for column in next(reader)]
        _check_columns(columns)
        rows = [
            Row(number, {name: _unguard(cell) for name, cell in zip(columns, cells, strict=False)})
            for number, cells in enumerate(reader, start=2)
            if any(cell.strip() for cell in cells)
        ]
    except (csv.Error, StopIteration) as error:
        raise ImportFileError(_("This is not a CSV file.")) from error
    if not rows:
        raise ImportFileError(_("There are no products in this file."))
    if len(rows) > MAX_ROWS:
        raise ImportFileError(_("This file has more than 20,000 rows. Split it into parts."))
    return columns, rows


def guard(cell: str) -> str:
    """The cell as text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _unguard(cell: str) -> str:
    """Undo `guard`, so that a file we gave back can be imported again."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _delimiter(text: str) -> str:
    header = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=header.count)


def _check_columns(columns: list[str]) -> None:
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise ImportFileError(
            _("This is not a Shopify products export: the column “%(column)s” is missing.")
            % {"column": missing[0]}
        )
