"""Reading single cells: prices, stock, weights, addresses."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from creatorhub.money import Money, MoneyError
from creatorhub.shops.services.import_products.parse import Row
from creatorhub.shops.services.import_products.problems import Problem

# What Oscar's price column holds: ten digits before the point, two after.
LARGEST_PRICE = Decimal("9999999999.99")
LARGEST_STOCK = 1_000_000
LARGEST_WEIGHT = 1_000_000
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")


class CellError(ValueError):
    """A cell that keeps its row out of the shop."""

    def __init__(self, row: Row, column: str, code: str) -> None:
        super().__init__(code)
        self.problem = Problem(row.number, column, code, row[column])


def read_price(row: Row, currency: str, *, must_cost: bool) -> Money:
    """The price in the shop's currency. CellError when it is none, or finer than can be paid."""
    column = "Variant Price"
    if not row[column]:
        raise CellError(row, column, "no_price")
    amount = _number(row[column])
    if amount is None:
        raise CellError(row, column, "price_not_a_number")
    if amount < 0:
        raise CellError(row, column, "price_negative")
    if amount == 0 and must_cost:
        raise CellError(row, column, "price_zero")
    if amount > LARGEST_PRICE:
        raise CellError(row, column, "price_too_large")
    try:
        return Money.from_decimal(amount, currency)
    except MoneyError as error:
        raise CellError(row, column, "price_too_fine") from error


def read_compare_at(row: Row, price: Money) -> tuple[Money | None, list[Problem]]:
    """The price before, when it was higher; a note when it cannot be read."""
    text = row["Variant Compare At Price"]
    amount = _number(text) if text else Decimal(0)
    try:
        before = Money.from_decimal(amount, price.currency) if amount is not None else None
    except MoneyError:
        before = None
    if before is None or before.minor > 10**14:
        note = Problem(
            row.number, "Variant Compare At Price", "compare_at_not_a_number", text, False
        )
        return None, [note]
    return (before if before > price else None), []


def read_stock(row: Row) -> int | None:
    """What is left; None when the file does not track it or sells on when it is gone."""
    is_tracked = bool(row["Variant Inventory Tracker"])
    if not is_tracked or row["Variant Inventory Policy"].lower() == "continue":
        return None
    amount = _number(row["Variant Inventory Qty"] or "0")
    if amount is None or amount != amount.to_integral_value() or abs(amount) > LARGEST_STOCK:
        raise CellError(row, "Variant Inventory Qty", "stock_not_a_number")
    return max(0, int(amount))


def read_grams(row: Row) -> tuple[int, list[Problem]]:
    """The weight in grams; 0 and a note when it cannot be read."""
    text = row["Variant Grams"]
    amount = _number(text) if text else Decimal(0)
    if amount is None or not 0 <= amount <= LARGEST_WEIGHT:
        return 0, [Problem(row.number, "Variant Grams", "weight_not_a_number", text, False)]
    return int(amount), []


def read_web_address(text: str) -> bool:
    """Whether this could be fetched at all; safe_fetch decides when it is."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= 500


def _number(text: str) -> Decimal | None:
    """1234.5, 1,234.50, ١٢٫٥ — or None. No exponents, no infinities."""
    plain = text.translate(_EASTERN).strip()
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain, re.ASCII):
        plain = plain.replace(",", "")
    if not _PLAIN_NUMBER.fullmatch(plain) or len(plain) > 24:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
