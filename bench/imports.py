"""`python -m bench.imports [ROWS …]`: HR's full file, new, unchanged and changed by one in fifty.

Each import is a process of its own on a database of its own; beside it another one writes a row
again and again, as somebody who answers a quiz does, and says the longest it waited. Prints a table
for SQLite and, where it is installed, PostgreSQL.
"""

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from time import monotonic, process_time, sleep

from bench.surroundings import ROOT, commit, machine, run, say
from tests.postgres import binaries, throwaway_cluster

SEED = 2024
HEADER = (
    "person_id",
    "fornamn",
    "efternamn",
    "epost",
    "enhet",
    "befattning",
    "verksamhetsomrade",
    "chef",
    "fran",
    "till",
    "skyddad",
)
POSITIONS = ("Socialsekreterare", "Undersköterska", "Lärare", "Förskollärare", "Handläggare")
AREAS = ("Individ- och familjeomsorg", "Äldreomsorg", "Grundskola", "Förskola", "Stab")
FIRST = ("Anna", "Åsa", "Erik", "Fatima", "Jörgen", "Maria", "Omar", "Ulla")
LAST = ("Andersson", "Bergström", "Karlsson", "Lindqvist", "Nilsson", "Öberg")
CHANGED_ONE_IN = 50
PER_UNIT = 25
WAITS_BETWEEN_WRITES = 0.005
HEAD = (
    "| rows | file | time, s | CPU, s | peak memory, MB | lock held, ms | of which CPU, ms |"
    " longest wait of another writer, ms | said |\n"
    "|---:|---|---:|---:|---:|---:|---:|---:|---|"
)


def staff(count: int, *, year: int) -> Iterator[tuple[str, ...]]:
    """A city's staff; in a later year one in fifty has another position."""
    random = Random(SEED)
    for number in range(count):
        first, last = random.choice(FIRST), random.choice(LAST)
        position, area = random.randrange(len(POSITIONS)), random.choice(AREAS)
        if year and number % CHANGED_ONE_IN == 0:
            position += 1
        begun = f"{random.randint(2000, 2025)}-{random.randint(1, 12):02}-01"
        yield (
            f"HR{number:07}",
            first,
            last,
            f"{first}.{last}.{number}@stad.example".lower(),
            f"E-{number // PER_UNIT:05}",
            POSITIONS[position % len(POSITIONS)],
            area,
            "ja" if number % PER_UNIT == 0 else "nej",
            begun,
            "",
            "ja" if number % 5000 == 17 else "nej",
        )


def write_file(path: Path, count: int, *, year: int = 0) -> None:
    """The file as HR's system saves it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(staff(count, year=year))


class Held:
    """How long the lock of facts is held: from when it is taken until its transaction ends."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def taken(self, take: Callable[[], None]) -> Callable[[], None]:
        """Takes the lock, and looks at the clock then and after the commit."""
        from django.db import transaction

        def watched() -> None:
            take()
            began, worked = monotonic(), process_time()

            def over() -> None:
                self.seconds = max(self.seconds, monotonic() - began)
                self.cpu = max(self.cpu, process_time() - worked)

            transaction.on_commit(over)

        return watched


def bring_in(path: Path) -> None:
    """The import alone; prints what it took."""
    from bench.plan import start

    start()
    from datetime import date

    from django.db import connection
    from django.utils import translation

    from foundation.facts import take_batch_lock
    from tracking.imports import actions
    from tracking.imports.actions import import_files
    from tracking.imports.kinds.base import Options
    from tracking.imports.words import counts_words

    connection.ensure_connection()
    held = Held()
    vars(actions)["take_batch_lock"] = held.taken(take_batch_lock)
    began, worked = monotonic(), process_time()
    day = date(2026, 1, 15)
    with translation.override("sv"):
        options = Options(today=day, full=True, as_of=day)
        said = counts_words(import_files("staff", [path], options=options), dry_run=False)
    took = {
        "seconds": monotonic() - began,
        "cpu": process_time() - worked,
        "held": held.seconds,
        "held_cpu": held.cpu,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "said": said,
    }
    print(json.dumps(took))


