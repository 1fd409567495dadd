"""From a listing's words and its shop's colour to a picture."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from PIL import Image

from creatorhub.operations.demo_market.drawings import (
    things_of_clay,
    things_of_paper,
    things_of_thread,
)
from creatorhub.operations.demo_market.drawings.stage import SIZE, Stage, set_stage

PICTURE_SIZE = 1200

View = tuple[float, float, float, float]
WHOLE: View = (0, 0, SIZE, SIZE)
VIEWS: list[View] = [WHOLE, (280, 240, 1120, 1080), (480, 480, 1100, 1100)]

Motif = Callable[[Stage, list[str]], None]
MOTIFS: dict[str, Motif] = {
    motif.__name__: motif
    for motif in (
        things_of_paper.book,
        things_of_paper.notebook,
        things_of_paper.poster,
        things_of_paper.cards,
        things_of_paper.screen,
        things_of_paper.box,
        things_of_clay.mug,
        things_of_clay.pot,
        things_of_clay.bowl,
        things_of_clay.jar,
        things_of_clay.candle,
        things_of_clay.lamp,
        things_of_clay.plant,
        things_of_clay.bag,
        things_of_thread.tote,
        things_of_thread.cloth,
        things_of_thread.hoop,
        things_of_thread.cushion,
        things_of_thread.tassel,
        things_of_thread.ring,
        things_of_thread.pen,
        things_of_thread.tile,
        things_of_thread.vinyl,
    )
}


def draw_still_life(*, motif: str, title: str, brand: str, view: View = WHOLE) -> bytes:
    """A JPEG of 1200 × 1200. The same words and colour always give the same picture."""
    stage = set_stage(brand, zlib.crc32(title.encode()))
    MOTIFS[motif](stage, _cover_words(title))
    size = (PICTURE_SIZE, PICTURE_SIZE)
    small = stage.image.resize(size, Image.Resampling.LANCZOS, box=view)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _cover_words(title: str) -> list[str]:
    """The first two words worth printing on a cover."""
    words = [word.strip(":«»،,.“”") for word in title.split()]
    long_enough = [word for word in words if len(word) > 2]
    return (long_enough or words)[:2]
