"""One product of an import becomes a listing, or changes the one it became before."""

from __future__ import annotations

from dataclasses import dataclass, field

from creatorhub.foundation.rich_text import plain_text
from creatorhub.shops.languages import language_of
from creatorhub.shops.models import ImportRun, Listing, Shop, Variant
from creatorhub.shops.services.import_products.fetch_pictures import enqueue_pictures
from creatorhub.shops.services.import_products.plan import ProductPlan, VariantPlan
from creatorhub.shops.services.import_products.problems import Problem
from creatorhub.shops.services.set_variants import VariantDraft, set_variants
from creatorhub.shops.services.write_listing import (
    DOWNLOADS,
    OWN_PRODUCTS,
    create_listing,
    publish_listing,
    update_listing,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    is_new: bool
    pictures: int = 0
    problems: list[Problem] = field(default_factory=list)


def import_product(*, run: ImportRun, product: ProductPlan) -> Outcome:
    """Inside the caller's transaction. What the file leaves out of a known product stays."""
    shop = run.shop
    listing = Listing.objects.filter(shop=shop, import_handle=product.handle).first()
    if listing is not None and listing.state == Listing.State.TAKEN_DOWN:
        return Outcome(
            is_new=False, problems=[Problem(product.row, "Handle", "taken_down", product.handle)]
        )
    is_new = listing is None
    listing = _create(shop, product) if listing is None else _update(listing, product)
    variants = _write_variants(listing, product)
    if product.wants_published and product.ships and listing.state == Listing.State.DRAFT:
        publish_listing(listing=listing)
    pictures = enqueue_pictures(run=run, listing=listing, product=product, variants=variants)
    return Outcome(is_new=is_new, pictures=pictures)


def _create(shop: Shop, product: ProductPlan) -> Listing:
    first = product.variants[0]
    return create_listing(
        shop=shop,
        way=OWN_PRODUCTS if product.ships else DOWNLOADS,
        title=product.title,
        price=first.price,
        stock=first.stock,
        description=product.description,
        language=language_of(f"{product.title} {plain_text(product.description)}", shop.language),
        kind=product.kind,
        tags=product.tags,
        import_handle=product.handle,
    )


def _update(listing: Listing, product: ProductPlan) -> Listing:
    said = {
        "title": product.title,
        "description": product.description,
        "kind": product.kind,
        "tags": product.tags,
    }
    return update_listing(listing=listing, **{name: value for name, value in said.items() if value})


def _write_variants(listing: Listing, product: ProductPlan) -> dict[str, Variant]:
    known = {variant.import_key: variant.pk for variant in listing.variants.all()}
    if "" in known and len(known) == 1:  # The one that create_listing just made.
        known[product.variants[0].key] = known.pop("")
    drafts = [_draft(plan, known.get(plan.key)) for plan in product.variants]
    written = set_variants(listing=listing, variants=drafts, keep_others=True)
    if any(plan.options for plan in product.variants):
        # It came in sizes this time: the one without a size is no longer offered.
        listing.variants.filter(options={}).update(is_offered=False)
    return {variant.import_key: variant for variant in written}


def _draft(plan: VariantPlan, pk: int | None) -> VariantDraft:
    return VariantDraft(
        pk=pk,
        price=plan.price,
        stock=plan.stock,
        compare_at=plan.compare_at,
        options=plan.options,
        sku=plan.sku,
        grams=plan.grams,
        import_key=plan.key,
    )
