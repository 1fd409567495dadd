"""Everything an import can have to say about a row, as a sentence."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "no_handle": _("There is no handle, so the row belongs to no product."),
    "no_title": _("The product has no title in any of its rows."),
    "title_too_long": _("The title is longer than 200 characters."),
    "no_price": _("There is no price."),
    "price_not_a_number": _("The price is not a number."),
    "price_negative": _("The price is below zero."),
    "price_zero": _("The price is zero. Something that is sent needs a price."),
    "price_too_fine": _("The price is finer than the smallest amount that can be paid."),
    "price_too_large": _("The price is too large."),
    "compare_at_not_a_number": _("The price before is not a number, so it was left out."),
    "stock_not_a_number": _("The quantity in stock is not a whole number."),
    "weight_not_a_number": _("The weight is not a number, so it was left out."),
    "same_options_twice": _("Another row of this product has the same options."),
    "too_many_variants": _("A product can have at most 100 variants."),
    "gift_card": _("Gift cards cannot be imported yet."),
    "product_refused": _("Nothing of this product could be imported: see its other rows."),
    "taken_down": _("The market's staff took this product down, so it was left as it is."),
    "picture_not_an_address": _("The picture's address is not a web address."),
    "picture_unreachable": _("The picture could not be fetched."),
    "picture_unreadable": _("What the address leads to is not a picture we can read."),
    "too_many_pictures": _("A product can have at most 20 pictures; this one was left out."),
    "download_needs_file": _("It is not shipped, so add its file before publishing it."),
    "unexpected": _("Something went wrong on our side. We have noted it; please try again."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark. Refused: the row was not imported. Otherwise it was, and this is a note."""

    row: int
    column: str
    code: str
    value: str = ""
    is_refused: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"value": self.value[:200]}


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem as a reader sees it: the row as spreadsheets count, and a sentence."""

    row: int
    column: str
    value: str
    sentence: str
    is_refused: bool


class ImportFileError(ValueError):
    """A file that is no products CSV at all. The message is a sentence for its sender."""


def remarks(problems: list[dict[str, Any]]) -> list[Remark]:
    """An ImportRun's problems in the reader's language, by row."""
    return [
        Remark(
            row=problem["row"],
            column=problem["column"],
            value=problem["value"],
            sentence=str(SENTENCES.get(problem["code"], SENTENCES["unexpected"])),
            is_refused=problem["is_refused"],
        )
        for problem in sorted(problems, key=lambda problem: problem["row"])
    ]
