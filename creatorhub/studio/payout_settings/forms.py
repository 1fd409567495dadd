"""What a person types about being paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.amounts import currency_name, format_money
from creatorhub.foundation.policy import payout_minimum
from creatorhub.money import Money
from creatorhub.payouts.bank_numbers import (
    BankNumberError,
    Checked,
    check_numbers,
    has_iban,
    needs_bank_code,
    needs_bic,
)
from creatorhub.payouts.countries import country_is_known
from creatorhub.payouts.models import Payee
from creatorhub.shops.countries import COUNTRIES
from creatorhub.studio.catalogue.forms.fields import MoneyField

PREFIX = "threshold_"
LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


def country_choices() -> list[tuple[str, str]]:
    """Countries that somebody can be paid in, ours first."""
    return [(code, str(row.name)) for code, row in COUNTRIES.items() if country_is_known(code)]


class CountryForm(forms.Form):
    """Where the person and their bank account are."""

    country = forms.ChoiceField(
        label=gettext_lazy("Country of your bank account"), choices=country_choices
    )


class BankForm(forms.Form):
    """A bank account in one country; what is asked depends on how its banks count."""

    holder = forms.CharField(
        label=gettext_lazy("Name of the account's owner"),
        help_text=gettext_lazy("As the bank writes it; banks send back what does not fit."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    number = forms.CharField(max_length=60, widget=forms.TextInput(attrs=LATIN))
    bank_code = forms.CharField(max_length=20, widget=forms.TextInput(attrs=LATIN))
    bic = forms.CharField(
        label=gettext_lazy("BIC (SWIFT code) of the bank"),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs=LATIN),
    )
    bank_name = forms.CharField(
        label=gettext_lazy("Name of the bank"), max_length=120, required=False
    )

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.country = country
        self.checked: Checked | None = None
        number = self.fields["number"]
        number.label = _("IBAN") if has_iban(country) else _("Account number")
        if has_iban(country):
            number.help_text = _("It begins with %(country)s; spaces do not matter.") % {
                "country": country
            }
        self.fields["bic"].required = needs_bic(country)
        if needs_bank_code(country):
            self.fields["bank_code"].label = _code_label(country)
        else:
            del self.fields["bank_code"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.checked = check_numbers(
                    country=self.country,
                    number=cleaned["number"],
                    bank_code=cleaned.get("bank_code", ""),
                    bic=cleaned.get("bic", ""),
                )
            except BankNumberError as error:
                self.add_error(error.field, str(error))
        return cleaned


class ScheduleForm(forms.Form):
    """How often, and from which amount on in each currency the person earns in."""

    schedule = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Payee.Schedule.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, payee: Payee | None, currencies: Sequence[str]) -> None:
        initial: dict[str, Any] = {"schedule": payee.schedule if payee else "weekly"}
        for currency in currencies:
            wanted = payee.threshold(currency) if payee else None
            initial[PREFIX + currency] = wanted or None
        super().__init__(data, initial=initial)
        self.currencies = list(currencies)
        for currency in currencies:
            self.fields[PREFIX + currency] = _threshold(currency)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for currency in self.currencies:
            wanted, least = cleaned.get(PREFIX + currency), payout_minimum(currency)
            if wanted is not None and wanted < least:
                told = _("The smallest payout here is %(amount)s.")
                self.add_error(PREFIX + currency, told % {"amount": format_money(least)})
        return cleaned

    @property
    def thresholds(self) -> dict[str, Money | None]:
        """By currency; None where nothing is asked beyond the smallest payout."""
        return {currency: self.cleaned_data[PREFIX + currency] for currency in self.currencies}


def _threshold(currency: str) -> MoneyField:
    least = format_money(payout_minimum(currency))
    return MoneyField(
        currency=currency,
        required=False,
        label=_("Pay me from this amount on, in %(currency)s")
        % {"currency": currency_name(currency)},
        help_text=_("Left empty: from %(amount)s on, the smallest payout.") % {"amount": least},
    )


def _code_label(country: str) -> str:
    labels = {
        "US": _("Routing number of the bank, 9 digits"),
        "CA": _("Transit and institution number, 8 digits"),
        "JP": _("Bank and branch code, 7 digits"),
    }
    return labels[country]
