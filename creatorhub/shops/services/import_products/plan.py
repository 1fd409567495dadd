"""From rows to what will be done, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from creatorhub.foundation.rich_text import plain_text
from creatorhub.money import Money
from creatorhub.shops.services.import_products.cells import (
    CellError,
    read_compare_at,
    read_grams,
    read_price,
    read_stock,
    read_web_address,
)
from creatorhub.shops.services.import_products.parse import Row
from creatorhub.shops.services.import_products.problems import Problem

MOST_VARIANTS = 100
MOST_PICTURES = 20
DEFAULT_OPTION = ("Title", "Default Title")


@dataclass(frozen=True, slots=True)
class VariantPlan:
    row: int
    options: dict[str, str]
    key: str
    price: Money
    compare_at: Money | None
    stock: int | None
    sku: str
    grams: int
    picture_url: str


@dataclass(frozen=True, slots=True)
class PicturePlan:
    row: int
    url: str
    alt: str
    position: int


@dataclass(slots=True)
class ProductPlan:
    """One product of the file. Empty title: it is expected to be in the shop already."""

    row: int
    handle: str
    title: str
    description: str
    kind: str
    tags: list[str]
    ships: bool
    wants_published: bool
    variants: list[VariantPlan] = field(default_factory=list)
    pictures: list[PicturePlan] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    products: list[ProductPlan]
    problems: list[Problem]


def plan_import(*, rows: list[Row], currency: str, known_handles: Iterable[str] = ()) -> Plan:
    """What importing these rows would do. `known_handles` are in the shop already."""
    plan = Plan([], [])
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row["Handle"]:
            groups.setdefault(row["Handle"][:255], []).append(row)
        else:
            plan.problems.append(Problem(row.number, "Handle", "no_handle"))
    known = set(known_handles)
    for handle, group in groups.items():
        _plan_product(plan, handle, group, currency, is_known=handle in known)
    return plan


def option_names(group: list[Row]) -> list[str]:
    """The product's option names: Shopify writes them in its first row only."""
    return [
        next((row[f"Option{n} Name"] for row in group if row[f"Option{n} Name"]), "")
        for n in (1, 2, 3)
    ]


def _plan_product(
    plan: Plan, handle: str, group: list[Row], currency: str, *, is_known: bool
) -> None:
    product = _words(handle, group)
    problems = [*_problems_of_words(product, group, is_known=is_known)]
    if not problems:
        _plan_variants(product, problems, group, currency)
        _plan_pictures(product, problems, group)
    if product.variants:
        plan.products.append(product)
        if not product.ships:
            problems.append(
                Problem(product.row, "Variant Requires Shipping", "download_needs_file", "", False)
            )
    else:
        told = {problem.row for problem in problems}
        problems += [
            Problem(row.number, "Handle", "product_refused", handle)
            for row in group
            if row.number not in told
        ]
    plan.problems += problems


def _words(handle: str, group: list[Row]) -> ProductPlan:
    def first(column: str) -> str:
        return next((row[column] for row in group if row[column]), "")

    status = first("Status").lower()
    published = first("Published").lower()
    return ProductPlan(
        row=group[0].number,
        handle=handle,
        title=" ".join(plain_text(first("Title")).split()),
        description=first("Body (HTML)"),
        kind=first("Type")[:80],
        tags=[tag.strip() for tag in first("Tags").split(",") if tag.strip()],
        ships=first("Variant Requires Shipping").lower() != "false",
        wants_published=status == "active" or (not status and published == "true"),
    )


def _problems_of_words(
    product: ProductPlan, group: list[Row], *, is_known: bool
) -> Iterable[Problem]:
    if not product.title and not is_known:
        yield Problem(product.row, "Title", "no_title")
    if len(product.title) > 200:
        yield Problem(product.row, "Title", "title_too_long", product.title)
    if any(row["Gift Card"].lower() == "true" for row in group):
        yield Problem(product.row, "Gift Card", "gift_card")


def _plan_variants(
    product: ProductPlan, problems: list[Problem], group: list[Row], currency: str
) -> None:
    names = option_names(group)
    seen: set[str] = set()
    for row in group:
        if not row["Variant Price"] and not row["Option1 Value"] and row is not group[0]:
            continue  # A row with nothing but one more picture.
        options = _options(names, row)
        key = "|".join([product.handle, *(value.casefold() for value in options.values())])[:400]
        if key in seen:
            problems.append(
                Problem(row.number, "Option1 Value", "same_options_twice", row["Option1 Value"])
            )
        elif len(seen) == MOST_VARIANTS:
            problems.append(Problem(row.number, "Handle", "too_many_variants", product.handle))
        else:
            seen.add(key)
            _plan_variant(product, problems, row, options, key, currency)


def _options(names: list[str], row: Row) -> dict[str, str]:
    pairs = [(name or f"Option {n}", row[f"Option{n} Value"]) for n, name in enumerate(names, 1)]
    return {name: value for name, value in pairs if value and (name, value) != DEFAULT_OPTION}


def _plan_variant(
    product: ProductPlan,
    problems: list[Problem],
    row: Row,
    options: dict[str, str],
    key: str,
    currency: str,
) -> None:
    try:
        price = read_price(row, currency, must_cost=product.ships)
        stock = read_stock(row)
    except CellError as error:
        problems.append(error.problem)
        return
    compare_at, notes = read_compare_at(row, price)
    grams, more_notes = read_grams(row)
    problems += notes + more_notes
    product.variants.append(
        VariantPlan(
            row=row.number,
            options=options,
            key=key,
            price=price,
            compare_at=compare_at,
            stock=stock if product.ships else None,
            sku=row["Variant SKU"],
            grams=grams,
            picture_url=row["Variant Image"],
        )
    )


def _plan_pictures(product: ProductPlan, problems: list[Problem], group: list[Row]) -> None:
    seen: set[str] = set()
    found: list[PicturePlan] = []
    for column, alt_column in (("Image Src", "Image Alt Text"), ("Variant Image", "")):
        for row in group:
            url = row[column]
            if not url or url in seen:
                continue
            seen.add(url)
            if not read_web_address(url):
                problems.append(Problem(row.number, column, "picture_not_an_address", url, False))
                continue
            place = row["Image Position"] if alt_column else ""
            position = int(place) if place.isdecimal() and len(place) < 4 else 500 + len(seen)
            found.append(PicturePlan(row.number, url, row[alt_column][:200], position))
    found.sort(key=lambda picture: picture.position)
    product.pictures = found[:MOST_PICTURES]
    problems += [
        Problem(picture.row, "Image Src", "too_many_pictures", picture.url, False)
        for picture in found[MOST_PICTURES:]
    ]
