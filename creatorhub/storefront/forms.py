"""What shoppers type, checked once, in their words."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creatorhub.storefront.country_field import CountryField
from creatorhub.storefront.selectors.countries import (
    Country,
    country_named,
    postcode_is_plausible,
)
from creatorhub.storefront.selectors.market import Wish
from creatorhub.storefront.selectors.ways_to_pay import chosen_gateway

EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class BrowseForm(forms.Form):
    """What to look for. Nonsense in the address is no error: it is simply not asked for."""

    q = forms.CharField(
        label=_("Search"),
        max_length=120,
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    way = forms.CharField(max_length=40, required=False)
    kind = forms.CharField(max_length=80, required=False)
    currency = forms.CharField(max_length=3, required=False)
    order = forms.ChoiceField(
        label=_("Sort by"),
        choices=[("new", _("Newest first")), ("price", _("Lowest price first"))],
        required=False,
    )
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def wish(self) -> Wish:
        """What was asked for, without the parts that make no sense."""
        self.is_valid()
        data = self.cleaned_data
        return Wish(
            query=data.get("q", ""),
            way=data.get("way", ""),
            kind=data.get("kind", ""),
            currency=data.get("currency", "").upper(),
            order=data.get("order") or "new",
            page=data.get("page") or 1,
        )


class BasketAddForm(forms.Form):
    """One variant into the basket."""

    variant = forms.IntegerField(min_value=1)
    quantity = forms.IntegerField(min_value=1, max_value=99, required=False)
    go = forms.ChoiceField(choices=[("basket", ""), ("checkout", "")], required=False)
    second = forms.BooleanField(required=False)


class BasketChangeForm(forms.Form):
    """How many of one line, which basket to use, or "go on with what is left"."""

    line = forms.IntegerField(min_value=1, required=False)
    quantity = forms.IntegerField(min_value=0, required=False)
    use = forms.IntegerField(min_value=1, required=False)
    tidy = forms.BooleanField(required=False)


class EmailForm(forms.Form):
    """Where the receipt goes: all that a download needs."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Your receipt and your downloads go there."),
        error_messages={
            "required": _("Write your e-mail address, so that your receipt finds you."),
            "invalid": _("This e-mail address is not complete. It looks like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class CheckoutForm(EmailForm):
    """E-mail and a word to the seller; `needs_address` adds where the parcel goes."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        error_messages={"required": _("Write the name for the parcel.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    country = CountryField(label=_("Country"))
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        help_text=_("Only for the delivery. The courier calls you if the door is hard to find."),
        error_messages={"required": _("Write a mobile number, so that the courier can call you.")},
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}
        ),
    )
    city = forms.CharField(
        label=_("City"),
        max_length=80,
        error_messages={"required": _("Write the city.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    district = forms.CharField(
        label=_("District"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level3"}),
    )
    street = forms.CharField(
        label=_("Street, building, or a landmark nearby"),
        max_length=200,
        error_messages={"required": _("Write the street or a landmark, so that it finds you.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postal code"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "dir": "ltr"}),
    )
    note = forms.CharField(
        label=_("A note to the seller"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    pay = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    ADDRESS = ("name", "country", "phone", "city", "district", "street", "postcode")

    def __init__(self, *args: Any, needs_address: bool, country: str = "SA", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_address = needs_address
        if not needs_address:
            for name in (*self.ADDRESS, "note"):
                del self.fields[name]
            return
        self.fields["email"].help_text = _("Your receipt and the news of your parcel go there.")
        self.fields["country"].initial = country

    # The order of the page: the first of these that is wrong is where the cursor goes.
    READ_IN = ("email", "name", "country", "phone", "city", "district", "street", "postcode")

    def point_at_first_error(self) -> None:
        """The browser opens the page with the cursor in the first field that needs care."""
        wrong = next((name for name in self.READ_IN if name in self.errors), None)
        if wrong is not None:
            self.fields[wrong].widget.attrs["autofocus"] = True

    def clean_pay(self) -> str:
        """The gateway this order is paid with; empty when this market cannot take payments."""
        return chosen_gateway(self.cleaned_data["pay"])

    def clean_phone(self) -> str:
        """E.164, read as people of the chosen country write it."""
        written = self.cleaned_data["phone"].translate(EASTERN_DIGITS)
        country = self.cleaned_data.get("country")
        try:
            number = phonenumbers.parse(written, country)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(
                _("This number does not exist in that country. Check it, or start with + and 00.")
            )
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        country = country_named(str(data.get("country", "")), get_language() or "en")
        if country is not None:
            self._clean_postcode(data, country)
        return data

    def _clean_postcode(self, data: dict[str, Any], country: Country) -> None:
        postcode = str(data.get("postcode") or "").translate(EASTERN_DIGITS).strip()
        if not country.asks_postcode:
            postcode = ""
        elif not postcode and country.needs_postcode:
            self.add_error("postcode", _("Parcels in this country need a postal code."))
        elif postcode and not postcode_is_plausible(country.code, postcode):
            self.add_error("postcode", _("This is not a postal code of that country."))
        data["postcode"] = postcode


class ReceiptForm(forms.Form):
    """What shows that a transfer was made: a picture, words, or both."""

    picture = forms.FileField(
        label=_("Picture of the receipt"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    note = forms.CharField(
        label=_("A word to the shop"),
        help_text=_("For example the name on your account, or what your bank says."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("picture") and not data.get("note"):
            self.add_error("picture", _("Choose a picture of the receipt, or write a word."))
        return data


class ContestForm(forms.Form):
    """Money that a shop says it gave back, and that did not come."""

    note = forms.CharField(
        label=_("What happened?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what happened, so that our team can help.")},
    )
