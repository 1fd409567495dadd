"""What can be asked of the sandbox."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.payments.models import SandboxControls


class CardForm(forms.Form):
    """Which play card the buyer holds; the card decides what happens."""

    WORKS = "works"
    ASKS = "asks"
    DECLINED = "declined"

    CARDS = (
        (WORKS, _("A card that works")),
        (ASKS, _("A card whose bank asks you to confirm")),
        (DECLINED, _("A card that is declined")),
    )

    card = forms.ChoiceField(
        choices=CARDS, error_messages={"required": _("Choose one of the cards.")}
    )


class DaysForm(forms.Form):
    """How many days to let pass."""

    days = forms.TypedChoiceField(choices=[(1, "1"), (7, "7"), (30, "30")], coerce=int)


class BehaviourForm(forms.ModelForm[SandboxControls]):
    """How the sandbox's bank behaves."""

    class Meta:
        model = SandboxControls
        fields = ["refuses_refunds", "refuses_transfers", "holds_events"]
        labels = {
            "refuses_refunds": _("The buyer's bank sends refunds back"),
            "refuses_transfers": _("The payee's bank sends payouts back"),
            "holds_events": _("News about payments is held back"),
        }
        help_texts = {
            "holds_events": _("Until you deliver it below. Payments still complete on return."),
        }
