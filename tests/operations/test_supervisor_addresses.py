"""A sandbox opens to its private network, never to the world."""

from __future__ import annotations

import socket
from contextlib import closing
from ipaddress import IPv4Address

import pytest

from creatorhub.operations.supervisor import addresses

AT_HOME = {IPv4Address("192.168.1.7"), IPv4Address("172.17.0.1")}
ON_THE_INTERNET = {IPv4Address("8.8.8.8"), IPv4Address("10.0.0.4")}


@pytest.fixture(autouse=True)
def a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking the kernel which address leads out connects a socket, which tests may not."""
    monkeypatch.setattr(addresses, "_outgoing_address", lambda: "192.168.1.7")


def test_on_a_private_network_phones_can_open_it() -> None:
    assert addresses.host_to_bind(AT_HOME) == "0.0.0.0"  # noqa: S104 -- what is expected


def test_a_machine_with_a_public_address_keeps_it_to_itself() -> None:
    assert addresses.host_to_bind(ON_THE_INTERNET) == "127.0.0.1"
    assert addresses.network_address(ON_THE_INTERNET) is None


def test_the_phones_address_is_the_one_that_leads_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert addresses.network_address(AT_HOME) == "192.168.1.7"
    monkeypatch.setattr(addresses, "_outgoing_address", lambda: "")
    assert addresses.network_address(set()) is None


def test_loopback_is_not_an_address_of_the_network() -> None:
    assert all(not each.is_loopback for each in addresses.own_addresses())


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        found = addresses.free_port("127.0.0.1", wanted)
    assert wanted < found < wanted + addresses.PORTS_TRIED
