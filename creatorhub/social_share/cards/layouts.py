"""The three cards: preview 1200 x 630, square 1080 x 1080, story 1080 x 1920."""

from __future__ import annotations

import io
from collections.abc import Callable

import segno
from PIL import Image, ImageDraw, ImageOps

from creatorhub.foundation.colour import INK
from creatorhub.social_share.cards.facts import CardFacts
from creatorhub.social_share.cards.pen import BOLD, HEAVY, REGULAR, Pen, writable
from creatorhub.social_share.models import ShareCard

PAPER = "#fbfaf8"
MUTED = "#655f57"
LARGEST_BYTES = 280 * 1024  # WhatsApp shows no picture above 300 KB.

Kind = ShareCard.Kind
SIZES = {Kind.PREVIEW: (1200, 630), Kind.SQUARE: (1080, 1080), Kind.STORY: (1080, 1920)}


def draw(facts: CardFacts, photo: Image.Image | None) -> bytes:
    """The card as JPEG, a preview at most 280 KB. Without a photo there is the shop's colour."""
    width, height = SIZES[Kind(facts.kind)]
    card = Image.new("RGB", (width, height), PAPER)
    pen = Pen(ImageDraw.Draw(card), facts.is_rtl)
    _LAYOUTS[Kind(facts.kind)](card, pen, facts, photo)
    return _as_jpeg(card, LARGEST_BYTES if facts.kind == Kind.PREVIEW else None)


def _preview(card: Image.Image, pen: Pen, facts: CardFacts, photo: Image.Image | None) -> None:
    side, frame = 566, 32
    at = frame if facts.is_rtl else card.width - frame - side
    _paste(card, _picture(facts, photo, (side, side)), (at, frame), radius=36)
    start = card.width - 56 if facts.is_rtl else 56
    room = card.width - side - frame - 56 - 48
    _shop(pen, facts, start=start, base=108, room=room, size=36)
    _title(
        pen, facts, start=start, top=128, room=room, largest=68, smallest=40, lines=3, bottom=536
    )
    _price(pen, facts, start=start, base=512, size=68)
    pen.write_latin(start, 580, facts.host, 28, MUTED)


def _square(card: Image.Image, pen: Pen, facts: CardFacts, photo: Image.Image | None) -> None:
    card.paste(_picture(facts, photo, (card.width, 800)), (0, 0))
    pen.draw.rounded_rectangle([0, 716, card.width, card.height + 60], 48, fill=PAPER)
    start = card.width - 64 if facts.is_rtl else 64
    side = 200
    room = card.width - 128 - side - 48
    _shop(pen, facts, start=start, base=800, room=room, size=34)
    _title(
        pen, facts, start=start, top=812, room=room, largest=54, smallest=38, lines=2, bottom=1040
    )
    _price(pen, facts, start=start, base=card.height - 52, size=64)
    _paste_qr(card, facts, side, at=(64 if facts.is_rtl else card.width - 64 - side, 812))


def _story(card: Image.Image, pen: Pen, facts: CardFacts, photo: Image.Image | None) -> None:
    """The lowest 180 px stay clear for the apps' own bar."""
    photo_height = 1000
    card.paste(_picture(facts, photo, (card.width, photo_height)), (0, 0))
    start = card.width - 72 if facts.is_rtl else 72
    top, room = photo_height + 120, card.width - 144
    _shop(pen, facts, start=start, base=photo_height + 105, room=room, size=42)
    _title(
        pen, facts, start=start, top=top, room=room, largest=76, smallest=52, lines=2, bottom=1350
    )
    _price(pen, facts, start=start, base=1540, size=92)
    side = 220
    _paste_qr(card, facts, side, at=(72 if facts.is_rtl else card.width - 72 - side, 1370))
    pen.draw.rounded_rectangle([72, 1620, card.width - 72, 1736], 36, fill=facts.brand)
    pen.write_in_middle(card.width / 2, 1678, facts.call, 46, facts.on_brand)


