"""The choice of a country: 245 options that are the same for everybody, drawn once a language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from creatorhub.storefront.selectors.countries import countries, country_named

# Two languages, and more countries chosen than one day of any market sees.
DRAWN_AT_MOST = 100


def _language() -> str:
    return get_language() or "en"


def _choices() -> list[tuple[str, str]]:
    return [(country.code, country.name) for country in countries(_language())]


class CountrySelect(forms.Select):
    """Options say whether addresses there have a postal code, so that CSS alone can hide it."""

    def use_required_attribute(self, initial: Any) -> bool:
        """HTML: a select is required only where its first option is empty; ours is a country."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        options = _options(_language(), str(value or ""))
        return format_html("<select{}>{}</select>", flatatt(attributes), options)


class CountryField(forms.ChoiceField):
    """A country that parcels go to, by its ISO code."""

    def __init__(self, **kwargs: Any) -> None:
        widget = CountrySelect(attrs={"autocomplete": "country"})
        super().__init__(choices=_choices, widget=widget, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return country_named(str(value), _language()) is not None


@lru_cache(maxsize=DRAWN_AT_MOST)
def _options(language: str, chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (
                country.code,
                flatatt(
                    {
                        "data-postcode": None if country.asks_postcode else "none",
                        "selected": country.code == chosen,
                    }
                ),
                country.name,
            )
            for country in countries(language)
        ),
    )
