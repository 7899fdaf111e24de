"""A program that runs, brought back to how it began: for tests that share one, each its own."""

import contextlib
import os
import shutil
import signal
import sqlite3
import time
from pathlib import Path

from tests.program import DATABASE

# No number given out before is given out again: what the worker of jobs remembers by number
# meets nothing else under it.
NUMBERS_ON = "UPDATE sqlite_sequence SET seq = seq + ?"
APART = 1_000
# The web server's first process has the program loaded, so that its workers begin at once.
PRELOADED = {"GUNICORN_CMD_ARGS": "--preload"}


def restore(data: Path, pristine: Path, *, times: int) -> None:
    """Give `data` the database and the files of `pristine`; programs may have it open.

    `times`: how often it has been done, which sets the numbers of new rows.
    """
    with (
        contextlib.closing(sqlite3.connect(f"file:{pristine / DATABASE}?mode=ro", uri=True)) as old,
        contextlib.closing(sqlite3.connect(data / DATABASE, timeout=20)) as new,
    ):
        old.backup(new)
        with new:
            new.execute(NUMBERS_ON, (times * APART,))
    for path in data.iterdir():
        if not path.name.startswith(DATABASE):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(
        pristine, data, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{DATABASE}*")
    )


def fork_again(serving: int, *, seconds: float = 90) -> None:
    """Replace the web workers of `manage.py serve`, with all they remember, by new ones.

    `serving`: its process. Comes back when the old ones are gone.
    """
    gunicorn = next(child for child in _children(serving) if b"gunicorn" in _command(child))
    before = _children(gunicorn)
    os.kill(gunicorn, signal.SIGHUP)
    until = time.monotonic() + seconds
    while len(now := _children(gunicorn)) < len(before) or now & before:
        if time.monotonic() > until:
            raise RuntimeError(f"The web workers {sorted(before)} were not replaced")
        time.sleep(0.02)


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _children(parent: int) -> set[int]:
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, its_parent = entry.read_text().rpartition(")")[2].split()[:2]
            if int(its_parent) == parent and state != "Z":
                found.add(int(entry.parent.name))
    return found
