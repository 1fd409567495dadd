"""Bags, cloth, cushions, hoops, tassels, rings, pens, tiles and records."""

from __future__ import annotations

from creatorhub.operations.demo_market.drawings.stage import Stage


def tote(stage: Stage, words: list[str]) -> None:
    """A cloth bag with an embroidered band."""
    stage.shadow((330, 1030, 1090, 1210))
    stage.pen.arc([520, 210, 880, 760], 180, 360, stage.deep, 34)
    stage.slab([(400, 480), (1000, 480), (1050, 1130), (350, 1130)], stage.paper, (220, 208, 190))
    _stitches(stage, 760)
    stage.pen.line([(372, 850), (1030, 850)], stage.main, 12)
    stage.pen.line([(380, 730), (1022, 730)], stage.main, 12)


def cloth(stage: Stage, words: list[str]) -> None:
    """Folded cloth."""
    stage.shadow((260, 1010, 1160, 1220))
    shades = (stage.deep, stage.main, stage.soft, stage.paper)
    for layer, shade in enumerate(shades):
        top = 980 - layer * 130
        stage.pen.rounded_rectangle([330, top, 1080 - layer * 12, top + 150], 60, fill=shade)
        stage.pen.line([(390, top + 75), (1010, top + 75)], stage.gold, 5)
    for fringe in range(350, 1060, 34):
        stage.pen.line([(fringe, 1126), (fringe, 1180)], stage.gold, 8)


def hoop(stage: Stage, words: list[str]) -> None:
    """An embroidery hoop with a flower."""
    stage.shadow((370, 1060, 1040, 1200))
    stage.pen.ellipse([380, 320, 1040, 1120], fill=(190, 140, 92))
    stage.pen.ellipse([425, 365, 995, 1075], fill=stage.paper)
    stage.pen.rectangle([680, 270, 740, 350], fill=stage.gold)
    for x, y in ((710, 600), (820, 690), (780, 820), (640, 820), (600, 690)):
        stage.pen.ellipse([x - 75, y - 75, x + 75, y + 75], fill=stage.main)
    stage.pen.ellipse([650, 655, 770, 775], fill=stage.gold)


def cushion(stage: Stage, words: list[str]) -> None:
    """A cushion with an eight-pointed star."""
    stage.shadow((300, 1040, 1110, 1210))
    stage.pen.rounded_rectangle([350, 420, 1060, 1120], 120, fill=stage.main)
    stage.pen.rounded_rectangle([400, 470, 1010, 1070], 90, outline=stage.soft, width=10)
    for turn in (0, 45):
        stage.pen.regular_polygon((705, 770, 220), 4, rotation=turn, fill=stage.gold)
    stage.pen.ellipse([630, 695, 780, 845], fill=stage.main)


def tassel(stage: Stage, words: list[str]) -> None:
    """A silk tassel on a ring."""
    stage.shadow((420, 1080, 1000, 1200))
    stage.pen.ellipse([600, 200, 800, 400], outline=stage.gold, width=26)
    stage.pen.line([(700, 395), (700, 560)], stage.deep, 22)
    stage.pen.ellipse([620, 520, 780, 660], fill=stage.main)
    for strand in range(560, 850, 22):
        shade = stage.main if strand % 44 else stage.soft
        stage.pen.line([(700 + (strand - 700) * 0.4, 640), (strand, 1110)], shade, 18)


def ring(stage: Stage, words: list[str]) -> None:
    """A round ornament with a stone."""
    stage.shadow((370, 1040, 1050, 1190))
    stage.pen.ellipse([430, 470, 970, 1110], outline=stage.gold, width=58)
    stage.pen.ellipse([460, 500, 940, 1080], outline=(250, 226, 178), width=10)
    stage.pen.polygon([(700, 290), (830, 400), (700, 560), (570, 400)], fill=stage.main)
    stage.pen.polygon([(700, 290), (760, 400), (700, 560), (640, 400)], fill=stage.soft)


def pen(stage: Stage, words: list[str]) -> None:
    """A pen on a sheet of paper."""
    stage.shadow((260, 980, 1180, 1200))
    stage.slab([(330, 560), (980, 470), (1090, 1060), (420, 1170)], stage.paper, (222, 212, 196))
    for row in range(4):
        top = 690 + row * 95
        stage.pen.line([(470 + row * 16, top), (900 + row * 16, top - 62)], stage.pale, 10)
    stage.pen.line([(520, 1000), (1080, 330)], stage.main, 54)
    stage.pen.line([(960, 472), (1080, 330)], stage.deep, 54)
    stage.pen.polygon([(470, 1060), (500, 976), (548, 1016)], fill=stage.gold)


def tile(stage: Stage, words: list[str]) -> None:
    """A square of geometric tiles."""
    stage.shadow((290, 1060, 1130, 1210))
    for column in range(3):
        for row in range(3):
            left, top = 370 + column * 230, 390 + row * 230
            fill = (stage.main, stage.soft, stage.paper)[(column + row + stage.seed) % 3]
            ink = stage.gold if fill != stage.paper else stage.main
            stage.pen.rounded_rectangle([left, top, left + 214, top + 214], 16, fill=fill)
            middle = (left + 107, top + 107)
            stage.pen.regular_polygon((middle, 74), 4, fill=ink)
            stage.pen.regular_polygon((middle, 74), 4, rotation=45, fill=ink)
            stage.pen.ellipse([left + 77, top + 77, left + 137, top + 137], fill=fill)


def vinyl(stage: Stage, words: list[str]) -> None:
    """A record half out of its sleeve."""
    stage.shadow((280, 1050, 1150, 1200))
    stage.pen.ellipse([560, 420, 1180, 1100], fill=(38, 36, 34))
    for inset in (60, 120, 180):
        stage.pen.ellipse(
            [560 + inset, 420 + inset, 1180 - inset, 1100 - inset], outline=(70, 66, 62), width=4
        )
    stage.slab([(300, 400), (880, 400), (880, 1120), (300, 1120)], stage.main, stage.deep)
    stage.pen.ellipse([440, 560, 740, 860], outline=stage.gold, width=18)
    stage.write(words[0], (590, 980), 60, stage.paper)


def _stitches(stage: Stage, top: int) -> None:
    for left in range(400, 1000, 60):
        stage.pen.polygon(
            [(left + 25, top), (left + 50, top + 30), (left + 25, top + 60), (left, top + 30)],
            fill=stage.main if left % 120 else stage.gold,
        )
