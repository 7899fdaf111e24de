"""`python -m bench`: load the demo city on each database, measure each page, print the tables."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench.measure import TASKS
from tests.postgres import binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Measured:
    """A page: queries of one request, milliseconds of the first in a process and of later ones."""

    name: str
    queries: int
    cold: list[float]
    warm: list[float]

    def row(self) -> str:
        """The table's row."""
        cells = [str(self.queries), *_p50_p95(self.cold), *_p50_p95(self.warm)]
        return f"| {self.name} | {' | '.join(cells)} |"


def _p50_p95(milliseconds: list[float]) -> list[str]:
    if len(milliseconds) < 2:
        return [f"{milliseconds[0]:.0f}"] * 2
    cuts = quantiles(milliseconds, n=20, method="inclusive")
    return [f"{cuts[9]:.0f}", f"{cuts[18]:.0f}"]


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed with code {done.returncode}.")
    return done.stdout


def _page(environment: dict[str, str], task: str, cold: int, warm: int) -> Measured:
    """Measure `task` in `cold` processes of its own, and `warm` more times in the last one."""
    firsts: list[float] = []
    answer: dict[str, object] = {}
    for number in range(cold):
        repeat = warm if number == cold - 1 else 0
        answer = json.loads(_run(environment, "-m", "bench.measure", task, str(repeat)))
        firsts.append(float(str(answer["cold"])))
    later = answer["warm"]
    assert isinstance(later, list)
    return Measured(TASKS[task], int(str(answer["queries"])), firsts, later)


def _database(title: str, environment: dict[str, str], cold: int, warm: int) -> None:
    print(f"Loading the demo city ({title}) ...", file=sys.stderr, flush=True)
    _run(environment, "manage.py", "migrate", "--verbosity=0")
    _run(environment, "manage.py", "load_demo")
    about = json.loads(_run(environment, "-m", "bench.measure", "about", "0"))
    print(f"\n### {title}\n\n{about['text']}\n")
    print("| page | queries | cold p50 ms | cold p95 ms | warm p50 ms | warm p95 ms |")
    print("|---|---:|---:|---:|---:|---:|")
    for task in TASKS:
        print(_page(environment, task, cold, warm).row(), flush=True)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}"
    )


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--cold", type=int, default=5, help="processes per page")
    parser.add_argument("--warm", type=int, default=40, help="more requests in one of them")
    parser.add_argument("--no-postgresql", action="store_true")
    given = parser.parse_args()
    print(f"Measured on: {_machine()}.")
    print(
        f"Cold: the first request of a fresh process ({given.cold} processes). Warm: {given.warm} "
        "more requests in one. In-process, without the network."
    )
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="kompetens-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        local = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "DATABASE_URL": ""}
        sqlite = local | {"DATA_DIR": str(folder / "sqlite")}
        _database("SQLite", sqlite, given.cold, given.warm)
        if binaries() is None or given.no_postgresql:
            return
        url = stack.enter_context(throwaway_cluster())
        postgres = local | {"DATA_DIR": str(folder / "postgresql"), "DATABASE_URL": url}
        _database("PostgreSQL", postgres, given.cold, given.warm)


if __name__ == "__main__":
    main()
