"""A throwaway Redis on a port of its own, which can be killed and started again."""

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


class RedisServer:
    """`redis-server` in a folder of its own; what it holds survives a kill with `lasting`."""

    def __init__(self, folder: Path, port: int, *, lasting: bool = False) -> None:
        self.folder = folder
        self.port = port
        self.lasting = lasting
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: int = 0) -> str:
        """Address of one of its databases."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                "redis-server",
                f"--port {self.port}",
                "--bind 127.0.0.1",
                f"--dir {self.folder}",
                "--save ''",
                f"--appendonly {'yes' if self.lasting else 'no'}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), timeout=1) as link,
            ):
                link.sendall(b"PING\r\n")
                if link.recv(16).startswith(b"+PONG"):
                    return
            time.sleep(0.02)
        raise RuntimeError("redis-server did not start.")

    def kill(self) -> None:
        """Die at once, with nothing put in order."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None


@contextlib.contextmanager
def throwaway_redis(*, lasting: bool = False) -> Iterator[RedisServer]:
    """Within: a running Redis. Raises RuntimeError where it is not installed."""
    if shutil.which("redis-server") is None:
        raise RuntimeError("Redis is not installed (Debian: apt install redis-server).")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    folder = Path(tempfile.mkdtemp(prefix="kompetens-redis-"))
    server = RedisServer(folder, port, lasting=lasting)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
