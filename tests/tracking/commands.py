"""Writes the files of STATUS.md 2 and runs the commands a city runs on them."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.core.management import call_command

from tests.tracking.rows import Batch, Row

COLUMNS: dict[str, tuple[str, ...]] = {
    "organisation": ("kod", "namn", "typ", "overordnad", "fran", "till", "ersatts_av"),
    "staff": (
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
    ),
    "absence": ("person_id", "fran", "till", "typ"),
    "courses": ("kod", "namn", "form", "anordnare", "minuter"),
    "targets": (
        "kod",
        "namn",
        "programmal",
        "kurser",
        "omfattar",
        "niva",
        "andel",
        "senast",
        "dagar_nyanstalld",
        "giltighet_manader",
        "fran",
        "till",
        "kalla",
        "antagande",
    ),
    "starts": ("person_id", "kurs", "datum"),
    "completions": ("person_id", "kurs", "datum", "kalla", "resultat"),
    "exemptions": ("person_id", "mal", "fran", "till", "skal"),
    "duties": ("person_id", "roll", "enhet", "fran", "till"),
}


@dataclass(frozen=True)
class Dialect:
    """How a file was saved: every combination STATUS.md 2 accepts."""

    delimiter: str = ";"
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    quote_all: bool = False
    reverse_columns: bool = False


def as_csv(kind: str, rows: Iterable[Row], dialect: Dialect = Dialect()) -> bytes:
    """The rows as a file; text that Windows-1252 can't say is saved as UTF-8."""
    rows = list(rows)
    columns = list(COLUMNS[kind])
    columns += sorted({name for row in rows for name in row} - set(columns))
    if dialect.reverse_columns:
        columns.reverse()
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=dialect.delimiter,
        lineterminator=dialect.line_end,
        quoting=csv.QUOTE_ALL if dialect.quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    try:
        return text.getvalue().encode(dialect.encoding)
    except UnicodeEncodeError:
        return text.getvalue().encode()


def load(folder: Path, batch: Batch, *options: str, dialect: Dialect = Dialect()) -> str:
    """Import a batch as a city would; returns what the command printed."""
    path = folder / f"{batch.kind}.csv"
    path.write_bytes(as_csv(batch.kind, batch.rows, dialect))
    return run_import(batch.kind, path, "--recorded-at", batch.recorded_at.isoformat(), *options)


def run_import(kind: str, path: Path, *options: str) -> str:
    """Run one import command; returns what it printed."""
    printed, complained = io.StringIO(), io.StringIO()
    call_command(f"import_{kind}", str(path), *options, stdout=printed, stderr=complained)
    return printed.getvalue() + complained.getvalue()


def export(
    command: str,
    folder: Path,
    on: date,
    known_at: datetime | None = None,
    targets: Sequence[str] | None = None,
    unit: str | None = None,
) -> bytes:
    """Run `export_status` or `export_summary`; returns the file it wrote."""
    path = folder / f"{command}.csv"
    options = ["--as-of", on.isoformat(), "--output", str(path)]
    if known_at is not None:
        options += ["--known-at", known_at.isoformat()]
    if targets is not None:
        options += ["--target", *targets]
    if unit is not None:
        options += ["--unit", unit]
    call_command(command, *options, stdout=io.StringIO(), stderr=io.StringIO())
    return path.read_bytes()


def exported(command: str, folder: Path, on: date, **options: object) -> list[dict[str, str]]:
    """The exported rows as dicts."""
    text = export(command, folder, on, **options).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))
