"""`python -m bench`: load the demo city on each database, serve it, ask, print the tables."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import psycopg

from bench.load import Load, Page, percentile
from bench.plan import TITLES
from bench.processes import cpu_milliseconds, family, served
from tests.postgres import binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parents[1]
WARM_UP = 24


class Table:
    """The table of one database; its cells are those of the page that is measured."""

    HEAD = (
        "page",
        "requests",
        "requests/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "CPU ms",
        "queries",
        "KB",
    )

    def __init__(self, database: list[int]) -> None:
        self._database = database  # processes of the database, where it has its own

    @property
    def head(self) -> str:
        """Its first two lines."""
        names = list(self.HEAD)
        if self._database:
            names.insert(7, "CPU ms of the database")
        return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}"

    def row(self, page: Page, port: int, web: int, given: argparse.Namespace) -> str:
        """Warm up, then ask; raises RuntimeError when a page does not answer as it should."""
        load = Load(port, page)
        load.run(requests=WARM_UP, seconds=given.seconds)
        processes, database = family(web), self._processes_of_the_database()
        before = cpu_milliseconds(processes), cpu_milliseconds(database)
        answers = load.run(requests=given.requests, seconds=given.seconds)
        after = cpu_milliseconds(processes), cpu_milliseconds(database)
        count = len(answers.milliseconds)
        cells = [
            page["name"],
            str(count),
            f"{count / answers.seconds:.0f}",
            *(f"{percentile(answers.milliseconds, percent):.0f}" for percent in (50, 95, 99)),
            f"{(after[0] - before[0]) / count:.1f}",
            str(page["queries"]),
            f"{sum(answers.sizes) / count / 1024:.1f}",
        ]
        if self._database:
            cells.insert(7, f"{(after[1] - before[1]) / count:.1f}")
        asking = answers.own_cpu / count
        print(f"{page['name']}: asking took {asking:.1f} CPU ms here", file=sys.stderr, flush=True)
        return f"| {' | '.join(cells)} |"

    def _processes_of_the_database(self) -> list[int]:
        return [one for pid in self._database for one in family(pid)]


def _run(given: Mapping[str, str], *arguments: str) -> str:
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


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _database(title: str, place: dict[str, str], given: argparse.Namespace) -> None:
    _say(f"Loading the demo city ({title}) ...")
    place = place | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    _run(place, "manage.py", "migrate", "--verbosity=0")
    _run(place, "manage.py", "load_demo")
    _run(place, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    sizes = str(given.connections), str(given.requests)
    plan = json.loads(_run(place, "-m", "bench.plan", *sizes, *given.pages))
    print(f"\n### {title}\n\n{plan['about']}\n")
    table = Table(_postmaster(place["DATABASE_URL"]))
    print(table.head, flush=True)
    with served(place, given.workers) as (port, web):
        for name in given.pages:
            print(table.row(plan["pages"][name], port, web, given), flush=True)


def _postmaster(url: str) -> list[int]:
    """The process that all of PostgreSQL's come from; none for SQLite, which is in the web's."""
    if not url:
        return []
    with psycopg.connect(url) as connection:
        folder = connection.execute("SHOW data_directory").fetchone()
    assert folder is not None
    return [int((Path(folder[0]) / "postmaster.pid").read_text().splitlines()[0])]


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}"
    )


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    names = ", ".join(TITLES)
    parser.add_argument("--pages", nargs="+", choices=TITLES, default=list(TITLES), help=names)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"))
    parser.add_argument("--connections", type=int, default=8, help="that ask at the same time")
    parser.add_argument("--requests", type=int, default=400, help="per page, at most")
    parser.add_argument("--seconds", type=float, default=6, help="per page, at most")
    parser.add_argument("--workers", type=int, default=2, help="gunicorn processes")
    given = parser.parse_args()
    if not given.databases:
        given.databases = ["sqlite", "postgresql"] if binaries() else ["sqlite"]
    return given


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    given = _given()
    print(f"Measured on: {_machine()}; commit {_commit()}.")
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(
        f"{given.connections} connections, {given.workers} gunicorn workers (sync), at most "
        f"{given.requests} requests or {given.seconds:.0f} s a page. Load of the machine when it "
        f"began (1, 5, 15 minutes): {busy}."
    )
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="kompetens-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if "sqlite" in given.databases:
            place = {"DATA_DIR": str(folder / "sqlite"), "DATABASE_URL": ""}
            _database("SQLite", place, given)
        if "postgresql" in given.databases:
            url = stack.enter_context(throwaway_cluster())
            place = {"DATA_DIR": str(folder / "postgresql"), "DATABASE_URL": url}
            _database("PostgreSQL", place, given)


if __name__ == "__main__":
    main()
