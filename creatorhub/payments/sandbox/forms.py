"""What can be asked of the sandbox."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.payments.models import SandboxCheckout, SandboxControls, SandboxDispute


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
        fields = [
            "refuses_refunds",
            "refuses_transfers",
            "refuses_reversals",
            "loses_answers",
            "holds_events",
        ]
        labels = {
            "refuses_refunds": _("The buyer's bank sends refunds back"),
            "refuses_transfers": _("The payee's bank sends payouts back"),
            "refuses_reversals": _("Money that was paid out cannot be taken back"),
            "loses_answers": _("Answers about payouts get lost on the way"),
            "holds_events": _("News about payments is held back"),
        }
        help_texts = {
            "holds_events": _("Until you deliver it below. Payments still complete on return."),
        }


class DisputeForm(forms.Form):
    """Which buyer complains to their bank, about what, and how much of it."""

    REASONS = (
        ("product_not_received", _("It never came")),
        ("product_unacceptable", _("It is not what was promised")),
        ("fraudulent", _("Somebody else used the card")),
        ("duplicate", _("It was paid twice")),
    )
    INQUIRY = "inquiry"
    KINDS = (
        ("100", _("The bank takes all of the money back")),
        ("50", _("The bank takes half of the money back")),
        (INQUIRY, _("The bank only asks what happened")),
    )
    PAYMENTS = 50

    payment = forms.ChoiceField(label=_("Payment of order"))
    reason = forms.ChoiceField(label=_("What the buyer says"), choices=REASONS)
    kind = forms.ChoiceField(
        label=_("What the bank does"), choices=KINDS, initial="100", widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        paid = SandboxCheckout.objects.filter(state=SandboxCheckout.State.PAID).order_by("-id")
        self.fields["payment"].choices = [  # type: ignore[attr-defined]  # ChoiceField's own
            (row.payment_id, f"{row.request['reference']} · {row.request['email']}")
            for row in paid[: self.PAYMENTS]
        ]

    @property
    def is_inquiry(self) -> bool:
        return bool(self.cleaned_data["kind"] == self.INQUIRY)

    @property
    def share_percent(self) -> int:
        return 100 if self.is_inquiry else int(self.cleaned_data["kind"])


class DecideForm(forms.Form):
    """What the bank decides."""

    state = forms.ChoiceField(
        choices=[
            (state, state)
            for state in (
                SandboxDispute.State.NEEDS_RESPONSE,
                SandboxDispute.State.WON,
                SandboxDispute.State.LOST,
                SandboxDispute.State.WITHDRAWN,
            )
        ]
    )
