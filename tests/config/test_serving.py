"""A busy port gives way to the next one."""

import socket
import sys

import pytest

from config.serving import NEXT_PORTS, listen


def test_a_free_port_is_taken(free_port: int) -> None:
    with listen("127.0.0.1", free_port) as listener:
        assert listener.getsockname() == ("127.0.0.1", free_port)


def test_a_busy_port_gives_way_to_one_above_it(free_port: int) -> None:
    with listen("127.0.0.1", free_port), listen("127.0.0.1", free_port) as second:
        assert free_port < second.getsockname()[1] <= free_port + NEXT_PORTS


def test_an_address_of_another_machine_is_refused(free_port: int) -> None:
    with pytest.raises(OSError, match="assign"):
        listen("192.0.2.1", free_port)


def test_what_is_handed_on_accepts_connections(free_port: int) -> None:
    with listen("127.0.0.1", free_port):
        socket.create_connection(("127.0.0.1", free_port), timeout=5).close()


# TCP_DEFER_ACCEPT is Linux's; elsewhere such a connection keeps a worker until it times out.
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux waits for words by itself")
def test_a_connection_opened_in_advance_keeps_no_worker(free_port: int) -> None:
    """A browser's spare connection is taken up once something is asked on it, not before."""
    address = ("127.0.0.1", free_port)
    with (
        listen(*address) as listener,
        socket.create_connection(address) as spare,
        socket.create_connection(address) as asking,
    ):
        for speaks in (asking, spare):
            speaks.sendall(b"GET / HTTP/1.1\r\n\r\n")
            taken, whose = listener.accept()
            taken.close()
            assert whose == speaks.getsockname()
