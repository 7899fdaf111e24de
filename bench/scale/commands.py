"""Whole commands over a made-up city, each in a process of its own: what they take in all."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.scale.timing import Figure, Taken, taken_by
from bench.surroundings import ROOT

WORKER = ("manage.py", "work", "--once")


def exports(place: Mapping[str, str]) -> list[Figure]:
    """Every export of the whole city."""
    wanted = (
        ("export_status", "csv", "5 s"),
        ("export_status", "xlsx", "40 s"),
        ("export_summary", "csv", ""),
    )
    found = []
    with tempfile.TemporaryDirectory(prefix="kompetens-export-") as folder:
        for command, form, limit in wanted:
            path = Path(folder) / f"{command}.{form}"
            asked = ("--as-of", _today(), "--output", str(path))
            taken = taken_by(place, "manage.py", command, *asked)
            note = f"{path.stat().st_size / 2**20:.1f} MB"
            found.append(Figure("commands", f"{command}, {form}", taken.cell, limit, note))
    return found


def _today() -> str:
    return datetime.now(ZoneInfo("Europe/Stockholm")).date().isoformat()


def nothing(place: Mapping[str, str]) -> Figure:
    """What every command takes before it begins."""
    taken = taken_by(place, "-c", "from bench.plan import start; start()")
    return Figure("commands", "Nothing: the program's start", taken.cell)


def rebuild(place: Mapping[str, str]) -> Figure:
    """Everybody's status and every count from the facts, by one process."""
    taken_by(place, "-m", "bench.scale.forget")
    taken = taken_by(place, "manage.py", "rebuild_status")
    return Figure("commands", "Full rebuild into the database", taken.cell, "8 s at 50,000")


def by_workers(place: Mapping[str, str], number: int) -> Figure:
    """The same, its parts handed to so many workers; nobody else is at work."""
    taken_by(place, "-m", "bench.scale.forget")
    taken_by(place, "manage.py", "rebuild_status", "--queue")
    began = time.monotonic()
    workers = [
        subprocess.Popen([sys.executable, *WORKER], cwd=ROOT, env=os.environ | place)
        for _ in range(number)
    ]
    cpu, most = 0.0, 0.0
    for worker in workers:
        _pid, status, used = os.wait4(worker.pid, 0)
        worker.returncode = os.waitstatus_to_exitcode(status)
        cpu += used.ru_utime + used.ru_stime
        most = max(most, used.ru_maxrss / 1024)
    if any(worker.returncode for worker in workers):
        sys.exit("A worker failed.")
    taken = Taken(time.monotonic() - began, cpu, most, "")
    what = f"Full rebuild by {number} worker{'s' if number > 1 else ''}"
    return Figure("commands", what, taken.cell, "2 at least 1.7 × as fast" if number > 1 else "")


def engine(place: Mapping[str, str]) -> list[Figure]:
    """What `bench.engine` says of the engine alone, without what keeps its figures."""
    limits = {"**the engine alone, on them**": "1 s, 300 MB at 50,000"}
    found = []
    for line in taken_by(place, "-m", "bench.engine").said.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 4 or not cells[3].isdigit():
            continue
        what, clock, cpu, memory = cells
        cell = f"{float(clock):.2f} s ({float(cpu):.2f}), {memory} MB"
        found.append(Figure("engine", what, cell, limits.get(what, "")))
    return found
