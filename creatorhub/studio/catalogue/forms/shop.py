"""Opening a shop, and changing it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from creatorhub.accounts.models import Party
from creatorhub.foundation.amounts import currency_name
from creatorhub.money import CURRENCIES
from creatorhub.shops.countries import COUNTRIES
from creatorhub.shops.handles import HandleError, check_handle, suggest_handle
from creatorhub.shops.models import Shop
from creatorhub.shops.services.change_shop import (
    REFUND_WORDS_LENGTH,
    change_handle,
    change_refund_policy,
    change_shipping,
    change_shop,
)
from creatorhub.shops.services.open_shop import open_shop
from creatorhub.studio.catalogue.forms.fields import SWATCHES, ColourField, MoneyField

LANGUAGES = (("ar", "العربية"), ("en", "English"))


def country_choices() -> list[tuple[str, str]]:
    """Countries by name, in the reader's language, ours first."""
    return [(code, str(country.name)) for code, country in COUNTRIES.items()]


def currency_choices() -> list[tuple[str, str]]:
    """The usual one first; then every currency we count in."""
    usual = ("", _("The usual one of my country"))
    return [usual, *((code, f"{code} · {currency_name(code)}") for code in CURRENCIES)]


class OpenShopForm(forms.Form):
    """One short page. Everything but the name has a sensible default."""

    name = forms.CharField(
        label=gettext_lazy("Name of your shop"),
        help_text=gettext_lazy("In any script. You can change it later."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    handle = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Latin letters and digits. Empty: we make one from the name."),
        max_length=30,
        required=False,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country you sell from"), choices=country_choices
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency of your prices"),
        help_text=gettext_lazy("It cannot be changed later: orders are kept in it."),
        choices=currency_choices,
        required=False,
    )
    brand_colour = ColourField(label=gettext_lazy("Your colour"), initial=SWATCHES[0][0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, handle = cleaned.get("name", ""), cleaned.get("handle", "")
        if name:
            try:
                cleaned["handle"] = (
                    check_handle(handle=handle) if handle else suggest_handle(name=name)
                )
            except HandleError as error:
                self.add_error("handle", str(error))
        return cleaned

    def open_for(self, owner: Party) -> Shop:
        """HandleError when somebody took the handle in this very moment."""
        facts = self.cleaned_data
        return open_shop(
            owner=owner,
            name=facts["name"],
            handle=facts["handle"],
            country=facts["country"],
            currency=facts["currency"] or COUNTRIES[facts["country"]].currency,
            language=(get_language() or "ar")[:2],
            brand_colour=facts["brand_colour"],
        )


class ShopForm(forms.Form):
    """A part of the settings; `save` does it, and raises a sentence when it cannot."""

    def __init__(self, *args: Any, shop: Shop, actor: Any = None, **options: Any) -> None:
        self.shop, self.actor = shop, actor
        options.setdefault("initial", self.read(shop))
        super().__init__(*args, **options)

    def read(self, shop: Shop) -> dict[str, Any]:
        return {name: getattr(shop, name, None) for name in self.base_fields}

    def save(self) -> None:
        raise NotImplementedError


class WordsForm(ShopForm):
    name = forms.CharField(label=gettext_lazy("Name of your shop"), max_length=80)
    tagline = forms.CharField(
        label=gettext_lazy("One line about it"), max_length=140, required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language you mostly write in"), choices=LANGUAGES
    )
    brand_colour = ColourField(label=gettext_lazy("Your colour"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.shop.brand_colour not in dict(SWATCHES):
            field = cast("forms.ChoiceField", self.fields["brand_colour"])
            field.choices = [(self.shop.brand_colour, _("Your own colour")), *SWATCHES]

    def save(self) -> None:
        change_shop(shop=self.shop, actor=self.actor, **self.cleaned_data)


class FaceForm(ShopForm):
    avatar = forms.FileField(label=gettext_lazy("Picture of your shop"), required=False)
    cover = forms.FileField(label=gettext_lazy("Cover"), required=False)

    def read(self, shop: Shop) -> dict[str, Any]:
        return {}


class ShippingForm(ShopForm):
    flat = MoneyField(
        label=gettext_lazy("Shipping per order"), help_text=gettext_lazy("0 when it is free.")
    )
    free_above = MoneyField(
        label=gettext_lazy("Free from an order of"),
        help_text=gettext_lazy("Empty: never free."),
        required=False,
    )
    ship_within_days = forms.IntegerField(
        label=gettext_lazy("You send within"), min_value=1, max_value=30
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("flat", "free_above"):
            field = cast("MoneyField", self.fields[name])
            field.currency = self.shop.currency

    def read(self, shop: Shop) -> dict[str, Any]:
        return {
            "flat": shop.shipping_flat,
            "free_above": shop.shipping_free_above,
            "ship_within_days": shop.ship_within_days,
        }

    def save(self) -> None:
        change_shipping(shop=self.shop, **self.cleaned_data)


class RefundForm(ShopForm):
    refund_window_days = forms.IntegerField(
        label=gettext_lazy("Buyers may return within"), min_value=1, max_value=90
    )
    refunds_shipping = forms.BooleanField(
        label=gettext_lazy("Give back what sending cost, too"),
        help_text=gettext_lazy(
            "Also when the buyer only changed their mind. When something is wrong, it always "
            "goes back."
        ),
        required=False,
    )
    refund_words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("What buyers should know before they buy. It cannot promise less."),
        max_length=REFUND_WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def save(self) -> None:
        change_refund_policy(
            shop=self.shop,
            days=self.cleaned_data["refund_window_days"],
            words=self.cleaned_data["refund_words"],
            with_shipping=self.cleaned_data["refunds_shipping"],
            actor=self.actor,
        )


class HandleForm(ShopForm):
    handle = forms.CharField(
        label=gettext_lazy("Address of your shop"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def save(self) -> None:
        change_handle(shop=self.shop, handle=self.cleaned_data["handle"], actor=self.actor)
