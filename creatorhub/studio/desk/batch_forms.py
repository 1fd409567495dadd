"""What staff write down about bank payments."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.pictures import PictureError, clean_picture
from creatorhub.foundation.reasons import reason
from creatorhub.payouts.services.settle_by_hand import RETURN_REASONS

LARGEST_PROOF = 10 * 1024 * 1024
PDF = b"%PDF-"


class PaidForm(forms.Form):
    """The bank's own word: its reference, and if there is one its slip."""

    reference = forms.CharField(
        label=_("The bank's reference"),
        max_length=120,
        error_messages={"required": _("Write the bank's reference, so that it can be found.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    proof = forms.FileField(
        label=_("Slip of the bank"),
        help_text=_("A picture or a PDF, up to 10 MB. Only staff see it."),
        required=False,
    )

    def clean_proof(self) -> ContentFile[bytes] | None:
        """A picture made anew, or a PDF as it is, under a name that nobody can guess."""
        given: UploadedFile[Any] | None = self.cleaned_data["proof"]
        if not given:
            return None
        if (given.size or 0) > LARGEST_PROOF:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        head = given.read(len(PDF))
        given.seek(0)
        if head == PDF:
            return ContentFile(given.read(), name=f"{secrets.token_hex(16)}.pdf")
        try:
            return clean_picture(file=given).content
        except PictureError as error:
            raise forms.ValidationError(str(error)) from error


class ReturnedForm(forms.Form):
    """Why the bank sent money back; the payee reads it."""

    reason_code = forms.ChoiceField(label=_("What does the bank say?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, str(reason(code).text)) for code in RETURN_REASONS]
        self.fields["reason_code"] = forms.ChoiceField(
            label=self.fields["reason_code"].label, choices=choices, widget=forms.RadioSelect
        )


class RefuseForm(forms.Form):
    """Why a batch does not go out."""

    note = forms.CharField(
        label=_("Why does it not go out? Your colleagues read this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why, so that your colleagues can mend it.")},
    )
