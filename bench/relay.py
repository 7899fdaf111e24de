"""A relay on loopback between a browser and the server: what was asked for, and what it weighed.

Gunicorn's sync workers answer one request a connection, so each connection is one request; what
the browser took from a cache of its own never comes here. It can be as slow as a phone's network.
"""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 64 << 10
SMALL_PIECE = 4 << 10  # of a slow line, so that connections share it evenly
CAUGHT_UP = 0.1  # seconds, of a line that was free
ASKED = re.compile(rb"[A-Z]+ (\S+) HTTP")


@dataclass
class Passed:
    """One request: its path, and the bytes of the answer that went to the browser."""

    path: str
    status: int = 0
    size: int = 0


@dataclass
class Line:
    """A slow network: what it lets through of all answers together, and its way there and back."""

    bytes_a_second: float
    seconds: float
    _free_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def travel(self) -> None:
        """Wait as long as a word takes there and an answer back."""
        time.sleep(self.seconds)

    def let_through(self, size: int) -> None:
        """Wait until so many bytes have got through, after all that came before them."""
        with self._lock:
            now = time.monotonic()
            # Who woke late from a wait has that time to catch up.
            self._free_at = max(self._free_at, now - CAUGHT_UP) + size / self.bytes_a_second
            wait = self._free_at - now
        if wait > 0:
            time.sleep(wait)


@dataclass
class Relay:
    """Where it listens, over which line if it is a slow one, and what has passed."""

    port: int
    server: int = 0
    line: Line | None = None
    passed: list[Passed] = field(default_factory=list)

    def taken(self) -> list[Passed]:
        """What has passed since this was asked for last."""
        found, self.passed = self.passed, []
        return found

    def carry(self, browser: socket.socket) -> None:
        """One connection, until either side ends it."""
        line = self.line
        with browser, suppress(OSError):
            if line:
                line.travel()  # to open it
            first = browser.recv(PIECE)
            asked = ASKED.match(first)
            if asked is None:
                return  # opened in advance, and not used
            one = Passed(asked[1].decode())
            self.passed.append(one)
            with socket.create_connection((browser.getsockname()[0], self.server)) as server:
                server.sendall(first)
                threading.Thread(target=_send_on, args=(browser, server), daemon=True).start()
                if line:
                    line.travel()  # to ask, and for the answer's first word
                while piece := server.recv(SMALL_PIECE if line else PIECE):
                    if line:
                        line.let_through(len(piece))
                    one.status = one.status or int(piece.split(b" ", 2)[1])
                    browser.sendall(piece)
                    one.size += len(piece)
                browser.shutdown(socket.SHUT_RDWR)


def _send_on(browser: socket.socket, server: socket.socket) -> None:
    """What the browser sends after its first bytes: the rest of a form."""
    with suppress(OSError):
        while piece := browser.recv(PIECE):
            server.sendall(piece)
        server.shutdown(socket.SHUT_RDWR)


@contextmanager
def relayed(host: str) -> Iterator[Relay]:
    """Within: a relay; say which port the server has before anybody asks."""
    with socket.create_server((host, 0), backlog=128) as listener:
        relay = Relay(listener.getsockname()[1])

        def listen() -> None:
            with suppress(OSError):
                while True:
                    browser, _address = listener.accept()
                    threading.Thread(target=relay.carry, args=(browser,), daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield relay
        listener.shutdown(socket.SHUT_RDWR)
