"""Only pixels survive: whatever else a file carries is refused or left behind."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image

from creatorhub.foundation.pictures import LONGEST_SIDE, MAX_BYTES, PictureError, clean_picture

GPS_TAG, ORIENTATION_TAG = 0x8825, 0x0112


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **save: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#b4532a").save(target, kind, **save)
    return target.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than its few bytes hold: a bomb."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def reread(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(clean_picture(file=data).content.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_every_allowed_kind_becomes_webp_with_a_name_of_ours(kind: str) -> None:
    clean = clean_picture(file=picture(kind))

    assert Image.open(clean.content).format == "WEBP"
    assert (clean.width, clean.height) == (60, 40)
    assert clean.content.name != clean_picture(file=picture(kind)).content.name
    assert str(clean.content.name).endswith(".webp")


def test_what_iphones_send_is_read() -> None:
    target = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "#225544")).save(target)

    assert clean_picture(file=target.getvalue()).width == 64


def test_forty_eight_megapixels_are_shrunk_not_refused() -> None:
    clean = clean_picture(file=picture(size=(8000, 6000)))

    assert (clean.width, clean.height) == (LONGEST_SIDE, 1500)


def test_where_and_how_it_was_taken_is_forgotten_but_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 6
    exif.get_ifd(GPS_TAG)[1] = "N"
    image = reread(picture(exif=exif.tobytes()))

    assert image.size == (40, 60)
    assert not dict(image.getexif())
    assert not image.info.get("icc_profile")


def test_a_second_file_behind_the_first_is_left_behind() -> None:
    hidden = b"PK\x03\x04<script>alert(1)</script>"
    clean = clean_picture(file=picture() + hidden)
    text = Image.new("RGB", (9, 9))
    target = io.BytesIO()
    text.save(target, "PNG")

    assert b"script" not in clean.content.read()
    assert b"PK\x03\x04" not in clean.content.read()


def test_transparency_survives_and_animations_keep_their_first_frame() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(target, "PNG")
    assert clean_picture(file=target.getvalue()).image.mode == "RGBA"
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    assert clean_picture(file=target.getvalue()).image.getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"hello", id="words"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", id="svg"),
        pytest.param(b"<html><script>alert(1)</script>", id="html"),
        pytest.param(b"GIF89a/*<script>alert(1)</script>*/", id="gif and script"),
        pytest.param(b"\xff\xd8\xff\xe0<script>alert(1)</script>", id="jpeg and script"),
        pytest.param(b"%PDF-1.4\n", id="pdf"),
        pytest.param(b"BM" + b"\0" * 60, id="bmp"),
        pytest.param(b"\0\0\1\0\1\0" + b"\0" * 40, id="icon"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n", id="postscript"),
        pytest.param(picture("TIFF"), id="tiff"),
        pytest.param(picture("PPM"), id="ppm"),
        pytest.param(picture()[:200], id="cut off"),
        pytest.param(picture("PNG")[:40], id="cut off png"),
        pytest.param(png_that_says(100_000, 100_000), id="bomb of ten thousand megapixels"),
        pytest.param(png_that_says(8000, 8000), id="bomb just above the limit"),
        pytest.param(png_that_says(0, 10), id="no width"),
        pytest.param(b"\xff\xd8\xff" + b"\0" * MAX_BYTES, id="eleven megabytes"),
        pytest.param(b"RIFF\x10\0\0\0WEBPVP8 ", id="empty webp"),
        pytest.param(b"\0\0\0\x18ftypheic" + b"\0" * 30, id="empty heic"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(PictureError, match=r"\.$"):
        clean_picture(file=data)
