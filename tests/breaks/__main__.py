"""`make breaks`: break one line at a time, and see that the tests notice each."""

from __future__ import annotations

import sys

from tests.breaks.table import BREAKS
from tests.breaks.workshop import broken, judge, workshop


def main() -> int:
    unnoticed = 0
    with workshop() as place:
        sound = judge(place, sorted({one.noticed_by for one in BREAKS}))
        if not sound.is_sound:
            sys.stdout.write(f"{sound.output}\nThe tests fail before anything is broken.\n")
            return 1
        sys.stdout.write("sound     nothing is broken, and all of these tests pass\n")
        for one in BREAKS:
            with broken(place, one):
                is_noticed = judge(place, [one.noticed_by]).is_noticed
            unnoticed += not is_noticed
            said = "noticed  " if is_noticed else "UNNOTICED"
            sys.stdout.write(f"{said} {one.name} ({one.noticed_by})\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(BREAKS) - unnoticed} of {len(BREAKS)} noticed\n")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
