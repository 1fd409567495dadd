"""One income page: what is held, owed and paid, and why."""
