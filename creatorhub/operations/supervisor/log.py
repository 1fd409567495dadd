"""One readable log for all processes of the market."""

from __future__ import annotations

import sys
import threading
from typing import IO

COLOURS = {"web": 36, "worker": 35, "clock": 33, "market": 32}
WIDTH = 11


class Log:
    """Writes whole lines, each with the name of who speaks, in colour on a terminal."""

    def __init__(self, output: IO[str] = sys.stdout) -> None:
        self._output = output
        self._in_colour = output.isatty()
        self._turn = threading.Lock()

    def step(self, name: str, text: str) -> None:
        """A line of progress."""
        self._write(f"{self._coloured('·', 2)} {name:<{WIDTH}} {text}")

    def line(self, name: str, text: str) -> None:
        """A line that a process wrote."""
        self._write(f"{self._coloured(f'{name:>8} |', COLOURS.get(name, 37))} {text}")

    def plain(self, text: str) -> None:
        self._write(text)

    def follow(self, name: str, source: IO[bytes]) -> threading.Thread:
        """Copy everything a process writes until it ends."""

        def copy() -> None:
            with source:
                for raw in source:
                    self.line(name, raw.decode(errors="replace").rstrip())

        thread = threading.Thread(target=copy, name=f"log of {name}", daemon=True)
        thread.start()
        return thread

    def _coloured(self, text: str, colour: int) -> str:
        return f"\033[{colour}m{text}\033[0m" if self._in_colour else text

    def _write(self, text: str) -> None:
        with self._turn:
            self._output.write(f"{text}\n")
            self._output.flush()
