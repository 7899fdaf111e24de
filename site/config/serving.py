"""The web process on a laptop: a port of its own, started, watched and stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from config.env import ROOT

NEXT_PORTS = 20
WORKERS = 2


def listen(host: str, port: int) -> socket.socket:
    """A socket listening on `port`, or on the nearest free one above it.

    Taking the port here and handing the socket on means that nobody can take it in between.
    Raises OSError when `host` is not an address of this machine or no port is free.
    """
    last = OSError()
    for candidate in range(port, min(port + NEXT_PORTS, 65_535) + 1):
        try:
            return socket.create_server((host, candidate), backlog=128)
        except OSError as error:
            last = error
    raise last


class WebProcess:
    """Gunicorn with its workers, as a child that never outlives this process."""

    def __init__(self, listener: socket.socket, *, settings: str, workers: int = WORKERS) -> None:
        self._watched, self._held = os.pipe()
        # The child keeps the reading end. When this process dies, however suddenly, the writing
        # end closes and gunicorn stops itself (config/gunicorn.py).
        os.set_inheritable(self._watched, True)
        os.set_inheritable(listener.fileno(), True)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings,
            "KOMPETENS_PARENT_PIPE": str(self._watched),
        }
        self._child = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi:application",
                "--config=python:config.gunicorn",
                f"--bind=fd://{listener.fileno()}",
                f"--workers={workers}",
                f"--pythonpath={ROOT},{ROOT / 'site'}",
            ],
            cwd=ROOT,
            env=environment,
            pass_fds=(self._watched, listener.fileno()),
        )
        os.close(self._watched)

    @property
    def running(self) -> bool:
        """False once the process has ended."""
        return self._child.poll() is None

    def wait(self) -> int:
        """Exit code, when it has ended."""
        return self._child.wait()

    @contextmanager
    def stopped_by_signals(self) -> Iterator[None]:
        """Within: Ctrl-C and a polite kill stop the web process; a second one at once."""
        asked = False

        def stop(_number: int, _frame: FrameType | None) -> None:
            nonlocal asked
            if self.running:
                self._child.send_signal(signal.SIGQUIT if asked else signal.SIGTERM)
            asked = True

        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, stop) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def answers(self, host: str, port: int, *, seconds: float = 60) -> bool:
        """Wait until a page is served; False when the process ended or the time is up."""
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:
            connection = http.client.HTTPConnection(host, port, timeout=2)
            try:
                connection.request("GET", "/logga-in/")
                return connection.getresponse().status < 500
            except OSError:
                continue
            finally:
                connection.close()
        return False
