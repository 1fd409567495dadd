"""Only public addresses are fetched, and only as much as was asked for."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from creatorhub.foundation.safe_fetch import FetchError, fetch, is_public

INWARD = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fec0::1]/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:6379/",
    "http://user@8.8.8.8/",
    "http://user:secret@8.8.8.8/",
    "ftp://8.8.8.8/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "javascript:alert(1)",
    "//127.0.0.1/",
    "http:///etc/passwd",
    "http://127.0.0.1\\@example.com/",
    "http://exa mple.com/",
    "http://8.8.8.8\r\nHost: localhost/",
    "http://[::1/",
    "http://8.8.8.8:99999/",
    "",
    "picture.jpg",
]


class Answers(http.server.BaseHTTPRequestHandler):
    """A small site: a picture, a big one, a way inside, a circle, an error."""

    def do_GET(self) -> None:
        redirects = {"/in": "http://127.0.0.2:1/", "/again": "/again", "/on": "/picture"}
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(302 if self.path in redirects else 404 if self.path == "/no" else 200)
        if self.path in redirects:
            self.send_header("Location", redirects[self.path])
        self.end_headers()
        if self.path == "/big":
            self.wfile.write(b"x" * 5000)
        elif self.path == "/picture":
            self.wfile.write(b"pixels")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _url(site: http.server.ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{site.server_port}{path}"


def _only_here(address: str, port: int) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize("url", INWARD)
def test_nothing_inward_or_odd_is_fetched(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url=url, timeout=1)


def test_the_default_gate_never_reaches_a_server_on_this_machine(
    site: http.server.ThreadingHTTPServer,
) -> None:
    with pytest.raises(FetchError):
        fetch(url=_url(site, "/picture"))

    assert site.asked == []  # type: ignore[attr-defined]


def test_a_picture_is_read_also_behind_a_redirect(site: http.server.ThreadingHTTPServer) -> None:
    assert fetch(url=_url(site, "/picture"), gate=_only_here) == b"pixels"
    assert fetch(url=_url(site, "/on"), gate=_only_here) == b"pixels"


@pytest.mark.parametrize("path", ["/in", "/again", "/no", "/big"])
def test_a_redirect_inward_a_circle_an_error_and_too_much_are_refused(
    site: http.server.ThreadingHTTPServer, path: str
) -> None:
    with pytest.raises(FetchError):
        fetch(url=_url(site, path), max_bytes=1000, gate=_only_here)


def test_a_name_that_answers_with_one_inward_address_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.216.34", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: answers)

    with pytest.raises(FetchError, match="public"):
        fetch(url="http://pictures.example/")


def test_a_site_that_drips_its_head_is_left_when_the_time_is_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=_drip, args=(server,))
        dripping.start()
        began = time.monotonic()
        with pytest.raises(FetchError):
            fetch(url=f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=0.5, gate=_only_here)
        assert time.monotonic() - began < 3
        dripping.join()


def _drip(server: socket.socket) -> None:
    """A byte of a header now and then, for five seconds or until the other side hangs up."""
    connection, _ = server.accept()
    with connection, suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _beat in range(50):
            connection.sendall(b"x")
            time.sleep(0.1)


def test_public_addresses_pass_the_gate() -> None:
    assert is_public("93.184.216.34", 443)
    assert is_public("2606:2800:220:1:248:1893:25c8:1946", 80)
