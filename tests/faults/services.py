"""Processes that are killed with -9 and started again, each with all it has started itself."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.processes import family

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Service:
    """One process, with what it wrote in a file."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        log: Path,
        environment: Mapping[str, str],
        answers: Callable[[], bool] = lambda: True,
        user: str | None = None,
        before: Callable[[], object] = lambda: None,
    ) -> None:
        self.name, self.command, self.log, self.user = name, command, log, user
        self.environment, self.answers, self.before = dict(environment), answers, before
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; does not wait."""
        self.before()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT if self.user is None else self.log.parent,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
            )

    def wait(self) -> None:
        """Until it answers. Raises RuntimeError with what it said when it never does."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                self.start()  # as systemd would; PostgreSQL waits for its old shared memory
            if self.answers():
                return
            time.sleep(0.1)
        said = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise RuntimeError(f"{self.name} did not start:\n{said}")

    def kill(self) -> None:
        """It and all it has started die at once, with nothing put in order."""
        if self.process is not None:
            for pid in family(self.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()

    def kill_child(self, saying: str = "") -> None:
        """One process it has started dies at once; `saying` stands in that one's command.

        Waits for one to be there: what was killed before may be on its way back. Raises
        RuntimeError when none comes.
        """
        assert self.process is not None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            for pid in reversed(family(self.process.pid)[1:]):  # the youngest first
                with contextlib.suppress(OSError):
                    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
                    if command and saying in command.decode():
                        os.kill(pid, signal.SIGKILL)
                        return
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} has no child that says {saying!r}")


def ready(port: int, host: str = "127.0.0.1") -> bool:
    """Whether the web process on this port can serve pages."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        link.request("GET", "/halsa/ready", headers={"Host": host})
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def listens(port: int) -> bool:
    """Whether anybody takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True
