"""`python -m bench.scale`: cities that double in size, on each database, and what they cost."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import psycopg

from bench.scale import commands
from bench.scale.timing import Figure, folder_megabytes, heard, taken_by
from bench.surroundings import ROOT, commit, machine, say
from tests.postgres import binaries, throwaway_cluster

SIZES = (6_250, 12_500, 25_000, 50_000)
FULL, FULL_GIB = 1_000_000, 30
TITLES = {
    "pages": "Pages: p50 / p95 ms of the clock (p50 ms of CPU), one after the other in one process",
    "facts": "Facts and days: p50 / p95 ms of the clock (p50 ms of CPU)",
    "engine": "The engine alone: seconds of the clock (of CPU), the most memory of its process",
    "commands": "Whole commands: seconds of the clock (of CPU), the most memory of a process",
}
MEASURES = (
    "rebuild",
    "workers",
    "pages",
    "one_fact",
    "past_days",
    "comparisons",
    "engine",
    "exports",
)


class Cities:
    """The cities of one database, each in a database of its own, one after the other."""

    def __init__(self, title: str, url: str, folder: Path, given: argparse.Namespace) -> None:
        self.title, self._url, self._folder, self._given = title, url, folder, given
        self.figures: dict[int, list[Figure]] = {}
        place = self._place("empty")
        taken_by(place, "manage.py", "migrate", "--verbosity=0")
        taken_by(place, "manage.py", "collectstatic", "--noinput", "--verbosity=0")

    def measure(self, staff: int) -> None:
        """Make a city of that size, measure, and take it away."""
        given = self._given
        say(f"{self.title}, {staff} employed, {given.targets} targets ...")
        name = f"city{staff}"
        shutil.copytree(self._folder / "empty", self._folder / name)
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, self._folder / name, ignore_errors=True)
            place = self._place(name, "empty")
            if self._url:
                stack.callback(self._run, f"DROP DATABASE {name}")
            found = self.figures[staff] = []
            for figure in self._figures(place, staff):
                say(f"  {figure.what}: {figure.cell} {figure.note}")
                found.append(figure)
            if not self._url:
                size = f"{folder_megabytes(self._folder / name):.0f} MB on disk"
                found.append(Figure("commands", "All of it", size))

    def _place(self, name: str, like: str = "template0") -> dict[str, str]:
        """The environment of a database of that name; on PostgreSQL it is made, like another."""
        url = self._url
        if url:
            self._run(f"CREATE DATABASE {name} TEMPLATE {like}")
            url = f"{url.rpartition('/')[0]}/{name}"
        return {
            "DATA_DIR": str(self._folder / name),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)

    def _figures(self, place: Mapping[str, str], staff: int) -> Iterator[Figure]:
        given, wanted = self._given, self._given.measures
        yield commands.nothing(place)
        city = (str(staff), "--targets", str(given.targets), "--seed", str(given.seed))
        yield Figure("commands", "The city made", taken_by(place, "-m", "bench.city", *city).cell)
        if "workers" in wanted:
            yield commands.by_workers(place, 1)
            yield commands.by_workers(place, 2)
        if "rebuild" in wanted:
            yield commands.rebuild(place)
        for name in ("pages", "one_fact", "past_days", "comparisons"):
            if name in wanted:
                yield from heard(taken_by(place, "-m", f"bench.scale.{name}").said)
        if "engine" in wanted:
            yield from commands.engine(place)
        if "exports" in wanted:
            yield from commands.exports(place)

    def tables(self) -> Iterator[str]:
        """Markdown."""
        sizes = list(self.figures)
        for table, title in TITLES.items():
            rows: dict[str, dict[int, Figure]] = {}
            for size, figures in self.figures.items():
                for one in figures:
                    if one.table == table:
                        rows.setdefault(one.what, {})[size] = one
            if not rows:
                continue
            yield f"\n#### {title}\n"
            heads = ["what", "limit", *(f"{size:,}".replace(",", " ") for size in sizes), "at most"]
            yield f"| {' | '.join(heads)} |\n|---|---|{'---:|' * (len(heads) - 2)}"
            for what, by_size in rows.items():
                cells = [by_size[size].cell if size in by_size else "" for size in sizes]
                some = list(by_size.values())
                yield f"| {' | '.join([what, some[0].limit, *cells, some[-1].note])} |"


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="people employed")
    parser.add_argument("--targets", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"))
    parser.add_argument("--measures", nargs="+", choices=MEASURES, default=MEASURES)
    parser.add_argument("--full", action="store_true", help="a million staff, on PostgreSQL")
    given = parser.parse_args()
    if given.full:
        given.sizes, given.databases = [FULL], ["postgresql"]
        # A sheet of xlsx takes a million rows, not fifteen.
        given.measures = [name for name in given.measures if name != "exports"]
        free = shutil.disk_usage(tempfile.gettempdir()).free / 2**30
        if free < FULL_GIB:
            parser.exit(1, f"{FULL_GIB} GiB free in {tempfile.gettempdir()} are needed.\n")
    if not given.databases:
        given.databases = ["sqlite", "postgresql"] if binaries() else ["sqlite"]
    return given


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    given = _given()
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(
        f"Measured on: {machine()}; commit {commit()}. Load of the machine when it began (1, 5, "
        f"15 minutes): {busy}. {given.targets} targets, seed {given.seed}."
    )
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="kompetens-scale-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        for database in given.databases:
            postgresql = database == "postgresql"
            url = stack.enter_context(throwaway_cluster()) if postgresql else ""
            title = "PostgreSQL" if postgresql else "SQLite"
            cities = Cities(title, url, folder / database, given)
            for staff in given.sizes:
                cities.measure(staff)
            print(f"\n### {title}")
            for line in cities.tables():
                print(line)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
