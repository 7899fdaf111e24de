"""What processes have used of the CPU, and the web process that is measured. Linux only."""

import contextlib
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.serving import WebProcess, listen

HOST = "127.0.0.1"
PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """The process, and those it has started, and theirs."""
    parents: dict[int, int] = {}
    for entry in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            _state, parent = entry.read_text().rpartition(")")[2].split()[:2]
            parents[int(entry.parent.name)] = int(parent)
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def cpu_milliseconds(pids: list[int]) -> float:
    """Time on a core, user and system, that every thread of these processes has had so far."""
    nanoseconds = 0
    for pid in pids:
        for schedule in (PROC / str(pid) / "task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                nanoseconds += int(schedule.read_text().split()[0])
    return nanoseconds / 1e6


@contextmanager
def environment(given: Mapping[str, str]) -> Iterator[None]:
    """Within: these environment variables, for what is started."""
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def served(
    given: Mapping[str, str], workers: int, *, settings: str = "bench.settings"
) -> Iterator[tuple[int, int]]:
    """Within: gunicorn as production starts it, on loopback; gives its port and process."""
    listener = listen(HOST, 8900)
    port = int(listener.getsockname()[1])
    with environment(given):
        web = WebProcess(listener, settings=settings, workers=workers)
    listener.close()
    try:
        if not web.answers(HOST, port):
            raise RuntimeError("The web process did not start.")
        yield port, web.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(web.pid, signal.SIGTERM)
        web.wait()
