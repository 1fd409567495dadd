"""What the checkout page accepts, and what it says otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from creatorhub.storefront.forms import CheckoutForm

PARCEL = {
    "email": "Sara@Example.com",
    "name": "سارة العتيبي",
    "country": "SA",
    "phone": "0512345678",
    "city": "الرياض",
    "street": "شارع العليا، خلف المسجد",
}


def filled_in(**changes: Any) -> CheckoutForm:
    return CheckoutForm(PARCEL | changes, needs_address=True)


def test_a_parcel_needs_at_most_six_answers_when_the_country_is_known() -> None:
    form = CheckoutForm(needs_address=True)
    asked = [name for name, field in form.fields.items() if field.required and name != "country"]
    assert len(asked) <= 6


def test_a_download_needs_one_answer() -> None:
    form = CheckoutForm({"email": "sara@example.com"}, needs_address=False)
    asked = [name for name, field in form.fields.items() if not field.widget.is_hidden]
    assert asked == ["email"]
    assert form.is_valid()


def test_an_arab_address_needs_no_postal_code() -> None:
    form = filled_in()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["email"] == "sara@example.com"
    assert form.cleaned_data["postcode"] == ""


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("0512345678", "SA"),
        ("٠٥١٢٣٤٥٦٧٨", "SA"),
        ("+966 51 234 5678", "AE"),
        ("00966512345678", "SA"),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, country: str) -> None:
    form = filled_in(phone=written, country=country)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == "+966512345678"


@pytest.mark.parametrize("written", ["12", "hello", "0000000000", "+1"])
def test_a_number_that_cannot_be_called_is_refused_and_kept(written: str) -> None:
    form = filled_in(phone=written)
    assert "phone" in form.errors
    assert form["phone"].value() == written


def test_a_postal_code_is_asked_where_nothing_arrives_without_one() -> None:
    assert "postcode" in filled_in(country="GB", phone="+447400123456").errors
    assert filled_in(country="GB", phone="+447400123456", postcode="SW1A 1AA").is_valid()


def test_a_postal_code_that_the_country_does_not_know_is_refused() -> None:
    assert "postcode" in filled_in(postcode="ABC").errors
    form = filled_in(postcode="١٢٣٤٥")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["postcode"] == "12345"


def test_a_country_without_postal_codes_drops_what_was_left_in_the_field() -> None:
    form = filled_in(country="AE", phone="+971501234567", postcode="00000")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["postcode"] == ""


def test_countries_are_named_in_the_readers_language() -> None:
    with translation.override("ar"):
        choices = dict(CheckoutForm(needs_address=True).fields["country"].choices)
    assert choices["SA"] == "المملكة العربية السعودية"
    assert choices["PS"] == "فلسطين"


def test_countries_without_postal_codes_say_so_to_the_style_sheet() -> None:
    html = str(CheckoutForm(needs_address=True)["country"])
    assert '<option value="AE" data-postcode="none">' in html
    assert '<option value="EG">' in html
