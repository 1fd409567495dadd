"""The market's own PostgreSQL, for whoever has set no DATABASE_URL.

Owns: the server under `var/database`, its life while somebody uses it, the address it answers at.
Never: what is stored in it; any server that somebody else runs.
"""

from creatorhub.foundation.embedded_database.places import EmbeddedDatabaseError
from creatorhub.foundation.embedded_database.server import (
    DATABASE,
    PORT,
    USER,
    Address,
    address,
    ensure_running,
    give_up_lease,
    make_database_anew,
    stop,
    wait_until_stopped,
)

__all__ = [
    "DATABASE",
    "PORT",
    "USER",
    "Address",
    "EmbeddedDatabaseError",
    "address",
    "ensure_running",
    "give_up_lease",
    "make_database_anew",
    "stop",
    "wait_until_stopped",
]
