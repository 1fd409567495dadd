"""Mugs, pots, bowls, jars, candles, lamps and plants."""

from __future__ import annotations

from creatorhub.operations.demo_market.drawings.stage import Stage


def mug(stage: Stage, words: list[str]) -> None:
    """A mug with something warm in it."""
    stage.shadow((330, 990, 1170, 1200))
    stage.pen.ellipse([880, 620, 1120, 930], outline=stage.paper, width=52)
    stage.cylinder(690, 520, 1060, 270, stage.paper)
    stage.pen.ellipse([440, 470, 940, 572], fill=(92, 58, 40))
    stage.pen.line([(440, 760), (940, 760)], stage.main, 40)
    stage.write(words[0], (650, 880), 64, stage.main)


def pot(stage: Stage, words: list[str]) -> None:
    """A pot with a spout and a lid."""
    stage.shadow((300, 1000, 1180, 1210))
    stage.pen.polygon([(900, 700), (1150, 500), (1180, 540), (960, 900)], fill=stage.deep)
    stage.pen.arc([270, 560, 560, 960], 90, 270, stage.deep, 46)
    stage.pen.ellipse([400, 520, 1000, 1120], fill=stage.main)
    stage.pen.ellipse([470, 590, 640, 900], fill=stage.soft)
    stage.pen.ellipse([520, 470, 880, 580], fill=stage.deep)
    stage.pen.polygon([(640, 480), (760, 480), (720, 360), (680, 360)], fill=stage.gold)
    stage.pen.ellipse([660, 320, 740, 400], fill=stage.gold)


def bowl(stage: Stage, words: list[str]) -> None:
    """A wide bowl with fruit."""
    stage.shadow((280, 1010, 1140, 1210))
    for left, shade in ((470, (214, 120, 70)), (620, (196, 88, 60)), (760, (226, 160, 80))):
        stage.pen.ellipse([left, 520, left + 210, 730], fill=shade)
    stage.pen.pieslice([310, 260, 1090, 1120], 0, 180, fill=stage.main)
    stage.pen.ellipse([310, 640, 1090, 740], outline=stage.soft, width=24)
    stage.pen.rectangle([600, 1090, 800, 1130], fill=stage.deep)


def jar(stage: Stage, words: list[str]) -> None:
    """A glass jar with a label and a cork."""
    stage.shadow((400, 1010, 1060, 1200))
    stage.cylinder(700, 470, 1080, 260, stage.soft)
    stage.cylinder(700, 660, 1070, 240, stage.main)
    stage.cylinder(700, 380, 470, 180, (196, 150, 104))
    stage.pen.rounded_rectangle([510, 740, 890, 960], 18, fill=stage.paper)
    stage.write(words[0], (700, 850), 62, stage.deep)


def candle(stage: Stage, words: list[str]) -> None:
    """A candle in glass, lit."""
    stage.shadow((390, 1010, 1070, 1200))
    stage.cylinder(700, 560, 1090, 270, stage.main)
    stage.pen.ellipse([450, 510, 950, 612], fill=stage.pale)
    stage.pen.line([(700, 560), (700, 490)], (60, 45, 35), 10)
    stage.pen.polygon([(700, 330), (752, 450), (700, 505), (648, 450)], fill=(255, 190, 90))
    stage.pen.ellipse([672, 420, 728, 500], fill=(255, 236, 180))
    stage.pen.rounded_rectangle([520, 740, 880, 960], 14, fill=stage.paper)
    stage.write(words[0], (700, 850), 58, stage.deep)


def lamp(stage: Stage, words: list[str]) -> None:
    """A stand with a round light."""
    stage.shadow((360, 1050, 1040, 1200))
    stage.pen.ellipse([470, 1070, 930, 1160], fill=(50, 46, 44))
    stage.pen.line([(700, 1110), (700, 640)], (60, 56, 52), 28)
    stage.pen.ellipse([440, 220, 960, 740], outline=(255, 246, 226), width=70)
    stage.pen.ellipse([420, 200, 980, 760], outline=stage.main, width=16)
    stage.pen.rounded_rectangle([630, 390, 770, 600], 20, fill=(46, 43, 41))


def plant(stage: Stage, words: list[str]) -> None:
    """A leafy plant in a pot."""
    stage.shadow((380, 1040, 1060, 1210))
    leaf = (86, 134, 92)
    for box in ((420, 330, 660, 760), (560, 230, 830, 760), (730, 330, 990, 760)):
        stage.pen.ellipse(box, fill=leaf)
        middle = (box[0] + box[2]) / 2
        stage.pen.line([(middle, box[1] + 40), (700, 800)], (58, 100, 66), 8)
    stage.slab([(470, 720), (930, 720), (860, 1120), (540, 1120)], stage.main)
    stage.slab([(780, 720), (930, 720), (860, 1120), (760, 1120)], stage.deep)
    stage.slab([(440, 690), (960, 690), (950, 780), (450, 780)], stage.soft)


def bag(stage: Stage, words: list[str]) -> None:
    """A pouch of something roasted."""
    stage.shadow((370, 1030, 1060, 1200))
    stage.slab([(430, 330), (970, 330), (1010, 1130), (390, 1130)], stage.main)
    stage.slab([(880, 330), (970, 330), (1010, 1130), (900, 1130)], stage.deep)
    stage.slab([(430, 270), (970, 270), (970, 370), (430, 370)], stage.soft)
    stage.pen.rounded_rectangle([500, 600, 870, 940], 22, fill=stage.paper)
    stage.write(words[0], (685, 720), 72, stage.deep, 800)
    stage.pen.ellipse([650, 800, 720, 900], fill=(92, 58, 40))
