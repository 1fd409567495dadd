"""Title and price of several new drafts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.picture_sources import PictureSources
from creatorhub.shops.selectors import picture_set, price_of, variants_of
from creatorhub.shops.services.set_variants import VariantDraft, set_variants
from creatorhub.shops.services.write_listing import publish_listing, update_listing
from creatorhub.studio.catalogue.forms.fields import MoneyField


class DraftForm(forms.Form):
    """Both may stay empty: the draft then waits."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    price = MoneyField(label=_("Price"), required=False)
    stock = forms.IntegerField(
        label=_("In stock"), min_value=0, max_value=1_000_000, required=False
    )


@dataclass(frozen=True, slots=True)
class DraftRow:
    listing: Listing
    picture: PictureSources | None
    form: DraftForm


def draft_rows(drafts: QuerySet[Listing], shop: Shop, data: Any) -> list[DraftRow]:
    """A row per draft, each with its photo."""
    return [_row(listing, shop, data) for listing in drafts]


@transaction.atomic
def save_rows(rows: list[DraftRow], *, publish: bool) -> int:
    """Write what was typed; publish what has title and price. Returns how many are on sale."""
    published = 0
    for row in rows:
        facts = row.form.cleaned_data
        if facts["title"]:
            update_listing(listing=row.listing, title=facts["title"])
        if facts["price"]:
            only = variants_of(row.listing)[0]
            draft = VariantDraft(pk=only.pk, price=facts["price"], stock=facts["stock"])
            set_variants(listing=row.listing, variants=[draft])
        if publish and facts["title"] and facts["price"]:
            publish_listing(listing=row.listing)
            published += 1
    return published


def _row(listing: Listing, shop: Shop, data: Any) -> DraftRow:
    price = price_of(variants_of(listing)[0])
    form = DraftForm(
        data,
        prefix=f"draft-{listing.pk}",
        initial={"title": listing.title, "price": price if price else None},
    )
    field = form.fields["price"]
    if isinstance(field, MoneyField):
        field.currency = shop.currency
    pictures = picture_set(listing)
    return DraftRow(listing=listing, picture=pictures[0] if pictures else None, form=form)
