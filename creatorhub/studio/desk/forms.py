"""What staff decide with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.models import PlatformPolicy
from creatorhub.money import CURRENCIES, Money, MoneyError

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


FEE_BEARERS = (("market", _("The market")), ("shop", _("The shop")))
NEED_OF_FACTOR = (
    ("", _("Needed in a real market, not in the sandbox")),
    ("True", _("Always needed")),
    ("False", _("Never needed")),
)


class DecisionForm(forms.Form):
    """The words that go with a decision; the shop and the reporter read them."""

    note = forms.CharField(
        label=_("Why? The shop reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that the shop understands it.")},
    )


class OutcomeForm(forms.Form):
    """How a payment that was put aside was settled."""

    outcome = forms.CharField(
        label=_("What was done about it?"),
        max_length=200,
        error_messages={"required": _("Say what was done, so that others can follow it.")},
    )


def _days(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=1, max_value=180)


class PolicyForm(forms.Form):
    """The numbers of the instance. Rates are typed in percent and kept in basis points."""

    platform_fee = forms.DecimalField(
        label=_("Fee of the market, %"),
        help_text=_("Taken from each item, never from shipping. New sales only."),
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(50)],
    )
    default_commission = forms.DecimalField(
        label=_("Suggested commission for affiliates, %"),
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(90)],
    )
    attribution_window_days = forms.IntegerField(
        label=_("Days a click may still earn"), min_value=1, max_value=90
    )
    refund_window_days = _days(
        _("Days a buyer may ask for their money back"), _("The suggestion for new shops.")
    )
    refund_answer_days = _days(_("Days a shop has to answer a buyer"), _("Then our team decides."))
    escalation_answer_days = _days(_("Days our team has to decide between a buyer and a shop"))
    unsent_grace_days = _days(
        _("Days after the reminder until an unsent order is given back"),
    )
    transfer_pay_days = _days(_("Days a buyer has to transfer"), _("Then the order ends."))
    transfer_confirm_days = _days(_("Days a shop has to look whether a transfer arrived"))
    cash_confirm_days = _days(
        _("Days after sending until a shop says whether it was paid at the door")
    )
    shop_debt_days = _days(
        _("Days a shop may owe what it collected itself"),
        _("Then it takes cards only, until it has settled."),
    )
    pay_in_details = forms.CharField(
        label=_("Where shops transfer what they owe"),
        help_text=_("Shown to shops that owe; empty: they settle with their next sales only."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    minimum_hold_days = _days(_("Days money is held at least"))
    ship_within_days = _days(_("Days to send an order"), _("The suggestion for new shops."))
    checkout_minutes = forms.IntegerField(
        label=_("Minutes to pay before an order closes"), min_value=30, max_value=1420
    )
    payout_weekday = forms.TypedChoiceField(
        label=_("Day of the weekly payout"), choices=WEEKDAYS, coerce=int
    )
    appeal_answer_days = _days(_("Days our team has to answer whoever appeals"))
    change_guard_hours = forms.IntegerField(
        label=_("Hours payouts wait after an account changed"),
        help_text=_("Where the money goes, the e-mail address, the second factor."),
        min_value=1,
        max_value=720,
    )
    processor_fee_bearer = forms.ChoiceField(
        label=_("Who bears the payment provider's fee"),
        help_text=_("What it keeps of each payment. Several shops of one order share it."),
        choices=FEE_BEARERS,
    )
    dispute_fee_bearer = forms.ChoiceField(
        label=_("Who bears the bank's fee of a lost dispute"), choices=FEE_BEARERS
    )
    payouts_need_second_factor = forms.TypedChoiceField(
        label=_("Second factor before a payout"),
        choices=NEED_OF_FACTOR,
        coerce=lambda typed: typed == "True",
        empty_value=None,
        required=False,
    )

    def __init__(self, data: Any = None, *, policy: PlatformPolicy) -> None:
        super().__init__(data, initial=_as_typed(policy))
        self.policy = policy

    def changes(self) -> dict[str, Any]:
        """The fields of the policy that differ from what is in force."""
        wanted = {
            name: self.cleaned_data[name] for name in self.fields if hasattr(self.policy, name)
        }
        wanted["platform_fee_bps"] = int(self.cleaned_data["platform_fee"] * 100)
        wanted["default_commission_bps"] = int(self.cleaned_data["default_commission"] * 100)
        return {
            name: value for name, value in wanted.items() if getattr(self.policy, name) != value
        }


class PayoutMinimumForm(forms.Form):
    """The smallest payout in one currency, typed in its major units."""

    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in sorted(CURRENCIES)]
    )
    amount = forms.DecimalField(label=_("Smallest payout"), min_value=0, max_digits=12)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                cleaned["money"] = Money.from_decimal(cleaned["amount"], cleaned["currency"])
            except MoneyError:
                self.add_error("amount", _("This currency has no such small coins."))
        return cleaned

    def changes(self, policy: PlatformPolicy) -> dict[str, Any]:
        """The policy's table with this currency changed."""
        money: Money = self.cleaned_data["money"]
        table = dict(policy.payout_minimum_minor) | {money.currency: money.minor}
        return {"payout_minimum_minor": table}


def _as_typed(policy: PlatformPolicy) -> dict[str, Any]:
    names = [name for name in PolicyForm.base_fields if hasattr(policy, name)]
    typed = {name: getattr(policy, name) for name in names}
    # A rate in basis points is a percentage with two decimals.
    typed["platform_fee"] = _percent(policy.platform_fee_bps)
    typed["default_commission"] = _percent(policy.default_commission_bps)
    needs = policy.payouts_need_second_factor
    typed["payouts_need_second_factor"] = "" if needs is None else str(needs)
    return typed


def _percent(rate_bps: int) -> str:
    whole, rest = divmod(rate_bps, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
