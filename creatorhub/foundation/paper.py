"""Pages of paper in either direction: lines, columns, amounts, as a PDF file.

Owns: direction and shaping. Each line is ordered by the Unicode bidirectional algorithm, its runs
are shaped by HarfBuzz one by one, and set beside one another as they are read on the page.
Never: what the pages say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.conf import settings
from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from fpdf.line_break import Fragment

from creatorhub.foundation.assets_build.paper_fonts import BOLD, REGULAR, paper_font

WIDTH = 210.0  # A4 in millimetres
HEIGHT = 297.0
MARGIN = 18.0
INK = (28, 26, 23)
MUTED = (101, 95, 87)
LINE = (231, 226, 218)
# Characters that order a line and are not seen.
UNSEEN = frozenset("\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u200b")
LEADING = 0.62  # Millimetres of height for a point of size.

Side = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a line that is read in one direction."""

    text: str
    direction: TextDirection


def runs_of(text: str, *, is_rtl: bool) -> list[Run]:
    """The runs of a line as they stand from left to right, each in reading order."""
    base = TextDirection.RTL if is_rtl else TextDirection.LTR
    placed = BidiParagraph(text=text, base_direction=base).get_reordered_characters()
    runs = []
    for level, characters in groupby(placed, key=lambda character: character.embedding_level):
        seen = [c.character for c in characters if c.character not in UNSEEN]
        is_backwards = bool(level % 2)
        if seen:
            read = "".join(reversed(seen) if is_backwards else seen)
            runs.append(Run(read, TextDirection.RTL if is_backwards else TextDirection.LTR))
    return runs


class _Pdf(FPDF):
    """Sets a run as it is.

    fpdf2 would order it again and cut it wherever the script changes; a vowel mark belongs to no
    script, so it was parted from its letter, shaped alone and set beside it.
    """

    def _preload_bidirectional_text(self, text: str, markdown: bool) -> Sequence[Fragment]:
        if self.text_shaping:
            direction = self.text_shaping["direction"]
            self.text_shaping |= {"fragment_direction": direction, "paragraph_direction": direction}
        return (Fragment(text, self._get_current_graphics_state(), self.k),) if text else ()


class Paper:
    """A document that is written from the top down."""

    def __init__(self, *, is_rtl: bool, title: str, language: str) -> None:
        self.is_rtl = is_rtl
        self.pdf = _Pdf(format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_title(title)
        self.pdf.set_lang(language)
        self.pdf.c_margin = 0
        folder = settings.VAR_ROOT / "built" / "fonts"
        self.pdf.add_font("Cairo", "", paper_font(folder, REGULAR))
        self.pdf.add_font("Cairo", "B", paper_font(folder, BOLD))
        self.y = MARGIN
        self.pdf.add_page()

    def write(
        self,
        text: str,
        *,
        size: float = 10,
        is_bold: bool = False,
        is_muted: bool = False,
        side: Side = "start",
        width: float | None = None,
    ) -> None:
        """A paragraph at one side of the page, broken between words."""
        self._font(size, is_bold=is_bold, is_muted=is_muted)
        for line in self._broken(text, width or WIDTH - 2 * MARGIN):
            self.need(size * LEADING)
            self._set(line, self.y, size, side)
            self.y += size * LEADING

    def pair(
        self, text: str, amount: str, *, notes: Sequence[str] = (), is_bold: bool = False
    ) -> None:
        """Words at the start, an amount at the end, notes below the words; never parted."""
        size, room = 10.0, WIDTH - 2 * MARGIN - 46
        self._font(size, is_bold=is_bold)
        lines = self._broken(text, room)
        self._font(8)
        below = [line for note in notes for line in self._broken(note, room)]
        self.need((len(lines) * size + len(below) * 8) * LEADING + 3)
        self._font(size, is_bold=is_bold)
        self._set(amount, self.y, size, "end")
        for line in lines:
            self._set(line, self.y, size, "start")
            self.y += size * LEADING
        self._font(8, is_muted=True)
        for line in below:
            self._set(line, self.y, 8, "start")
            self.y += 8 * LEADING
        self.y += 1.5

    def rule(self) -> None:
        """A thin line across."""
        self.need(3)
        self.pdf.set_draw_color(*LINE)
        self.pdf.line(MARGIN, self.y, WIDTH - MARGIN, self.y)
        self.y += 1.5

    def space(self, millimetres: float) -> None:
        self.y += millimetres

    def need(self, millimetres: float) -> None:
        """Go on to a new page where this height is not left on this one."""
        if self.y + millimetres > HEIGHT - MARGIN:
            self.pdf.add_page()
            self.y = MARGIN

    def foot(self, text: str) -> None:
        """A line at the foot of every page; `%(page)s` and `%(pages)s` are its numbers."""
        pages = self.pdf.pages_count
        for number in range(1, pages + 1):
            self.pdf.page = number
            self._font(8, is_muted=True)
            self._set(text % {"page": number, "pages": pages}, HEIGHT - MARGIN + 4, 8, "start")

    def file(self) -> bytes:
        """The finished document."""
        return bytes(self.pdf.output())

    def _font(self, size: float, *, is_bold: bool = False, is_muted: bool = False) -> None:
        self.pdf.set_font("Cairo", "B" if is_bold else "", size)
        self.pdf.set_text_color(*(MUTED if is_muted else INK))

    def _broken(self, text: str, width: float) -> list[str]:
        """The paragraph's lines: words are kept whole, in reading order."""
        lines = [""]
        for word in text.split(" "):  # Never at a no-break space: amounts have them.
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._width(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _width(self, text: str) -> float:
        return sum(self._measured(run) for run in runs_of(text, is_rtl=self.is_rtl))

    def _measured(self, run: Run) -> float:
        self.pdf.set_text_shaping(use_shaping_engine=True, direction=run.direction)
        return float(self.pdf.get_string_width(run.text))

    def _set(self, line: str, y: float, size: float, side: Side) -> None:
        """Draw one line. The start is at the right of a page that is read from there."""
        runs = [(run, self._measured(run)) for run in runs_of(line, is_rtl=self.is_rtl)]
        whole = sum(width for _, width in runs)
        x = WIDTH - MARGIN - whole if (side == "start") == self.is_rtl else MARGIN
        for run, width in runs:
            self.pdf.set_text_shaping(use_shaping_engine=True, direction=run.direction)
            self.pdf.set_xy(x, y)
            self.pdf.cell(width, size * LEADING, run.text)
            x += width
