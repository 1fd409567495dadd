"""The dry run: everything the import would say, before it does anything."""

from __future__ import annotations

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.shops.models import ImportRun, Listing, Shop
from creatorhub.shops.services.import_products.parse import decode, read_rows
from creatorhub.shops.services.import_products.plan import Plan, plan_import


@transaction.atomic
def check_import(*, shop: Shop, filename: str, raw: bytes) -> ImportRun:
    """A run that waits to be started, with its report. ImportFileError: it is no products CSV."""
    content = decode(raw)
    plan = plan_of(shop=shop, content=content)
    known = _known_handles(shop)
    updated = sum(product.handle in known for product in plan.products)
    return ImportRun.objects.create(
        shop=shop,
        filename=filename[-200:] or "products.csv",
        content=content,
        products_total=len(plan.products),
        created_count=len(plan.products) - updated,
        updated_count=updated,
        pictures_total=sum(len(product.pictures) for product in plan.products),
        problems=[problem.as_json() for problem in plan.problems],
        started_at=now(),
    )


def plan_of(*, shop: Shop, content: str) -> Plan:
    """What this text means for this shop as it is now."""
    _columns, rows = read_rows(content)
    return plan_import(rows=rows, currency=shop.currency, known_handles=_known_handles(shop))


def _known_handles(shop: Shop) -> set[str]:
    listings = Listing.objects.filter(shop=shop).exclude(import_handle="")
    return set(listings.values_list("import_handle", flat=True))
