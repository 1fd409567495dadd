"""Pictures that come through Wagtail's editor take the same way in as all others."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from creatorhub.foundation.pictures import PictureError, clean_picture


class PictureField(WagtailImageField):
    """Wagtail's field, with an answer for files that its decoders stumble over."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # Decoders raise anything at all on damaged files.
            raise ValidationError(
                _("This is not a picture we can read. Use JPEG, PNG, GIF, WebP, AVIF or HEIC.")
            ) from error


class CleanImageForm(BaseImageForm):
    """Wagtail's picture form; what it saves was drawn anew by `clean_picture`."""

    file = PictureField(label=gettext_lazy("File"), widget=BaseImageForm.Meta.widgets["file"])

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if not file or "file" not in self.changed_data:
            return file
        file.seek(0)
        try:
            clean = clean_picture(file=file)
        except PictureError as error:
            # Raised, not added: a field that is left in cleaned_data reaches Pillow undecoded.
            raise ValidationError(str(error)) from error
        upload = SimpleUploadedFile(str(clean.content.name), clean.content.read(), "image/webp")
        upload.image = clean.image  # type: ignore[attr-defined]  # what Django's ImageField adds
        return upload

    def clean_title(self) -> str:
        title: str = self.cleaned_data.get("title") or ""
        return title.strip() or str(_("Picture"))
