"""Pictures that come through Wagtail's editor take the same way in as all others."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from creatorhub.foundation.pictures import PictureError, clean_picture


class CleanImageForm(BaseImageForm):
    """Wagtail's picture form; what it saves was drawn anew by `clean_picture`."""

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if not file or "file" not in self.changed_data:
            return file
        file.seek(0)
        try:
            clean = clean_picture(file=file)
        except PictureError as error:
            self.add_error("file", str(error))
            return file
        upload = SimpleUploadedFile(str(clean.content.name), clean.content.read(), "image/webp")
        upload.image = clean.image  # type: ignore[attr-defined]  # what Django's ImageField adds
        return upload

    def clean_title(self) -> str:
        title: str = self.cleaned_data.get("title") or ""
        return title.strip() or str(_("Picture"))
