"""`make run` as somebody meets it: says where it is, stops whole, makes way on a busy port."""

import http.client
import os
import signal
import socket
from collections.abc import Callable

import pytest

from config.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from tests.program import Program

pytestmark = pytest.mark.browser


def _status(address: str) -> int:
    host = address.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request("GET", "/logga-in/")
        return connection.getresponse().status
    finally:
        connection.close()


def test_it_says_where_it_is_and_who_may_log_in(program: Program) -> None:
    assert program.address == f"http://127.0.0.1:{program.port}"
    assert _status(program.address) == 200
    program.stop()
    assert DEMO_PASSWORD in program.output
    for account in DEMO_ACCOUNTS:
        assert f"{account.username:<14} {account.role}" in program.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_stops_everything_it_started(program: Program, number: int) -> None:
    assert program.stop(number) == 0
    assert program.left_behind() == []
    assert program.output.rstrip().endswith("Stoppad.")


def test_the_web_process_does_not_outlive_a_killed_parent(program: Program) -> None:
    os.kill(program.pid, signal.SIGKILL)
    # Its end of the pipe closes when the last process of the group is gone.
    program.stop(signal.SIGCONT)
    assert program.left_behind() == []


def test_a_busy_port_gets_a_sentence_and_another_port(
    new_program: Callable[[int], Program], free_port: int
) -> None:
    program = new_program(free_port)
    with socket.create_server(("127.0.0.1", free_port)):
        program.start()
    taken = int(program.address.rpartition(":")[2])
    assert taken > free_port
    assert _status(program.address) == 200
    program.stop()
    assert f"Port {free_port} är upptagen; port {taken} används i stället." in program.output


def test_a_second_start_loads_nothing_again(program: Program) -> None:
    program.stop()
    program.start()
    program.stop()
    assert "Databasen uppdateras" not in program.output
    assert "[1/" not in program.output
