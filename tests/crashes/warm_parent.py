"""`python -m tests.crashes.warm_parent`: sets Django up once, then forks a child for each job.

Fresh from a start of its own, because whoever runs the tests is a bad parent: beside Playwright's
event loop Django keeps a second database connection, and a child, in which no loop runs, would
speak on the first one, to another test's database and on its parent's own socket.
"""

from __future__ import annotations

from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("tests.crashes.forking").serve()
