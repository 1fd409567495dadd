"""The steps of `make run`, from an answering database to printed addresses and an orderly end."""

from __future__ import annotations

import http.client
import os
import sys
import time
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from creatorhub.foundation import embedded_database
from creatorhub.operations.demo_logins import demo_logins
from creatorhub.operations.supervisor import addresses
from creatorhub.operations.supervisor.log import Log
from creatorhub.operations.supervisor.processes import Supervisor
from creatorhub.operations.supervisor.running import noted_as_running

WEB_THREADS = 16
WORKER_THREADS = 4
MOST_DEATHS_AT_START = 3


def run_market(*, wanted_port: int, with_demo: bool, log: Log) -> None:
    """Prepare the data, run web, worker and clock until told to stop, then stop everything."""
    _drop_unfinished_demo(log)
    _bring_tables_up_to_date(log)
    if with_demo and settings.CREATE_DEMO_MARKET:
        _fill_empty_market(log)
    found = addresses.own_addresses()
    host = addresses.host_to_bind(found) if settings.SANDBOX else addresses.LOOPBACK
    port = addresses.free_port(host, wanted_port)
    if port != wanted_port:
        log.step("Port", f"{wanted_port} is taken, {port} is free")
    here = f"http://127.0.0.1:{port}"
    supervisor = Supervisor(
        folder=settings.PROJECT_ROOT,
        surroundings={
            "BASE_URL": os.environ.get("BASE_URL", here),
            "PYTHONUNBUFFERED": "1",
            # Celery's page-long advice against root; whoever is root here has a reason.
            "PYTHONWARNINGS": "ignore::RuntimeWarning:celery.platforms",
        },
        log=log,
    )
    with noted_as_running(settings.VAR_ROOT):
        try:
            _open(supervisor, host, port)
            if supervisor.watch_until(lambda: _answers(port) or _is_hopeless(supervisor)):
                if _is_hopeless(supervisor):
                    raise CommandError("The web process does not start; the lines above say why.")
                for name, command in _workers().items():
                    supervisor.start(name, command)
                _say_where(log, here, addresses.network_address(found), port)
                supervisor.watch_until(lambda: False)
        finally:
            log.plain("")
            log.step("Stopping", "the web, the worker and the clock")
            supervisor.stop_all()
            _leave_database(log)


def _bring_tables_up_to_date(log: Log) -> None:
    started = time.monotonic()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        log.step("Tables", "up to date")
        return
    log.step("Tables", f"{len(plan)} migrations to apply; the first time takes half a minute")
    call_command("migrate", verbosity=0, interactive=False)
    log.step("Tables", f"up to date after {time.monotonic() - started:.0f} s")


def _drop_unfinished_demo(log: Log) -> None:
    """Half a demo market was never open to anybody; it is made again from the start."""
    own_server = embedded_database.address(settings.VAR_ROOT)
    is_own = settings.DATABASES["default"]["HOST"] == str(own_server.folder)
    if _unfinished_demo().exists() and is_own:
        log.step("Market", "making the demo shops was interrupted; starting over")
        embedded_database.make_database_anew(settings.VAR_ROOT)
        _unfinished_demo().unlink()


def _unfinished_demo() -> Path:
    return Path(settings.VAR_ROOT) / "demo-unfinished"


def _fill_empty_market(log: Log) -> None:
    if get_user_model().objects.exists():
        log.step("Market", "kept as it was")
        return
    started = time.monotonic()
    log.step("Market", "opening the demo shops; this takes up to a minute")
    _unfinished_demo().touch()
    call_command("demo_market")
    _unfinished_demo().unlink()
    log.step("Market", f"open after {time.monotonic() - started:.0f} s")


def _open(supervisor: Supervisor, host: str, port: int) -> None:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": "1",
        "--blocking-threads": str(WEB_THREADS),
        "--workers-kill-timeout": "5s",
        "--log-level": "error",
    }
    parts = [part for pair in options.items() for part in pair]
    application = "creatorhub.config.wsgi:application"
    supervisor.start("web", [sys.executable, "-m", "granian", *parts, application])


def _workers() -> dict[str, list[str]]:
    """The worker does what the rows say is due; the clock only wakes it."""
    celery = [sys.executable, "-m", "celery", "-A", "creatorhub.config.celery", "--quiet"]
    plain = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING"]
    schedule = Path(settings.VAR_ROOT) / "queue" / "schedule"
    return {
        "worker": [*celery, "worker", "--pool=threads", f"--concurrency={WORKER_THREADS}", *plain],
        "clock": [
            *(*celery, "beat", "--loglevel=WARNING", "--pidfile="),
            f"--schedule={schedule}",
        ],
    }


def _is_hopeless(supervisor: Supervisor) -> bool:
    """Before the first page, dying again and again is a fault to read, not to sit out."""
    return any(child.quick_deaths >= MOST_DEATHS_AT_START for child in supervisor.children)


def _answers(port: int) -> bool:
    """Whether a request comes back, with whatever status."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as probe:
        try:
            probe.request("GET", "/livez")
            probe.getresponse().read()
        except OSError:
            return False
        return True


def _say_where(log: Log, here: str, network: str | None, port: int) -> None:
    log.plain("")
    log.plain(f"  The market is open:   {here}/")
    if network:
        log.plain(f"  On the same network:  http://{network}:{port}/")
    for login in demo_logins():
        code = f"   code {login.totp_code}" if login.totp_code else ""
        log.plain(f"  Sign in as {login.role:<10} {login.email}   {login.password}{code}")
    log.plain("  Ctrl-C stops everything.")
    log.plain("")


def _leave_database(log: Log) -> None:
    connections.close_all()
    embedded_database.give_up_lease(settings.VAR_ROOT)
    if embedded_database.wait_until_stopped(settings.VAR_ROOT, seconds=6):
        log.step("Stopped", "everything")
    else:
        log.step("Stopped", "everything but the database, which another command still uses")
