"""`python -m creatorhub.operations.supervisor stop VAR_ROOT`: what `make stop` runs."""

from __future__ import annotations

import sys
from pathlib import Path

from creatorhub.foundation import embedded_database
from creatorhub.operations.supervisor.running import stop_running


def main(arguments: list[str]) -> int:
    match arguments:
        case ["stop", folder]:
            markets = stop_running(Path(folder))
            database = embedded_database.stop(Path(folder))
            sys.stdout.write("Stopped.\n" if markets or database else "Nothing ran.\n")
            return 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