def keep_writing() -> None:
    """Write a row until told to stop; prints the longest it took, and how often it wrote."""
    from bench.plan import start

    start()
    from threading import Event, Thread

    from django.contrib.contenttypes.models import ContentType

    stop = Event()

    def wait() -> None:
        sys.stdin.read()
        stop.set()

    Thread(target=wait, daemon=True).start()
    row = ContentType.objects.order_by("pk").first()
    assert row is not None
    longest, times = 0.0, 0
    print("ready", flush=True)
    while not stop.is_set():
        began = monotonic()
        row.save(update_fields=["model"])
        longest, times = max(longest, monotonic() - began), times + 1
        sleep(WAITS_BETWEEN_WRITES)
    print(json.dumps({"ms": longest * 1000, "times": times}), flush=True)


def measured(place: dict[str, str], path: Path) -> dict[str, float | str]:
    """One import while somebody else writes."""
    ours = os.environ | place
    command = [sys.executable, "-m", "bench.imports"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*command, "--write"], cwd=ROOT, env=ours, **pipes) as other:  # type: ignore[call-overload]
        other.stdout.readline()
        done = subprocess.run(
            [*command, "--bring", str(path)],
            cwd=ROOT,
            env=ours,
            capture_output=True,
            text=True,
            check=False,
        )
        told, _nothing = other.communicate("")
    if done.returncode:
        sys.exit(done.stderr)
    took: dict[str, float | str] = json.loads(done.stdout)
    took.update(json.loads(told.strip().splitlines()[-1]))
    return took


def emptied(place: dict[str, str], count: int) -> dict[str, str]:
    """The place with nothing in its database."""
    if not place["DATABASE_URL"]:
        return place | {"DATA_DIR": f"{place['DATA_DIR']}-{count}"}
    import psycopg

    with psycopg.connect(place["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return place


def measure(title: str, place: dict[str, str], counts: list[int], folder: Path) -> None:
    """A table of every size on one database; each size begins with nobody known."""
    print(f"\n### {title}\n\n{HEAD}", flush=True)
    for count in counts:
        path, later = folder / f"personal-{count}.csv", folder / f"personal-{count}-nasta.csv"
        write_file(path, count)
        write_file(later, count, year=1)
        place = emptied(place, count) | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }
        run(place, "manage.py", "migrate", "--verbosity=0")
        files = (("new", path), ("the same again", path), ("one in fifty changed", later))
        for name, file in files:
            took = measured(place, file)
            print(
                f"| {count:,} | {name} | {took['seconds']:.1f} | {took['cpu']:.1f} |"
                f" {took['mb']:.0f} | {took['held'] * 1000:.0f} | {took['held_cpu'] * 1000:.0f} |"
                f" {took['ms']:.0f} | {took['said']} |",
                flush=True,
            )


def main() -> None:
    """Measure, or be one of the two processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", nargs="*", type=int, default=[50_000, 500_000])
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"))
    parser.add_argument("--bring", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bring:
        return bring_in(given.bring)
    if given.write:
        return keep_writing()
    databases = given.databases or (["sqlite", "postgresql"] if binaries() else ["sqlite"])
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Measured on: {machine()}; commit {commit()}. Load of the machine before: {load}.")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="kompetens-imports-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if "sqlite" in databases:
            place = {"DATA_DIR": str(folder / "sqlite"), "DATABASE_URL": ""}
            measure("SQLite", place, given.rows, folder)
        if "postgresql" in databases:
            say("Starting PostgreSQL ...")
            url = stack.enter_context(throwaway_cluster())
            place = {"DATA_DIR": str(folder / "postgresql"), "DATABASE_URL": url}
            measure("PostgreSQL", place, given.rows, folder)
    return None


if __name__ == "__main__":
    main()
