"""`python -m bench`: load the demo city on each database, serve it, ask, print the tables."""

import argparse
import json
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.analysis import HEAD
from bench.plan import TITLES
from bench.processes import served
from bench.surroundings import ROOT, commit, machine, postmaster, run, say
from bench.table import Table
from tests.postgres import binaries, throwaway_cluster


def _database(title: str, place: dict[str, str], given: argparse.Namespace) -> None:
    say(f"Loading the demo city ({title}) ...")
    place = place | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    run(place, "manage.py", "migrate", "--verbosity=0")
    run(place, "manage.py", "load_demo")
    if given.times > 1:
        say(f"Making it {given.times} times as large ...")
        run(place, "-m", "bench.grow", str(given.times))
    run(place, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    sizes = str(given.connections), str(given.requests)
    plan = json.loads(run(place, "-m", "bench.plan", *sizes, *given.pages))
    print(f"\n### {title}\n\n{plan['about']}\n")
    with served(place, given.workers) as (port, web):
        table = Table(port, web, postmaster(place["DATABASE_URL"]))
        print(table.head, flush=True)
        for name in given.pages:
            row = table.row(plan["pages"][name], requests=given.requests, seconds=given.seconds)
            print(row, flush=True)
    if given.responses:
        say(f"Writing {given.responses} answers ...")
        run(place, "-m", "bench.analysis", "fill", str(given.responses))
        row = run(place, "-m", "bench.analysis", "measure")
        print(f"\nItem analysis:\n\n{HEAD}\n{row}", flush=True)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    names = ", ".join(TITLES)
    parser.add_argument("--pages", nargs="+", choices=TITLES, default=list(TITLES), help=names)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"))
    parser.add_argument("--connections", type=int, default=8, help="that ask at the same time")
    parser.add_argument("--requests", type=int, default=400, help="per page, at most")
    parser.add_argument("--seconds", type=float, default=6, help="per page, at most")
    parser.add_argument("--times", type=int, default=1, help="as large a city as the demo's")
    parser.add_argument("--workers", type=int, default=2, help="gunicorn processes")
    parser.add_argument("--responses", type=int, default=1_000_000, help="to analyse; 0: none")
    given = parser.parse_args()
    if not given.databases:
        given.databases = ["sqlite", "postgresql"] if binaries() else ["sqlite"]
    return given


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    given = _given()
    print(f"Measured on: {machine()}; commit {commit()}.")
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
