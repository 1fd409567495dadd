"""Books, notebooks, posters, cards, screens and boxes."""

from __future__ import annotations

from creatorhub.operations.demo_market.drawings.stage import Stage


def book(stage: Stage, words: list[str]) -> None:
    """A standing book, slightly turned, with its title on the cover."""
    stage.shadow((330, 1010, 1120, 1200))
    stage.slab([(385, 250), (975, 200), (1030, 1090), (440, 1150)], stage.main, (236, 228, 214))
    stage.slab([(385, 250), (420, 247), (475, 1146), (440, 1150)], stage.deep)
    stage.pen.line([(450, 300), (935, 260), (985, 1040), (500, 1085), (450, 300)], stage.gold, 5)
    _cover_words(stage, words, (700, 470))
    for inset in (0, 38, 76):
        stage.pen.arc([585 + inset, 690 + inset, 875 - inset, 980 - inset], 180, 360, stage.gold, 8)
    stage.pen.pieslice([675, 780, 785, 890], 180, 360, stage.gold)


def notebook(stage: Stage, words: list[str]) -> None:
    """A notebook lying open-edged, with a ribbon and an elastic band."""
    stage.shadow((280, 1000, 1160, 1220))
    stage.slab([(330, 430), (1010, 360), (1100, 1040), (400, 1140)], stage.soft, stage.paper)
    stage.slab([(330, 430), (390, 424), (462, 1131), (400, 1140)], stage.main)
    stage.pen.line([(930, 370), (1018, 1052)], stage.deep, 16)
    stage.pen.line([(560, 1120), (575, 1230)], stage.gold, 18)
    stage.slab([(540, 600), (850, 568), (868, 720), (558, 754)], stage.paper)
    stage.write(words[0], (703, 660), 54, stage.deep)


def poster(stage: Stage, words: list[str]) -> None:
    """A framed print leaning on the wall."""
    stage.shadow((300, 1080, 1120, 1210))
    stage.slab([(360, 170), (1040, 170), (1040, 1120), (360, 1120)], (70, 52, 40), (40, 30, 24))
    stage.slab([(390, 200), (1010, 200), (1010, 1090), (390, 1090)], stage.paper)
    stage.pen.ellipse([520, 300, 880, 660], fill=stage.soft)
    stage.pen.ellipse([620, 390, 940, 710], outline=stage.gold, width=10)
    stage.write(words[0], (700, 830), 110 if len(words[0]) < 8 else 70, stage.deep, 800)
    stage.pen.line([(560, 950), (840, 950)], stage.gold, 6)


def cards(stage: Stage, words: list[str]) -> None:
    """A fan of three cards."""
    stage.shadow((260, 980, 1160, 1200))
    stage.slab([(300, 520), (640, 400), (860, 990), (520, 1110)], stage.soft, (226, 216, 200))
    stage.slab([(430, 400), (800, 360), (870, 1010), (500, 1060)], stage.main, (226, 216, 200))
    stage.slab([(600, 340), (980, 400), (890, 1080), (510, 1020)], stage.paper, (226, 216, 200))
    stage.write(words[0], (745, 640), 64, stage.deep)
    stage.pen.line([(640, 730), (840, 760)], stage.gold, 8)
    stage.pen.line([(640, 790), (800, 815)], stage.pale, 8)


def screen(stage: Stage, words: list[str]) -> None:
    """A phone and a tablet, for things that live on screens."""
    stage.shadow((240, 1020, 1180, 1200))
    stage.pen.rounded_rectangle([300, 300, 930, 1110], 44, fill=(38, 36, 34))
    stage.pen.rounded_rectangle([330, 330, 900, 1080], 24, fill=stage.main)
    stage.pen.ellipse([430, 420, 800, 790], fill=stage.soft)
    stage.pen.polygon([(560, 520), (560, 700), (720, 610)], fill=stage.paper)
    stage.write(words[0], (615, 930), 58, stage.paper)
    stage.pen.rounded_rectangle([820, 520, 1120, 1140], 40, fill=(52, 49, 46))
    stage.pen.rounded_rectangle([842, 548, 1098, 1112], 24, fill=stage.gold)
    for row, shade in enumerate((stage.paper, stage.deep, stage.soft)):
        top = 590 + row * 165
        stage.pen.rounded_rectangle([870, top, 1070, top + 130], 18, fill=shade)


def box(stage: Stage, words: list[str]) -> None:
    """A gift box with a ribbon."""
    stage.shadow((260, 1020, 1180, 1230))
    stage.slab([(360, 620), (1040, 620), (1020, 1140), (380, 1140)], stage.main)
    stage.slab([(850, 620), (1040, 620), (1020, 1140), (850, 1140)], stage.deep)
    stage.slab([(320, 500), (1080, 500), (1060, 650), (340, 650)], stage.soft)
    stage.slab([(655, 500), (745, 500), (745, 1140), (655, 1140)], stage.gold)
    stage.pen.ellipse([520, 370, 700, 520], outline=stage.gold, width=34)
    stage.pen.ellipse([700, 370, 880, 520], outline=stage.gold, width=34)


def _cover_words(stage: Stage, words: list[str], at: tuple[float, float]) -> None:
    for row, word in enumerate(words[:2]):
        stage.write(word, (at[0], at[1] + row * 120), 92 if len(word) < 9 else 66, stage.paper, 800)
