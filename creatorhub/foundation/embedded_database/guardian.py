"""The small process that is the embedded PostgreSQL's parent.

It starts the server, starts it again when it dies, and stops it when nobody uses it any more. It
runs as a file of its own (`python -I guardian.py JSON`) in its own session, so that neither Ctrl-C
nor a killed market takes the database along in the middle of a write. Who uses the server holds a
shared lock on a file, and the kernel drops a dead process's locks: nothing has to be signed off.
Standard library only, because it must not depend on who started it.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

LOOK_EVERY = 0.1
LINGER = 1.5  # Commands in a row should not each pay for a start.
PATIENCE_WITH_STOPPING = 20.0
MOST_FAILURES = 5
MOST_FAILURES_AFTER_HEALTH = 60
GAVE_UP = "gave up"
QUICK_DEATH = 5.0


class Server(Protocol):
    pid: int

    def poll(self) -> int | None: ...


class AdoptedServer:
    """A server found running whose own guardian was killed."""

    def __init__(self, pid: int, data: Path) -> None:
        self.pid = pid
        self.data = data

    def poll(self) -> int | None:
        # Not `kill -0`: a dead process that nobody reaps, as in many containers, answers that.
        return None if running_server_pid(self.data) == self.pid else 0


def running_server_pid(data: Path) -> int | None:
    """The process that `postmaster.pid` names, if it really is a server on this very folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    if Path("/proc/self").exists():
        try:
            is_ours = Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
        except OSError:
            return None
    else:
        command = ["ps", "-p", str(pid), "-o", "command="]
        # A fixed command; the number was parsed as one.
        listing = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        is_ours = "postgres" in listing.stdout and str(data) in listing.stdout
    return pid if is_ours else None


class Guardian:
    def __init__(self, orders: dict[str, Any]) -> None:
        self.data = Path(orders["data"])
        self.socket_folder = Path(orders["socket_folder"])
        self.command: list[str] = orders["command"]
        self.uid: int = orders["uid"]
        self.gid: int = orders["gid"]
        self.users = os.open(orders["users_lock"], os.O_RDWR | os.O_CREAT, 0o600)
        self.told_to_stop = False
        self.failures = 0
        self.most_failures = MOST_FAILURES

    def tell_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True

    def keep(self) -> int:
        """Watch until nobody uses the server; the answer is the process's exit status."""
        server, started_at = self.start(), time.monotonic()
        unused_since: float | None = None
        while not self.told_to_stop:
            time.sleep(LOOK_EVERY)
            if server.poll() is not None:
                if not self.may_start_again(time.monotonic() - started_at):
                    return 1
                server, started_at = self.start(), time.monotonic()
            if self.is_used():
                unused_since = None
            elif unused_since is None:
                unused_since = time.monotonic()
            elif time.monotonic() - unused_since > LINGER and self.lock_out_users():
                break
        self.shut_down(server)
        return 0

    def may_start_again(self, lived: float) -> bool:
        """Wait before another start; False when there is no point in one."""
        if lived > QUICK_DEATH:
            self.failures, self.most_failures = 0, MOST_FAILURES_AFTER_HEALTH
        self.failures += 1
        # A killed server's children may finish a query before its memory is free again.
        time.sleep(min(1.0, 0.2 * self.failures))
        return self.failures <= self.most_failures and self.data.exists()

    def start(self) -> Server:
        found = running_server_pid(self.data)
        if found is not None:
            return AdoptedServer(found, self.data)
        # Left by a crash, or naming a process that today is somebody else's.
        for stale in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)
        lent: dict[str, Any] = {}
        if self.uid != os.geteuid():
            lent = {"user": self.uid, "group": self.gid, "extra_groups": []}
        # The command is the driver's own list of arguments, no shell reads it.
        return subprocess.Popen(  # noqa: S603
            self.command,
            cwd=self.data,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            umask=0o077,
            **lent,
        )

    def is_used(self) -> bool:
        if not self.lock_out_users():
            return True
        fcntl.flock(self.users, fcntl.LOCK_UN)
        return False

    def lock_out_users(self) -> bool:
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def shut_down(self, server: Server) -> None:
        """Ask for a fast shutdown; after too long an immediate one, which recovery makes good."""
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            deadline = time.monotonic() + PATIENCE_WITH_STOPPING
            with suppress(ProcessLookupError):
                os.kill(server.pid, request)
            while time.monotonic() < deadline:
                if server.poll() is not None:
                    return
                time.sleep(0.02)


def main(orders: dict[str, Any]) -> int:
    lock = os.open(orders["guardian_lock"], os.O_RDWR | os.O_CREAT, 0o600)
    if not take(lock):
        return 0  # Another guardian is at work already.
    if os.fork():  # The caller waits for this half only and never has to reap the other.
        return 0
    os.setsid()
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    guardian = Guardian(orders)
    signal.signal(signal.SIGTERM, guardian.tell_to_stop)
    signal.signal(signal.SIGINT, guardian.tell_to_stop)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    status = guardian.keep()
    if status:
        os.pwrite(lock, GAVE_UP.ljust(20).encode(), 0)
    return status


def take(lock: int) -> bool:
    """Lock for good; a second of patience, because lookers hold the lock for an instant."""
    deadline = time.monotonic() + 1
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        else:
            return True


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
