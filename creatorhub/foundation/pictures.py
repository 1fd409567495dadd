"""Pictures from outside: checked before they are decoded, then drawn anew.

Owns: which files are pictures, how big one may be, and that nothing but pixels survives:
no EXIF, no GPS, no second file hidden behind the first.
"""

from __future__ import annotations

import io
import secrets
import warnings
from dataclasses import dataclass
from typing import IO

import pillow_heif
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

# pillow_heif decodes what iPhones send; Pillow itself reads the rest.
pillow_heif.register_heif_opener()
Image.init()

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000  # phones' 48-megapixel pictures pass
LONGEST_SIDE = 2000
QUALITY = 84

_TOO_BIG = _("This file is larger than 10 MB. Choose a smaller picture.")
_TOO_MANY_PIXELS = _("This picture has more than 50 megapixels. Choose a smaller one.")
_NOT_A_PICTURE = _("This is not a picture we can read. Use JPEG, PNG, GIF, WebP, AVIF or HEIC.")
_DAMAGED = _("This picture is damaged. Try saving or taking it again.")
_EMPTY = _("This file is empty.")


class PictureError(ValueError):
    """A file that cannot become a picture. The message is a sentence for whoever sent it."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that is safe to keep: WebP, upright, without metadata, named at random."""

    content: ContentFile[bytes]
    width: int
    height: int
    image: Image.Image


def clean_picture(*, file: File[bytes] | IO[bytes] | bytes) -> CleanPicture:
    """The picture drawn anew, at most 2000 px on its longest side. PictureError says why not."""
    data = _read(file)
    image = _decode(data)
    return encode(image=image)


def encode(*, image: Image.Image) -> CleanPicture:
    """Pixels as a WebP file with a random name."""
    target = io.BytesIO()
    image.save(target, "WEBP", quality=QUALITY, method=3)
    content = ContentFile(target.getvalue(), name=f"{secrets.token_hex(12)}.webp")
    return CleanPicture(content=content, width=image.width, height=image.height, image=image)


def _read(file: File[bytes] | IO[bytes] | bytes) -> bytes:
    data = file if isinstance(file, bytes) else file.read(MAX_BYTES + 1)
    if not data:
        raise PictureError(_EMPTY)
    if len(data) > MAX_BYTES:
        raise PictureError(_TOO_BIG)
    return data


def _decode(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow warns at its own limit, which is above ours.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            source = Image.open(io.BytesIO(data), formats=FORMATS)
            if source.width * source.height > MAX_PIXELS:
                raise PictureError(_TOO_MANY_PIXELS)
            return _upright(source)
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise PictureError(_NOT_A_PICTURE) from error
    except Exception as error:  # Decoders raise anything at all on damaged files.
        raise PictureError(_DAMAGED) from error


def _upright(source: ImageFile.ImageFile) -> Image.Image:
    """The first frame, turned as the camera was held, small enough, in plain colours."""
    source.seek(0)
    # JPEG decodes straight to a smaller size: a 48-megapixel photo then needs a quarter of memory.
    source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    source.load()
    image = ImageOps.exif_transpose(source)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    plain = image.convert("RGBA" if has_alpha else "RGB")
    # A new image carries no EXIF, no profile and no text chunks along.
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean
