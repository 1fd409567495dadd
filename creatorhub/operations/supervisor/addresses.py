"""Where a sandbox can be reached: this machine, and the private network it stands in."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import closing
from pathlib import Path

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- chosen only where every address of the machine is private
KERNEL_ROUTES = Path("/proc/net/fib_trie")
PORTS_TRIED = 50


def own_addresses() -> set[ipaddress.IPv4Address]:
    """This machine's IPv4 addresses except loopback; only the outgoing one where not on Linux."""
    found = {_outgoing_address()}
    if KERNEL_ROUTES.exists():
        text = KERNEL_ROUTES.read_text()
        found |= set(re.findall(r"\|-- ([\d.]+)\n\s+/32 host LOCAL", text))
    addresses = {ipaddress.IPv4Address(each) for each in found if each}
    return {each for each in addresses if not each.is_loopback}


def host_to_bind(addresses: set[ipaddress.IPv4Address]) -> str:
    """Everywhere on a private network; only this machine when an address is public.

    A sandbox has play money and logins that everybody can read: it never opens to the world.
    """
    return EVERYWHERE if all(each.is_private for each in addresses) else LOOPBACK


def network_address(addresses: set[ipaddress.IPv4Address]) -> str | None:
    """The address a phone on the same network can open, if there is one."""
    outgoing = _outgoing_address()
    if host_to_bind(addresses) == LOOPBACK or not outgoing:
        return None
    return None if ipaddress.IPv4Address(outgoing).is_loopback else outgoing


def free_port(host: str, wanted: int) -> int:
    """`wanted`, or the first port above it that nobody uses. Raises OSError when none is free."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} to {wanted + PORTS_TRIED - 1}")


def _outgoing_address() -> str:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # A documentation address; no packet is sent.
        except OSError:
            return ""
        return str(probe.getsockname()[0])
