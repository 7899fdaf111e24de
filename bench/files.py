"""`python -m bench.files`: what a report costs as a file: seconds, megabytes, and memory at most.

Each file is written in a process of its own, so that its memory is its own. Rows are like those of
a report of figures: two codes, two names, eight numbers, a share, a day and a yes or no.
"""

import multiprocessing
import os
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROWS = {
    "csv": (10_000, 200_000),
    "xlsx": (10_000, 200_000),
    "pdf": (400, 1_000),
    "docx": (400,),
}


def write_one(form: str, rows: int, folder: str, told: Any) -> None:
    """Write a file of so many rows; tell how long it took, and the memory it took at most."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from foundation.documents import About, Column, Document, Table, write

    def cells() -> Iterator[list[object]]:
        for number in range(rows):
            row: list[object] = [f"SDN-{number % 14}", "Norra innerstadens stadsdelsnämnd"]
            row += [f"K{number % 23}", "Fråga om våld och veta vad man gör med svaret"]
            yield [*row, *(number % 97 for _at in range(8)), 87, date(2026, 12, 31), True]

    columns = [Column("kod", "code"), Column("namn"), Column("kod", "code"), Column("namn")]
    columns += [Column(f"antal {at}", "number") for at in range(8)]
    columns += [Column("andel", "share"), Column("senast", "date"), Column("nått", "yes_no")]
    table = Table("Siffror", columns, cells())  # type: ignore[arg-type]
    about = About("Uppföljning", made_at=datetime.now(UTC))
    before = time.process_time()
    with (Path(folder) / f"{rows}.{form}").open("wb") as file:
        write(Document(about, [table]), form, file)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told.put((time.process_time() - before, memory // 1024))


def main() -> None:
    """Write them all, and print the table."""
    print("| form | rows | CPU s | MB | memory at most, MB |\n|---|---:|---:|---:|---:|")
    spawn = multiprocessing.get_context("spawn")
    with TemporaryDirectory() as folder:
        for form, sizes in ROWS.items():
            for rows in sizes:
                told: Any = spawn.Queue()
                process = spawn.Process(target=write_one, args=(form, rows, folder, told))
                process.start()
                seconds, memory = told.get(timeout=600)
                process.join()
                size = (Path(folder) / f"{rows}.{form}").stat().st_size / 1e6
                print(f"| {form} | {rows} | {seconds:.1f} | {size:.1f} | {memory} |", flush=True)


if __name__ == "__main__":
    main()