_LAYOUTS: dict[ShareCard.Kind, Callable[[Image.Image, Pen, CardFacts, Image.Image | None], None]]
_LAYOUTS = {Kind.PREVIEW: _preview, Kind.SQUARE: _square, Kind.STORY: _story}


def _shop(pen: Pen, facts: CardFacts, *, start: int, base: int, room: int, size: int) -> None:
    block = pen.fit(facts.shop, room=room, largest=size, smallest=size - 8, lines=1)
    pen.write(start, base, block.lines[0], block.size, BOLD, facts.brand_ink)


def _title(
    pen: Pen,
    facts: CardFacts,
    *,
    start: int,
    top: int,
    room: int,
    largest: int,
    smallest: int,
    lines: int,
    bottom: int,
) -> None:
    block = pen.fit(facts.title, room=room, largest=largest, smallest=smallest, lines=lines)
    for number, line in enumerate(block.lines, start=1):
        base = top + block.size * 1.42 * number
        pen.write(start, base, line, block.size, HEAVY, INK)
    _lead(
        pen,
        facts,
        start=start,
        top=top + block.size * 1.42 * len(block.lines),
        room=room,
        size=smallest - 8,
        bottom=bottom,
    )


def _lead(
    pen: Pen, facts: CardFacts, *, start: int, top: float, room: int, size: int, bottom: int
) -> None:
    """At most two lines of it, as far as there is room above `bottom`."""
    lines = min(2, int((bottom - top - 16) / (size * 1.5)))
    if not facts.lead or lines < 1:
        return
    block = pen.fit(facts.lead, room=room, largest=size, smallest=26, lines=lines)
    for number, line in enumerate(block.lines, start=1):
        base = top + 16 + block.size * 1.5 * number
        pen.write(start, base, line, block.size, REGULAR, MUTED)


def _price(pen: Pen, facts: CardFacts, *, start: int, base: int, size: int) -> None:
    if not facts.price:
        return
    pen.write(start, base, facts.price, size, HEAVY, INK)
    if facts.compare_at:
        small = size // 2
        step = pen.width(facts.price, size, HEAVY) + 26
        at = start - step if facts.is_rtl else start + step
        pen.write(at, base, facts.compare_at, small, REGULAR, MUTED)
        pen.strike(at, base, pen.width(facts.compare_at, small, REGULAR), small, MUTED)


def _picture(facts: CardFacts, photo: Image.Image | None, size: tuple[int, int]) -> Image.Image:
    if photo is not None:
        return ImageOps.fit(photo.convert("RGB"), size, Image.Resampling.LANCZOS)
    panel = Image.new("RGB", size, facts.brand)
    pen = Pen(ImageDraw.Draw(panel), facts.is_rtl)
    initial = (writable(facts.title) or "·")[:1].upper()
    pen.write_in_middle(size[0] / 2, size[1] / 2, initial, min(size) // 2, facts.on_brand)
    return panel


def _paste(card: Image.Image, photo: Image.Image, at: tuple[int, int], *, radius: int) -> None:
    """With round corners, drawn at twice the size so that they are smooth."""
    width, height = photo.size
    mask = Image.new("L", (width * 2, height * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        [0, 0, width * 2 - 1, height * 2 - 1], radius * 2, fill=255
    )
    card.paste(photo, at, mask.resize((width, height), Image.Resampling.LANCZOS))


def _paste_qr(card: Image.Image, facts: CardFacts, side: int, *, at: tuple[int, int]) -> None:
    """Dark on white whatever the shop's colour is: scanners need the contrast."""
    out = io.BytesIO()
    segno.make(facts.qr_url, error="m", micro=False).save(
        out, kind="png", scale=8, border=2, dark=INK, light="#ffffff"
    )
    code = Image.open(out).convert("RGB").resize((side, side), Image.Resampling.NEAREST)
    _paste(card, code, at, radius=16)


def _as_jpeg(card: Image.Image, largest: int | None) -> bytes:
    """As good as fits into `largest` bytes."""
    data = b""
    for quality in (88, 80, 70, 60, 45):
        out = io.BytesIO()
        card.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        data = out.getvalue()
        if largest is None or len(data) <= largest:
            break
    return data
