"""What a buyer fills in to ask for money back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.sales.refund_rights import Right

WORDS = 1000
WHY = (
    ("buyer_changed_mind", _("I changed my mind")),
    ("damaged", _("It arrived damaged")),
    ("not_as_described", _("It is not as it was described")),
    ("wrong_item", _("Something else arrived")),
    ("not_arrived", _("It has not arrived")),
    ("not_sent_in_time", _("It was not sent in time")),
    ("does_not_open", _("The file does not open")),
)
ABOUT_PARCELS = frozenset({"wrong_item", "not_arrived", "not_sent_in_time", "damaged"})


class RefundAskForm(forms.Form):
    """How many pieces of each line (`pieces_<line>`), why, and in whose words."""

    reason_code = forms.ChoiceField(
        label=_("Why?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why, so that the shop understands it.")},
    )
    note = forms.CharField(
        label=_("In your own words"),
        help_text=_("What happened? The shop reads it; our team too, if it has to decide."),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, rights: Sequence[Right]) -> None:
        super().__init__(data)
        self.open = [right for right in rights if right.is_open]
        has_parcels = any(hasattr(right.line.order_line, "fulfilment") for right in rights)
        has_files = any(hasattr(right.line.order_line, "grant") for right in rights)
        why: Any = self.fields["reason_code"]
        why.choices = [
            (code, words)
            for code, words in WHY
            if (has_parcels or code not in ABOUT_PARCELS) and (has_files or code != "does_not_open")
        ]
        for right in self.open:
            self.fields[self._name(right)] = forms.IntegerField(
                required=False, min_value=0, max_value=right.pieces
            )

    def rows(self) -> list[tuple[Right, Any]]:
        """Each line that can be asked for, with its field."""
        return [(right, self[self._name(right)]) for right in self.open]

    def pieces(self) -> dict[int, int]:
        """How many pieces of each line are asked for."""
        asked = {right.line.pk: self.cleaned_data[self._name(right)] for right in self.open}
        return {pk: quantity for pk, quantity in asked.items() if quantity}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.pieces():
            raise forms.ValidationError(_("Choose at least one item."))
        return cleaned

    @staticmethod
    def _name(right: Right) -> str:
        return f"pieces_{right.line.pk}"


class WordsForm(forms.Form):
    """A few words that go with a decision."""

    note = forms.CharField(
        label=_("What should our team know?"),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
