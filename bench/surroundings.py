"""What a measurement runs on: commands over a database, the machine, the commit."""

import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]


def run(given: Mapping[str, str], *arguments: str) -> str:
    """Run Python with these arguments; gives what it printed. A failure ends the measurement."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | given,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed with code {done.returncode}.")
    return done.stdout


def say(text: str) -> None:
    """To whoever waits; the tables go to standard output."""
    print(text, file=sys.stderr, flush=True)


def postmaster(url: str) -> list[int]:
    """The process that all of PostgreSQL's come from; none for SQLite, which is in the web's."""
    if not url:
        return []
    with psycopg.connect(url) as connection:
        folder = connection.execute("SHOW data_directory").fetchone()
    assert folder is not None
    return [int((Path(folder[0]) / "postmaster.pid").read_text().splitlines()[0])]


def machine() -> str:
    """What is measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}"
    )


def commit() -> str:
    """What is measured."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"
