"""Fetching what a stranger's address points at, without being led into our own network.

Owns: which addresses may be connected to, how much is read, and how long it may take.
The name is looked up once and the connection goes to the address that was checked, so a name
that answers differently the second time (DNS rebinding) gains nothing; redirects start over.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import SplitResult, urljoin, urlsplit

REDIRECTS = 3
CHUNK = 64 * 1024
PORTS = {"http": 80, "https": 443}
USER_AGENT = "CreatorHub/1.0 (pictures of an import)"

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last bits
GIVEN_OUT = ipaddress.ip_network("2000::/3")
RELAYS = ipaddress.ip_network("192.88.99.0/24")

Gate = Callable[[str, int], bool]


class FetchError(OSError):
    """Nothing was fetched. The message names the reason, not what was on the other side."""


def is_public(address: str, port: int) -> bool:
    """True for an address of the public internet on a web port."""
    ip = ipaddress.ip_address(address)
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    if ip.version == 6 and ip in TRANSLATED:
        inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    return port in PORTS.values() and all(map(_is_of_the_internet, (ip, inner)))


def _is_of_the_internet(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Global by Python's tables, and of IPv6 only what IANA has given out (2000::/3).

    The tables let site-local addresses (fec0::/10) and the old 6to4 relays pass.
    """
    if ip in RELAYS:
        return False
    is_given_out = ip.version == 4 or ip in GIVEN_OUT or ip in TRANSLATED
    return is_given_out and ip.is_global and not ip.is_multicast and not ip.is_reserved


def fetch(
    *, url: str, max_bytes: int = 10 * 1024 * 1024, timeout: float = 8.0, gate: Gate = is_public
) -> bytes:
    """The body behind an http(s) address, at most `max_bytes`, within `timeout` seconds in all.

    FetchError on anything else than a 200 from an address that `gate` lets through.
    """
    deadline = time.monotonic() + timeout
    for _redirect in range(REDIRECTS + 1):
        parts = _checked(url)
        body, location = _ask(parts, gate, max_bytes, deadline)
        if location is None:
            return body
        url = urljoin(url, location)
    raise FetchError("too many redirects")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise FetchError("not an address") from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise FetchError("not a web address")
    if not url.isascii() or any(letter <= " " for letter in url.strip()) or port == 0:
        raise FetchError("not a web address")
    return parts


def _address(host: str, port: int, gate: Gate) -> str:
    """One checked address of the host. Every answer must pass, or a second try could differ."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("the name is not known") from error
    addresses = [str(answer[4][0]).partition("%")[0] for answer in found]
    if not addresses or not all(gate(address, port) for address in addresses):
        raise FetchError("not a public address")
    return addresses[0]


def _ask(
    parts: SplitResult, gate: Gate, max_bytes: int, deadline: float
) -> tuple[bytes, str | None]:
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    connection = _connect(host, port, _address(host, port, gate), parts.scheme, deadline)
    # The socket's own time-out starts anew with every byte of the head: a drip would hold us.
    alarm = threading.Timer(_left(deadline), _hang_up, [connection])
    alarm.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": USER_AGENT, "Accept": "image/*"})
        answer = connection.getresponse()
        _left(deadline)  # A head that we cut off reads like one that ended.
        if answer.status in (301, 302, 303, 307, 308):
            return b"", answer.headers.get("Location") or ""
        if answer.status != http.client.OK:
            raise FetchError(f"the other side answered {answer.status}")
        return _read(answer, max_bytes, deadline), None
    except (http.client.HTTPException, OSError, ValueError) as error:
        if isinstance(error, FetchError):
            raise
        raise FetchError("the other side did not answer well") from error
    finally:
        alarm.cancel()
        connection.close()


def _connect(
    host: str, port: int, address: str, scheme: str, deadline: float
) -> http.client.HTTPConnection:
    """A connection to the checked address that speaks to the name."""
    left = _left(deadline)
    connection = http.client.HTTPConnection(host, port, timeout=left)
    try:
        plain = socket.create_connection((address, port), timeout=left)
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            if scheme == "https"
            else plain
        )
    except OSError as error:
        raise FetchError("the other side cannot be reached") from error
    return connection


def _hang_up(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # It ended by itself in the meantime.
        connection.sock.shutdown(socket.SHUT_RDWR)


def _read(answer: http.client.HTTPResponse, max_bytes: int, deadline: float) -> bytes:
    body = bytearray()
    while chunk := answer.read1(CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise FetchError("too large")
        _left(deadline)
    _left(deadline)
    return bytes(body)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("it took too long")
    return left
