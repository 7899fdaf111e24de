"""The drill: everything is there after a restore, on both databases and from one to the other."""

import gzip
import json
from pathlib import Path

import pytest

from tests.config.backup.conftest import Installation

pytestmark = pytest.mark.slow


def _rows(backup: Path) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own; keys of JSON in order."""
    found = {}
    for path in sorted((backup / "tables").iterdir()):
        columns = _columns(backup)[path.name.removesuffix(".jsonl.gz")]
        with gzip.open(path, "rt") as lines:
            rows = [
                [_read(kind, cell) for kind, cell in zip(columns, json.loads(line), strict=True)]
                for line in lines
            ]
        found[path.name] = sorted(json.dumps(row, sort_keys=True) for row in rows)
    return found


def _columns(backup: Path) -> dict[str, list[str]]:
    tables = json.loads((backup / "manifest.json").read_text())["tables"]
    return {name: [kind for _column, kind in columns] for name, columns, _count in tables}


def _read(kind: str, cell: str | None) -> object:
    return json.loads(cell) if kind == "json" and cell is not None else cell


def _files(data: Path) -> dict[str, bytes]:
    media = data / "media"
    return {str(p.relative_to(media)): p.read_bytes() for p in media.rglob("*") if p.is_file()}


def test_a_restore_that_is_killed_changes_nothing_and_the_next_one_brings_everything(
    source: Installation, backup: Path, empty: Installation, tmp_path: Path
) -> None:
    empty.killed("restore", str(backup), at=" av ")  # after the first rows
    again = tmp_path / "again"
    code, said = empty.run("restore", str(backup))
    assert code == 0, said
    assert said.splitlines()[-1].startswith("Återställt som det var")
    code, said = empty.run("backup", str(again))
    assert code == 0, said
    assert _but_the_restore(_rows(again)) == _rows(backup)
    assert len(_rows(backup)["tracking_auditentry.jsonl.gz"]) > 1
    files = _files(empty.data)
    assert files == _files(source.data)
    assert {name.rpartition("/")[2] for name in files if name.startswith("h5p/libraries/")} > {
        "library.json"
    }
    assert empty.figures(tmp_path / "after") == source.figures(tmp_path / "before")
    assert empty.run("verify_audit")[0] == 0
    _new_rows_get_new_numbers(empty)


def _but_the_restore(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without the one entry of the audit log that tells of it."""
    entries = rows["tracking_auditentry.jsonl.gz"]
    rows["tracking_auditentry.jsonl.gz"] = [one for one in entries if '"aterstalld"' not in one]
    assert len(entries) == len(rows["tracking_auditentry.jsonl.gz"]) + 1
    return rows


def _new_rows_get_new_numbers(there: Installation) -> None:
    code, said = there.run(
        "shell",
        "-c",
        "from tracking.organisation.models import Person as P;"
        "last = P.objects.order_by('pk').last().pk;"
        "print(P.objects.create(person_id='ny').pk > last)",
    )
    assert (code, said.splitlines()[-1]) == (0, "True")
