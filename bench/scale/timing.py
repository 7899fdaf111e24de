"""What something took: the clock, the CPU, the memory; as one cell of a table."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from bench.load import percentile
from bench.surroundings import ROOT

# Of the requests of a page: enough for a 95th percentile, unless that takes too long.
TIMES, SECONDS = 60, 8.0
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A row's figures at one size. `table`: which of the tables it belongs to."""

    table: str
    what: str
    cell: str
    limit: str = ""
    note: str = ""  # queries, size of the answer: the same at every size, or it would be a finding


def told(figures: Sequence[Figure]) -> str:
    """As one process tells another."""
    return json.dumps([asdict(one) for one in figures])


def heard(text: str) -> list[Figure]:
    """What `told` said, on the last line."""
    return [Figure(**one) for one in json.loads(text.strip().splitlines()[-1])]


class Stopwatch:
    """Milliseconds of the clock and of this thread's CPU, once for each time."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.cpu: list[float] = []

    def time(self, what: Callable[[], object]) -> None:
        """Once more."""
        clock, cpu = time.perf_counter(), time.thread_time()
        what()
        self.clock.append((time.perf_counter() - clock) * 1000)
        self.cpu.append((time.thread_time() - cpu) * 1000)

    @classmethod
    def over(cls, what: Callable[[], object]) -> Self:
        """Warm, then again and again."""
        for _ in range(WARM_UP):
            what()
        watch, began = cls(), time.monotonic()
        while len(watch.clock) < TIMES and time.monotonic() - began < SECONDS:
            watch.time(what)
        return watch

    @property
    def cell(self) -> str:
        """p50 / p95 of the clock, and of the CPU in brackets."""
        clock = [percentile(self.clock, percent) for percent in (50, 95)]
        cpu = percentile(self.cpu, 50)
        return f"{_short(clock[0])} / {_short(clock[1])} ({_short(cpu)})"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process took, and what it said."""

    seconds: float
    cpu: float
    megabytes: float
    said: str

    @property
    def cell(self) -> str:
        """Seconds of the clock, of CPU in brackets, and memory."""
        return f"{_short(self.seconds)} s ({_short(self.cpu)}), {self.megabytes:.0f} MB"


def taken_by(given: Mapping[str, str], *arguments: str) -> Taken:
    """Run Python with these arguments, alone; a failure ends the measurement."""
    with tempfile.TemporaryFile("w+") as out:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=os.environ | given, stdout=out
        )
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        out.seek(0)
        said = out.read()
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} failed with code {process.returncode}.")
    return Taken(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def own_megabytes() -> float:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def folder_megabytes(folder: Path) -> float:
    """What a folder holds on disk."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def _short(number: float) -> str:
    return f"{number:.2f}" if number < 1 else f"{number:.1f}" if number < 10 else f"{number:.0f}"
