"""The product editor: words, one price, or several variants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.rich_text import html_from_text, text_from_html
from creatorhub.offers.registry import selling_ways
from creatorhub.shops.models import Listing, Shop, Variant
from creatorhub.shops.selectors import price_of, stock_of, variants_of
from creatorhub.shops.services.set_variants import VariantDraft
from creatorhub.studio.catalogue.forms.fields import MoneyField, TagsField

OPTION_NUMBERS = (1, 2, 3)
EMPTY_ROWS = 3
LANGUAGES = (("ar", "العربية"), ("en", "English"))


def way_choices() -> list[tuple[str, str]]:
    """The ways in which listings can be made here."""
    return [(way.key, str(way.name)) for way in selling_ways()]


class WordsFields(forms.Form):
    """What a listing says."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    lead = forms.CharField(
        label=gettext_lazy("In one sentence"),
        help_text=gettext_lazy("What somebody should know first."),
        max_length=240,
        required=False,
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy(
            "An empty line starts a paragraph. “- ” makes a list, “## ” a heading, "
            "**two stars** bold."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    kind = forms.CharField(
        label=gettext_lazy("What it is"),
        help_text=gettext_lazy("In your own word: bracelet, planner, lamp."),
        max_length=80,
        required=False,
    )
    tags = TagsField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Words people would search, with commas between."),
        max_length=400,
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language it is written in"), choices=LANGUAGES)


class PriceFields(forms.Form):
    """One price and one stock, for a product without choices."""

    price = MoneyField(label=gettext_lazy("Price"), required=False)
    compare_at = MoneyField(
        label=gettext_lazy("Price before"),
        help_text=gettext_lazy("Shown crossed out, when it was really asked before."),
        required=False,
    )
    stock = forms.IntegerField(
        label=gettext_lazy("In stock"),
        help_text=gettext_lazy("Empty: you make as many as are ordered."),
        min_value=0,
        max_value=1_000_000,
        required=False,
        show_hidden_initial=True,
    )

    def use_currency(self, currency: str) -> None:
        for field in self.fields.values():
            if isinstance(field, MoneyField):
                field.currency = currency

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        price, before = cleaned.get("price"), cleaned.get("compare_at")
        if price and before and before <= price:
            self.add_error("compare_at", _("The price before must be higher than the price."))
        return cleaned


class NewProductForm(WordsFields, PriceFields):
    """The first page of a product: enough to make a draft."""

    field_order = ["way", "title", "price", "stock", "lead", "description"]
    way = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=way_choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, shop: Shop, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("kind", "tags", "language", "compare_at"):
            del self.fields[name]
        self.use_currency(shop.currency)
        self.fields["price"].required = True
        self.fields["stock"].show_hidden_initial = False


class ProductForm(WordsFields, PriceFields):
    """The full editor's words, and its price where the product has no choices."""

    option1 = forms.CharField(label=gettext_lazy("First choice"), max_length=40, required=False)
    option2 = forms.CharField(label=gettext_lazy("Second choice"), max_length=40, required=False)
    option3 = forms.CharField(label=gettext_lazy("Third choice"), max_length=40, required=False)

    def __init__(self, *args: Any, listing: Listing, **options: Any) -> None:
        self.listing = listing
        self.variants = variants_of(listing)
        options["initial"] = _words_of(listing) | _price_of_single(self.variants)
        super().__init__(*args, **options)
        self.use_currency(listing.shop.currency)

    def words(self) -> dict[str, Any]:
        """What update_listing takes. A description nobody touched keeps its own HTML."""
        said = {name: self.cleaned_data[name] for name in WordsFields.base_fields}
        if said["description"] == self.initial["description"].strip():
            said["description"] = self.listing.description
        else:
            said["description"] = html_from_text(said["description"])
        return said

    def option_names(self) -> list[str]:
        return [self.cleaned_data.get(f"option{number}", "") for number in OPTION_NUMBERS]

    def single_draft(self) -> VariantDraft | None:
        """The only variant, when there is a price and no choices."""
        price = self.cleaned_data.get("price")
        if price is None:
            return None
        only = self.variants[0] if len(self.variants) == 1 else None
        return VariantDraft(
            pk=only.pk if only else None,
            price=price,
            compare_at=self.cleaned_data.get("compare_at"),
            stock=self.cleaned_data.get("stock"),
            keeps_stock=only is not None and "stock" not in self.changed_data,
            grams=only.grams if only else 0,
        )


class VariantForm(PriceFields):
    """One row of the variants' table."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    value1 = forms.CharField(label=gettext_lazy("First choice"), max_length=60, required=False)
    value2 = forms.CharField(label=gettext_lazy("Second choice"), max_length=60, required=False)
    value3 = forms.CharField(label=gettext_lazy("Third choice"), max_length=60, required=False)
    sku = forms.CharField(label=gettext_lazy("Your own number"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.has_changed() and not cleaned.get("price") and "price" not in self.errors:
            self.add_error("price", _("Give this choice a price."))
        return cleaned

    def values(self) -> list[str]:
        return [self.cleaned_data.get(f"value{number}", "") for number in OPTION_NUMBERS]


class VariantsFormSet(forms.BaseFormSet[VariantForm]):
    """All rows of the table."""

    listing: Listing
    known: dict[int, Variant]

    def add_fields(self, form: VariantForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.use_currency(self.listing.shop.currency)

    def drafts(self, names: Sequence[str]) -> list[VariantDraft]:
        """What set_variants takes; empty when no row has a value."""
        kept = [
            form
            for form in self.forms
            if form.cleaned_data and any(form.values()) and not form.cleaned_data.get("DELETE")
        ]
        return [self._draft(form, names) for form in kept]

    def has_mistakes(self) -> bool:
        return self.is_bound and any(form.errors for form in self.forms)

    def clean(self) -> None:
        seen: set[tuple[str, ...]] = set()
        for form in self.forms:
            if not hasattr(form, "cleaned_data") or form.cleaned_data.get("DELETE"):
                continue
            values = tuple(value.casefold() for value in form.values())
            if any(values) and values in seen:
                form.add_error("value1", _("Another row has the same choices."))
            seen.add(values)

    def _draft(self, form: VariantForm, names: Sequence[str]) -> VariantDraft:
        facts = form.cleaned_data
        known = self.known.get(facts.get("pk") or 0)
        pairs = zip(names, form.values(), OPTION_NUMBERS, strict=True)
        return VariantDraft(
            pk=known.pk if known else None,
            options={
                name or _("Choice %(number)s") % {"number": number}: value
                for name, value, number in pairs
                if value
            },
            price=facts["price"],
            compare_at=facts.get("compare_at"),
            stock=facts.get("stock"),
            keeps_stock=known is not None and "stock" not in form.changed_data,
            sku=facts.get("sku", ""),
            grams=known.grams if known else 0,
        )


def variants_formset(listing: Listing, data: Any = None) -> VariantsFormSet:
    """The table for this listing, with a few empty rows."""
    made = forms.formset_factory(
        VariantForm,
        formset=VariantsFormSet,
        extra=EMPTY_ROWS,
        max_num=100,
        absolute_max=110,
        can_delete=True,
    )
    known = {variant.pk: variant for variant in variants_of(listing)}
    initial = [_row_of(variant) for variant in known.values() if variant.options]
    rows = cast("VariantsFormSet", made(data, prefix="variants", initial=initial))
    rows.listing, rows.known = listing, known
    return rows


def _words_of(listing: Listing) -> dict[str, Any]:
    names = list(
        dict.fromkeys(name for variant in variants_of(listing) for name in variant.options)
    )
    return {
        **{name: getattr(listing, name) for name in WordsFields.base_fields},
        "description": text_from_html(listing.description),
        **{f"option{number}": name for number, name in zip(OPTION_NUMBERS, names, strict=False)},
    }


def _price_of_single(variants: list[Variant]) -> dict[str, Any]:
    if len(variants) != 1 or variants[0].options:
        return {}
    row = _row_of(variants[0])
    price = row["price"]
    return {
        "price": price if price else None,
        "compare_at": row["compare_at"],
        "stock": row["stock"],
    }


def _row_of(variant: Variant) -> dict[str, Any]:
    price = price_of(variant)
    before = variant.compare_at_minor
    record = next(iter(variant.product.stockrecords.all()), None)
    sku = record.partner_sku if record else ""
    values = dict(zip(OPTION_NUMBERS, variant.options.values(), strict=False))
    return {
        "pk": variant.pk,
        "price": price,
        "compare_at": type(price)(before, price.currency) if before else None,
        "stock": stock_of(variant),
        "sku": "" if sku == f"{variant.listing_id}-{variant.pk}" else sku,
        **{f"value{number}": value for number, value in values.items()},
    }
