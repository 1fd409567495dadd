"""Which postings of an account staff want to see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.ledger.browse import Filter, kinds_of_entries
from creatorhub.payouts.explain import entry_name


class FilterForm(forms.Form):
    """Typed into the address, so that a filtered page can be sent to a colleague."""

    first_on = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    # Also a kind that nothing has been of yet: the address then finds nothing, not everything.
    kind = forms.CharField(
        label=_("What happened"), required=False, max_length=40, widget=forms.Select
    )
    order = forms.CharField(label=_("Order"), required=False, max_length=60)
    payee = forms.CharField(label=_("Number of the payee"), required=False, max_length=20)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = sorted(
            ((kind, entry_name(kind)) for kind in kinds_of_entries()), key=lambda k: k[1]
        )
        widget: Any = self.fields["kind"].widget
        widget.choices = [("", _("Everything")), *kinds]

    def wanted(self) -> Filter:
        """The filter as far as it is understood; a field with a mistake filters nothing."""
        self.is_valid()
        typed = self.cleaned_data
        order = typed.get("order") or ""
        return Filter(
            first_on=typed.get("first_on"),
            last_on=typed.get("last_on"),
            kind=typed.get("kind") or "",
            reference=f"order:{order}" if order else "",
            owner=typed.get("payee") or "",
        )

    @property
    def is_filtering(self) -> bool:
        return self.wanted() != Filter()
