"""HTTP: a socket on this machine, the API behind it, and two pages for browsers."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakestripe.dispatch import Dispatcher, Request
from tests.fakestripe.faults import Fault
from tests.fakestripe.pages import Pages
from tests.fakestripe.refusals import broken, invalid
from tests.fakestripe.saved_answers import Answer

REFUSED_AT_THE_DOOR = {
    Fault.UNAVAILABLE: broken("Service unavailable", 503),
    Fault.TOO_MANY: invalid("Request rate limit exceeded.", code="rate_limit", status=429),
    Fault.KEY_IN_USE: invalid(
        "There is currently another in-progress request using this Idempotent Key.",
        code="idempotency_key_in_use",
        status=409,
    ),
}
DOES_NOTHING = {*REFUSED_AT_THE_DOOR, Fault.DROPPED, Fault.SILENT}
NEVER_ANSWERS = {Fault.DROPPED, Fault.DROPPED_AFTER, Fault.SILENT, Fault.SILENT_AFTER}


class Server(ThreadingHTTPServer):
    """One fake's server. `silence_seconds` is how long a silent fault holds the line."""

    daemon_threads = True
    # Whole processes knock at once in tests of races.
    request_queue_size = 128

    def __init__(self, dispatcher: Dispatcher, pages: Pages) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.dispatcher = dispatcher
        self.pages = pages
        self.silence_seconds = 2.0
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is part of the play."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Silence: pytest shows what matters."""

    def _answer(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if address.path.startswith(("/v1/", "/v2/")):
            self._answer_api(
                Request(self.command, address.path, address.query, dict(self.headers), body)
            )
        else:
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            self._answer_browser(address.path, form)

    def _answer_api(self, request: Request) -> None:
        dispatcher = self.server.dispatcher
        fault = dispatcher.faults.next_for(request.method, request.path)
        if fault in REFUSED_AT_THE_DOOR:
            refusal = REFUSED_AT_THE_DOOR[fault]
            self._send(Answer(refusal.status, refusal.body))
            return
        answer = None if fault in DOES_NOTHING else dispatcher.answer(request, fault)
        if fault in (Fault.SILENT, Fault.SILENT_AFTER):
            time.sleep(self.server.silence_seconds)
        if answer is None or fault in NEVER_ANSWERS:
            self.close_connection = True
            return
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        headers = {"Idempotent-Replayed": "true"} if answer.is_replayed else {}
        body = json.dumps(answer.body, indent=2).encode()
        self._write(answer.status, body, {"Content-Type": "application/json", **headers})

    def _answer_browser(self, path: str, form: dict[str, str]) -> None:
        shown = self.server.pages.open(self.command, path, form)
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if shown.location:
            headers["Location"] = shown.location
        self._write(shown.status, shown.html.encode(), headers)

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
