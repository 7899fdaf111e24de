"""How a process of ours learns that it is to stop: a flag, and a pipe to whoever started it."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable

PARENT_PIPE = "KOMPETENS_PARENT_PIPE"

# The one flag of a worker process: what takes long looks at it between its steps.
stopping = threading.Event()


def when_orphaned(act: Callable[[], None]) -> None:
    """Call `act` in a thread when the process that started this one is gone.

    That process holds one end of a pipe; however suddenly it dies, the pipe closes.
    """
    pipe = os.environ.get(PARENT_PIPE)
    if pipe:
        threading.Thread(target=_wait_for_end, args=(int(pipe), act), daemon=True).start()


def _wait_for_end(pipe: int, act: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        os.read(pipe, 1)
    act()


def ask_to_stop() -> None:
    """As a polite kill from outside."""
    os.kill(os.getpid(), signal.SIGTERM)


def stop_soon(seconds: float) -> None:
    """Politely, and outright when that has not helped in time."""
    ask_to_stop()
    threading.Event().wait(seconds)
    os.kill(os.getpid(), signal.SIGKILL)
