"""What a listing is bought as: prices, stock and options, kept in Oscar's products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from creatorhub.money import Money, MoneyError
from creatorhub.shops.models import Listing, Variant


@dataclass(frozen=True, kw_only=True)
class VariantDraft:
    """One variant as its creator wants it. `pk` names the one it changes; None makes a new one.

    `stock` is what can still be sold; None means untracked. `keeps_stock` leaves it as it is now:
    a page that was open for an hour must not undo the sales of that hour.
    """

    price: Money
    stock: int | None = None
    compare_at: Money | None = None
    options: dict[str, str] = field(default_factory=dict)
    sku: str = ""
    grams: int = 0
    import_key: str = ""
    pk: int | None = None
    keeps_stock: bool = False


@transaction.atomic
def set_variants(
    *, listing: Listing, variants: Sequence[VariantDraft], keep_others: bool = False
) -> list[Variant]:
    """Make the listing offer exactly these, in this order; with `keep_others`, at least these.

    Variants that are left out are no longer offered but keep their rows: orders name them.
    MoneyError when a price is not in the shop's currency or below zero.
    """
    _refuse_foreign_money(listing, variants)
    Listing.objects.select_for_update().get(pk=listing.pk)
    known = {variant.pk: variant for variant in listing.variants.select_related("product")}
    if any(draft.options for draft in variants) or len(variants) > 1:
        _make_parent(listing, known)
    kept = [
        _write(listing, known.get(draft.pk or 0), draft, position)
        for position, draft in enumerate(variants)
    ]
    if not keep_others:
        listing.variants.exclude(pk__in=[variant.pk for variant in kept]).update(is_offered=False)
    return kept


def offered_variants(*, listing: Listing) -> list[Variant]:
    """What can be bought now, in order, with price and stock."""
    return list(
        listing.variants.filter(is_offered=True)
        .select_related("product")
        .prefetch_related("product__stockrecords")
    )


def _refuse_foreign_money(listing: Listing, variants: Sequence[VariantDraft]) -> None:
    for draft in variants:
        for amount in (draft.price, draft.compare_at):
            if amount is not None and (
                amount.currency != listing.shop.currency or amount.minor < 0
            ):
                raise MoneyError(f"{amount} cannot be a price in {listing.shop.currency}")


def _make_parent(listing: Listing, known: dict[int, Variant]) -> None:
    """From one product to a parent with children, as Oscar wants it. Stock moves to the child."""
    parent = listing.product
    if parent.structure == Product.PARENT:
        return
    Product.objects.filter(pk=parent.pk).update(structure=Product.PARENT)
    parent.structure = Product.PARENT
    for variant in known.values():
        if variant.product_id == parent.pk:
            variant.product = _child(listing)
            variant.save(update_fields=["product"])
            StockRecord.objects.filter(product=parent).update(product=variant.product)


def _child(listing: Listing) -> Product:
    return Product.objects.create(
        structure=Product.CHILD,
        parent=listing.product,
        title="",
        slug=listing.product.slug[:255],
    )


def _write(
    listing: Listing, variant: Variant | None, draft: VariantDraft, position: int
) -> Variant:
    if variant is None:
        is_child = listing.product.structure == Product.PARENT
        product = _child(listing) if is_child else listing.product
        variant = Variant(listing=listing, product=product)
    variant.options = draft.options
    variant.position = position
    variant.compare_at_minor = draft.compare_at.minor if draft.compare_at else None
    variant.grams = draft.grams
    variant.is_offered = True
    variant.import_key = draft.import_key or variant.import_key
    variant.save()
    if variant.product_id != listing.product_id:
        Product.objects.filter(pk=variant.product_id).update(title=name_on_orders(variant))
    _write_stock(listing, variant, draft)
    return variant


def name_products(*, listing: Listing) -> None:
    """Receipts, parcels and statements follow the listing's title; orders keep what they said."""
    Product.objects.filter(pk=listing.product_id).update(title=listing.title[:255])
    for variant in listing.variants.exclude(product_id=listing.product_id):
        Product.objects.filter(pk=variant.product_id).update(title=name_on_orders(variant))


def name_on_orders(variant: Variant) -> str:
    """What receipts, parcels and statements call it: the listing and the choice."""
    return f"{variant.listing.title} – {variant.name}"[:255]


def _write_stock(listing: Listing, variant: Variant, draft: VariantDraft) -> None:
    record, _made = StockRecord.objects.get_or_create(
        product_id=variant.product_id,
        partner_id=listing.shop.partner_id,
        defaults={
            "partner_sku": _free_sku(listing, variant, draft.sku),
            "price_currency": listing.shop.currency,
        },
    )
    if draft.sku and record.partner_sku != draft.sku:
        record.partner_sku = _free_sku(listing, variant, draft.sku)
        record.save(update_fields=["partner_sku"])
    changes: dict[str, Any] = {
        "price": draft.price.to_decimal(),
        "price_currency": listing.shop.currency,
    }
    if not draft.keeps_stock:
        # Oscar counts what is promised to unpaid orders apart; creators speak of what is left.
        promised = Coalesce(F("num_allocated"), Value(0))
        changes["num_in_stock"] = None if draft.stock is None else promised + draft.stock
    StockRecord.objects.filter(pk=record.pk).update(**changes)


def _free_sku(listing: Listing, variant: Variant, wish: str) -> str:
    """The wished SKU, or one of ours: Oscar wants them unique per seller, creators do not."""
    own = f"{listing.pk}-{variant.pk}"
    wish = wish.strip()[:120]
    if not wish:
        return own
    others = StockRecord.objects.filter(partner_id=listing.shop.partner_id, partner_sku=wish)
    return f"{wish} ({own})"[:128] if others.exclude(product=variant.product).exists() else wish
