"""`python -m creatorhub.foundation.embedded_database stop [VAR_ROOT]`."""

import sys
from pathlib import Path

from creatorhub.foundation.embedded_database.server import stop


def main(arguments: list[str]) -> int:
    match arguments:
        case ["stop", *where] if len(where) <= 1:
            was_running = stop(Path(where[0] if where else "var"))
            sys.stdout.write("The database has stopped.\n" if was_running else "Nothing ran.\n")
            return 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
