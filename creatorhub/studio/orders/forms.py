"""What a creator fills in about an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.studio.orders.selectors import LineView


class LinesForm(forms.Form):
    """Some or all lines of one sale. Only ids of the lines it was given are accepted."""

    lines = forms.MultipleChoiceField(
        label=_("Items"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one item.")},
    )

    def __init__(self, *args: Any, lines: Sequence[LineView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [  # type: ignore[attr-defined]  # MultipleChoiceField's own
            (str(line.line.pk), line.line.title) for line in lines
        ]

    def line_ids(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["lines"]]


class SendForm(LinesForm):
    """How it travels. Everything but the items is optional."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=80, required=False)
    tracking_url = forms.URLField(
        label=_("Tracking address"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
    )
