"""How staff decide between a buyer and a shop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.money import Money
from creatorhub.sales.models import RefundRequest
from creatorhub.sales.parts import Part
from creatorhub.sales.refund_rights import Right
from creatorhub.studio.catalogue.forms.fields import MoneyField

ALL, SOME, NOTHING = "all", "some", "nothing"


class DecideForm(forms.Form):
    """All that was asked, an amount per line (`amount_<line>`), or nothing; always with words."""

    decision = forms.ChoiceField(
        label=_("Decide"),
        widget=forms.RadioSelect,
        choices=[
            (ALL, _("Give back all that was asked for")),
            (SOME, _("Give back these amounts")),
            (NOTHING, _("Give back nothing")),
        ],
        error_messages={"required": _("Choose what happens.")},
    )
    note = forms.CharField(
        label=_("Why? Both sides read this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why, so that both sides understand it.")},
    )

    def __init__(self, data: Any = None, *, rights: Sequence[Right], asked: RefundRequest) -> None:
        super().__init__(data)
        self.left = [right for right in rights if right.worth]
        asked_for = {row.sale_line_id: row.amount for row in asked.lines.all()}
        for right in self.left:
            self.fields[f"amount_{right.line.pk}"] = MoneyField(
                required=False,
                currency=asked.sale.currency,
                initial=asked_for.get(right.line.pk),
            )

    def rows(self) -> list[tuple[Right, Any]]:
        """Each line of which something is left, with its amount."""
        return [(right, self[f"amount_{right.line.pk}"]) for right in self.left]

    @property
    def gives_back(self) -> bool:
        return bool(self.cleaned_data["decision"] != NOTHING)

    def parts(self) -> list[Part]:
        """The amounts that were typed; none when all that was asked goes back."""
        if self.cleaned_data["decision"] != SOME:
            return []
        return [Part(pk, amount=amount) for pk, amount in self._amounts().items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("decision") == SOME and not self._amounts():
            raise forms.ValidationError(_("Write at least one amount."))
        return cleaned

    def _amounts(self) -> dict[int, Money]:
        typed = {right.line.pk: self.cleaned_data[f"amount_{right.line.pk}"] for right in self.left}
        return {pk: amount for pk, amount in typed.items() if amount}
