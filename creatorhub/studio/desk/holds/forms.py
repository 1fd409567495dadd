"""What staff decide a freeze, its end and an appeal with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.clock import today
from creatorhub.foundation.policy import policy
from creatorhub.foundation.reasons import reason
from creatorhub.payouts.reasons import FREEZE_REASONS


class FreezeForm(forms.Form):
    """Why money waits, in whose words, and until when we answer."""

    reason_code = forms.ChoiceField(
        label=_("Why?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why. The person reads it.")},
    )
    note = forms.CharField(
        label=_("In your own words"),
        help_text=_("The person reads this too: what happened, and what would end it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why in your own words. The person reads them.")},
    )
    until_on = forms.DateField(
        label=_("We answer by"),
        help_text=_("Nothing ends by itself on this day; you are reminded of it."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose a day."), "invalid": _("This is not a day.")},
    )

    def __init__(self, data: Any = None) -> None:
        days = dt.timedelta(days=policy().appeal_answer_days)
        super().__init__(data, initial={"until_on": (today() + days).isoformat()})
        self.fields["reason_code"].choices = [  # type: ignore[attr-defined]  # ChoiceField's own
            (code, reason(code).text) for code in FREEZE_REASONS
        ]

    def decision(self) -> dict[str, Any]:
        """As the services take it; the day counts to its end."""
        return {
            "reason_code": self.cleaned_data["reason_code"],
            "note": self.cleaned_data["note"],
            "until": dt.datetime.combine(
                self.cleaned_data["until_on"], dt.time(23, 59), tzinfo=dt.UTC
            ),
        }


class EndForm(forms.Form):
    """Why money waits no longer."""

    outcome = forms.CharField(
        label=_("What did you find? The person reads this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what you found. The person reads it.")},
    )


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why. The person reads it.")},
    )


class FindForm(forms.Form):
    """Whom, or which order, to look for."""

    q = forms.CharField(
        label=_("Name, e-mail address or order number"), max_length=80, required=False
    )
