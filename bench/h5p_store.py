"""`python -m bench.h5p_store`: what it costs to bring a package into the store.

In a process and a data folder of its own (SQLite, files on the disk), with the limits of the
settings: a package that brings its libraries, another content with the same ones, and that again.
"""

import multiprocessing
import os
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.h5p import MEGABYTE, at_most, make

SIZES = (5, 60, 200)


def bring(folder: str, told: Any) -> None:
    """Bring each package in, and tell of each way: seconds, queries, memory at most."""
    os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from courses.h5p.store.actions import import_package

    call_command("migrate", verbosity=0)
    for path in sorted(Path(folder).glob("*.h5p")):
        before = time.perf_counter()
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            came = import_package(path=path, actor=None, now=timezone.now())
        took = time.perf_counter() - before
        files = len(came.version.tree.files) + sum(len(one.tree.files) for one in came.brought)
        told.put((path.stem, path.stat().st_size, files, took, len(asked), at_most()))


def main() -> None:
    """Make the packages, bring them in, and print the table."""
    print(f"{os.cpu_count()} cores; load when it began: {os.getloadavg()[0]:.1f}\n")
    print("| package, MB | files | what | seconds | queries | memory at most, MB |")
    print("|---:|---:|---|---:|---:|---:|")
    spawn = multiprocessing.get_context("spawn")
    for megabytes in SIZES:
        with TemporaryDirectory() as folder:
            first = Path(folder) / "1 all of it is new.h5p"
            make(first, megabytes)
            make(Path(folder) / "2 other content, the same libraries.h5p", megabytes + 1)
            (Path(folder) / "3 the very same again.h5p").hardlink_to(first)
            told: Any = spawn.Queue()
            process = spawn.Process(target=partial(bring, folder, told))
            process.start()
            for _each in range(3):
                what, size, files, took, asked, most = told.get(timeout=600)
                print(
                    f"| {size / MEGABYTE:.0f} | {files} | {what[2:]} | {took:.1f} | {asked} |"
                    f" {most:.0f} |",
                    flush=True,
                )
            process.join()


if __name__ == "__main__":
    main()
