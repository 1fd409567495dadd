"""`python -m tests.crashes.shop_on FILE FACTS`: threads that buy, and write down each promise."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from importlib import import_module
from typing import Any

import django
from django.db import DatabaseError, InterfaceError, OperationalError, connection

THREADS = 3
BREATH_SECONDS = 0.05


def shop(promises: int, facts: dict[str, Any]) -> None:
    paying = import_module("tests.crashes.stories.paying")
    while True:
        try:
            paying.buy_and_say(say=lambda word, number: _write(promises, word, number), **facts)
        except (OperationalError, InterfaceError, DatabaseError):
            connection.close()
            time.sleep(BREATH_SECONDS)


def _write(promises: int, word: str, number: str) -> None:
    os.write(promises, f"{word} {number}\n".encode())


def main() -> None:
    django.setup()
    promises = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
    facts = json.loads(sys.argv[2])
    for _ in range(THREADS):
        threading.Thread(target=shop, args=(promises, facts), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
