"""What shops and our team say of money that goes from hand to hand."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum import iban

from creatorhub.accounts.models import Party
from creatorhub.foundation.reasons import reason
from creatorhub.money import CURRENCIES, Money
from creatorhub.payouts.models import Payee
from creatorhub.sales.offline_ways import terms_of
from creatorhub.sales.services.change_offline_terms import (
    CashTerms,
    TransferTerms,
    change_offline_terms,
)
from creatorhub.shops.models import Shop
from creatorhub.studio.catalogue.forms.fields import MoneyField

IBAN_LIKE = re.compile(r"^[A-Z]{2}[0-9]{2}[A-Z0-9]+$")
NUMBER_LIKE = re.compile(r"^\+?[0-9A-Z@._/-]{4,60}$", re.IGNORECASE)
EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
NOT_TAKEN = ("delivery_refused", "not_reached", "shop_cannot_send")


class NotTakenForm(forms.Form):
    """Why an order to be paid at the door was not taken."""

    reason_code = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        choices=[(code, reason(code).text) for code in NOT_TAKEN],
        error_messages={"required": _("Choose what happened.")},
    )
    note = forms.CharField(
        label=_("A note to the buyer, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DenyForm(forms.Form):
    """A transfer that the shop does not find; the buyer reads the note."""

    note = forms.CharField(
        label=_("A note to the buyer, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GivenBackForm(forms.Form):
    """How a shop gave money back; the buyer reads it."""

    how = forms.CharField(
        label=_("How did you give it back?"),
        help_text=_("For example: in cash on Monday, or a transfer with its number."),
        max_length=200,
        error_messages={"required": _("Say how, so that the buyer can check it.")},
    )


class PayInForm(forms.Form):
    """A payment of a shop to the market that our team saw arrive."""

    payee = forms.IntegerField(
        label=_("Number of the shop's owner"),
        help_text=_("From the reference: 17 for SHOP-17."),
        min_value=1,
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in sorted(CURRENCIES)]
    )
    amount = MoneyField(label=_("Amount that arrived"))
    reference = forms.CharField(
        label=_("Reference at the bank"),
        help_text=_("Each one counts once."),
        max_length=60,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        code = str((data or {}).get("currency", "USD"))
        cast("MoneyField", self.fields["amount"]).currency = code if code in CURRENCIES else "USD"

    def clean_payee(self) -> Party:
        found = Payee.objects.select_related("party").filter(pk=self.cleaned_data["payee"]).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here has this number."))
        return found.party


class OfflineForm(forms.Form):
    """How a shop takes money itself: one part of its settings."""

    takes_cash = forms.BooleanField(
        label=_("Cash on delivery"),
        help_text=_("For parcels. You collect the money, or your courier does for you."),
        required=False,
    )
    cash_from = MoneyField(label=_("From an order of"), required=False)
    cash_up_to = MoneyField(label=_("Up to an order of"), required=False)
    takes_transfers = forms.BooleanField(
        label=_("Bank transfer or wallet"),
        help_text=_("Buyers transfer to you and upload the receipt; you look and confirm."),
        required=False,
    )
    account_holder = forms.CharField(
        label=_("Name of the account's holder"), max_length=120, required=False
    )
    bank_name = forms.CharField(label=_("Bank or wallet"), max_length=120, required=False)
    account = forms.CharField(
        label=_("IBAN, account number or wallet number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    transfer_note = forms.CharField(label=_("A note beside it"), max_length=300, required=False)

    def __init__(self, *args: Any, shop: Shop, actor: Any = None, **options: Any) -> None:
        self.shop, self.actor = shop, actor
        options.setdefault("initial", _as_typed(shop))
        super().__init__(*args, **options)
        for name in ("cash_from", "cash_up_to"):
            cast("MoneyField", self.fields[name]).currency = shop.currency

    def clean_account(self) -> str:
        """An IBAN is checked to its last digit; other numbers only for what they are made of."""
        written = str(self.cleaned_data["account"]).translate(EASTERN).upper()
        plain = re.sub(r"[\s\u200e\u200f]", "", written)
        if IBAN_LIKE.match(plain):
            if not iban.is_valid(plain):
                raise forms.ValidationError(_("A digit of this IBAN is wrong. Compare it, please."))
        elif plain and not NUMBER_LIKE.match(plain):
            raise forms.ValidationError(_("This does not look like an account or a wallet."))
        return plain

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        least, most = data.get("cash_from"), data.get("cash_up_to")
        if least and most and most < least:
            self.add_error("cash_up_to", _("This is less than the amount before it."))
        if data.get("takes_transfers") and not self.errors:
            for name in ("account_holder", "account"):
                if not data.get(name):
                    self.add_error(name, _("Buyers need this to transfer to you."))
        return data

    def save(self) -> None:
        data = self.cleaned_data
        change_offline_terms(
            shop=self.shop,
            cash=CashTerms(
                is_on=data["takes_cash"], least=data["cash_from"], most=data["cash_up_to"]
            ),
            transfers=TransferTerms(
                is_on=data["takes_transfers"],
                holder=data["account_holder"],
                bank=data["bank_name"],
                account=data["account"],
                note=data["transfer_note"],
            ),
            actor=self.actor,
        )


def _as_typed(shop: Shop) -> dict[str, Any]:
    terms = terms_of(shop)
    if terms is None:
        return {}
    return {
        "takes_cash": terms.takes_cash,
        "cash_from": _money(terms.cash_from_minor, shop),
        "cash_up_to": _money(terms.cash_up_to_minor, shop),
        "takes_transfers": terms.takes_transfers,
        "account_holder": terms.account_holder,
        "bank_name": terms.bank_name,
        "account": terms.account,
        "transfer_note": terms.transfer_note,
    }


def _money(minor: int | None, shop: Shop) -> Money | None:
    return None if minor is None else Money(minor, shop.currency)
