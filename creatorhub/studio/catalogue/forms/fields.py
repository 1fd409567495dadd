"""Fields for amounts, tags, colours and several files."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from creatorhub.money import Money, MoneyError

_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
LARGEST = Decimal("9999999999.99")


class MoneyField(forms.CharField):
    """An amount in one currency, typed as people type: 79, 1,250.50, ٧٩٫٥٠. Cleans to Money."""

    default_error_messages = {
        "invalid": _("Write an amount like 79 or 79.50."),
        "negative": _("An amount cannot be below zero."),
        "too_fine": _("This is finer than the smallest amount of the shop's currency."),
        "too_large": _("This amount is too large."),
    }

    def __init__(self, *, currency: str = "USD", **options: Any) -> None:
        super().__init__(max_length=24, **options)
        self.currency = currency
        self.widget.attrs |= {"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Whole amounts without their decimals, as prices are shown."""
        if not isinstance(value, Money):
            return value
        amount = value.to_decimal()
        return str(amount.to_integral_value() if amount == amount.to_integral_value() else amount)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self._money(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or ""))

    def _money(self, text: str) -> Money:
        plain = text.translate(_EASTERN).replace(" ", "").replace("\u00a0", "")
        if "," in plain and "." not in plain and len(plain.rpartition(",")[2]) != 3:
            plain = plain.replace(",", ".")
        try:
            amount = Decimal(plain.replace(",", ""))
        except InvalidOperation:
            raise self._error("invalid") from None
        if not amount.is_finite():
            raise self._error("invalid")
        if amount < 0:
            raise self._error("negative")
        if amount > LARGEST:
            raise self._error("too_large")
        try:
            return Money.from_decimal(amount, self.currency)
        except MoneyError:
            raise self._error("too_fine") from None

    def _error(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)


class TagsField(forms.CharField):
    """Words between commas, Latin or Arabic. Cleans to a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        return [tag.strip() for tag in text.replace("،", ",").split(",") if tag.strip()]


class FilesInput(forms.ClearableFileInput):
    """One input, several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. Cleans to a list of them."""

    widget = FilesInput
    default_error_messages = {
        "too_many": _("Choose at most %(most)s at once."),
    }

    def __init__(self, *, most: int = 10, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        files: list[UploadedFile[bytes]] = [file for file in data or [] if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most:
            raise forms.ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": self.most}
            )
        return files


SWATCHES = (
    ("#0f5a52", _("Deep green")),
    ("#1f4e8c", _("Blue")),
    ("#5b3a8e", _("Violet")),
    ("#a81c54", _("Rose")),
    ("#b4532a", _("Clay")),
    ("#8a6100", _("Ochre")),
    ("#3f6b2e", _("Olive")),
    ("#1c1a17", _("Ink")),
)


class ColourField(forms.ChoiceField):
    """One of our swatches, or the shop's own colour when it has another."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=SWATCHES, widget=forms.RadioSelect, **options)
        self.error_messages["invalid_choice"] = _("Choose one of the colours.")
