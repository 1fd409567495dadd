"""What a creator fills in to give money back: which lines, how much of each, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import reason
from creatorhub.sales.parts import Part
from creatorhub.studio.catalogue.forms.fields import MoneyField
from creatorhub.studio.orders.forms import LinesForm
from creatorhub.studio.orders.selectors import LineView

REFUND_REASONS = (
    "buyer_changed_mind",
    "item_unavailable",
    "damaged",
    "not_as_described",
    "wrong_item",
    "not_arrived",
    "goodwill",
)


class Row(NamedTuple):
    """One line of the form, with its fields. `restock` is None where nothing is counted."""

    line: LineView
    is_chosen: bool
    pieces: Any
    amount: Any
    restock: Any


class RefundForm(LinesForm):
    """`lines` says which; `pieces_<line>` or `amount_<line>` how much of it, else all that is left.

    `restock_<line>` yes or no: whether those pieces can be sold again; unsaid: if they never left.
    """

    reason_code = forms.ChoiceField(
        label=_("Why?"),
        widget=forms.RadioSelect,
        choices=[(code, reason(code).text) for code in REFUND_REASONS],
        error_messages={"required": _("Choose why the money goes back.")},
    )
    note = forms.CharField(
        label=_("A note to the buyer, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, lines: Sequence[LineView], **kwargs: Any) -> None:
        super().__init__(*args, lines=lines, **kwargs)
        self.offered = list(lines)
        for line in self.offered:
            left = line.line.pieces_left
            self.fields[f"pieces_{line.line.pk}"] = forms.IntegerField(
                required=False, min_value=1, max_value=left
            )
            self.fields[f"amount_{line.line.pk}"] = MoneyField(
                required=False, currency=line.paid.currency
            )
            self.fields[f"restock_{line.line.pk}"] = forms.ChoiceField(
                required=False, choices=[("", ""), ("yes", _("Yes")), ("no", _("No"))]
            )

    def rows(self) -> list[Row]:
        """Each line that can go back."""
        chosen = self["lines"].value() or []
        return [self._row(line, line.pk_text in chosen) for line in self.offered]

    def parts(self) -> list[Part]:
        """What was chosen, as the refund itself is told."""
        return [self._part(pk) for pk in self.line_ids()]

    def _row(self, line: LineView, is_chosen: bool) -> Row:
        pk = line.line.pk
        counted = line.fulfilment is not None
        return Row(
            line=line,
            is_chosen=is_chosen,
            pieces=self[f"pieces_{pk}"] if line.line.pieces_left > 1 else None,
            amount=self[f"amount_{pk}"],
            restock=self[f"restock_{pk}"] if counted else None,
        )

    def _part(self, pk: int) -> Part:
        restock = self.cleaned_data[f"restock_{pk}"]
        return Part(
            pk,
            quantity=self.cleaned_data[f"pieces_{pk}"],
            amount=self.cleaned_data[f"amount_{pk}"],
            restock=restock == "yes" if restock else None,
        )
