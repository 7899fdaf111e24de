"""The processes of a laptop: one that serves pages, one that works; started, watched, stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from config.env import ROOT
from foundation.stopping import PARENT_PIPE

NEXT_PORTS = 20
WORKERS = 2
# What the worker gets to finish or hand back what it holds; then its rows are taken from it.
PATIENCE_SECONDS = 8.0
RESTART_AFTER_SECONDS = 1.0
# For so long a connection may be open without a word before a worker is asked to look at it.
SILENT_SECONDS = 120


def listen(host: str, port: int) -> socket.socket:
    """A socket listening on `port`, or on the nearest free one above it.

    Taking the port here and handing the socket on means that nobody can take it in between.
    Raises OSError when `host` is not an address of this machine or no port is free.
    """
    last = OSError()
    for candidate in range(port, min(port + NEXT_PORTS, 65_535) + 1):
        try:
            listener = socket.create_server((host, candidate), backlog=128)
        except OSError as error:
            last = error
            continue
        _wake_for_requests_only(listener)
        return listener
    raise last


def _wake_for_requests_only(listener: socket.socket) -> None:
    """Take a connection up first when something has been asked on it, where the system can.

    Browsers open connections in advance that they may never use. A worker answers one at a time,
    so two of those would keep everybody waiting until the browser lets go of them.
    """
    defer = getattr(socket, "TCP_DEFER_ACCEPT", None)  # Linux; elsewhere they are waited out
    if defer is not None:
        listener.setsockopt(socket.IPPROTO_TCP, defer, SILENT_SECONDS)


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
            PARENT_PIPE: str(self._watched),
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
    def pid(self) -> int:
        """The process that starts the workers."""
        return self._child.pid

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

    def answers(self, host: str, port: int, *, seconds: float = 180) -> bool:
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


class WorkProcess:
    """`manage.py work` as a child that never outlives this process; begun anew if it dies."""

    def __init__(self, *, settings: str) -> None:
        self._watched, self._held = os.pipe()
        os.set_inheritable(self._watched, True)
        self._settings = settings
        self._ending = threading.Event()
        self._child = self._begin()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _begin(self) -> "subprocess.Popen[bytes]":
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": self._settings,
            PARENT_PIPE: str(self._watched),
        }
        command = [sys.executable, str(ROOT / "manage.py"), "work"]
        return subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=(self._watched,))

    def _watch(self) -> None:
        """Begin another one when it died; one that stopped politely was asked to."""
        while self._child.wait() != 0 and not self._ending.wait(RESTART_AFTER_SECONDS):
            self._child = self._begin()

    def stop(self) -> None:
        """Ask it to stop, wait for a while, and end it."""
        self._ending.set()
        if self._child.poll() is None:
            self._child.terminate()
        try:
            self._child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
