"""An import broken off: what was read is not read again, and nothing of it is seen."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from foundation.jobs.progress import JobCancelled
from tests.tracking.commands import run_import
from tests.tracking.imports.base_city import load_base, picture, write
from tests.tracking.status.situations import employment
from tracking.imports import rows as reading_rows
from tracking.imports import staging as staged
from tracking.imports.actions import ARRIVALS_WAIT, import_files, remove_arrivals
from tracking.imports.kinds.base import Options
from tracking.imports.models import Arriving
from tracking.imports.staging import Staging, folder, remove_abandoned
from tracking.models import Employment, Person
from tracking.retention.people import left_before

pytestmark = pytest.mark.django_db
OPTIONS = Options(today=date(2024, 5, 15))
PEOPLE = 10


class Killed(BaseException):
    """As a worker dies: nothing of ours gets to clean up after it."""


class Dies:
    """Steps that die after so many rows, or when a phase begins; remembers the rows it gave."""

    def __init__(self, after: int | None = None, phase: str = "") -> None:
        self.after, self.phase = after, phase

    def begin(self, phase: str, total: int = 0) -> None:
        if phase == self.phase:
            raise Killed

    def each(self, items: Iterable[Any], phase: str, total: int | None = None) -> Iterator[Any]:
        for number, item in enumerate(items):
            if number == self.after:
                raise Killed
            yield item


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    load_base(tmp_path)
    monkeypatch.setattr(reading_rows, "AT_ONCE", 3)
    monkeypatch.setattr(staged.settings, "DATA_DIR", tmp_path / "data")
    people = [employment(f"N{number}", "SDN-FARSTA", "2024-01-01") for number in range(PEOPLE)]
    return write(tmp_path, "staff", people)


def bring(file: Path, **more: Any) -> Any:
    return import_files("staff", [file], options=OPTIONS, **more)


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines of the rows that are read from now on."""
    lines: list[int] = []
    into = reading_rows._Reader.into

    def watched(self: Any, table: Staging, rows: Any) -> None:
        rows = list(rows)
        lines.extend(raw.line for _seq, raw in rows)
        into(self, table, rows)

    monkeypatch.setattr(reading_rows._Reader, "into", watched)
    return lines


def test_what_was_read_before_the_worker_died_is_not_read_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = picture()
    with pytest.raises(Killed):
        bring(file, steps=Dies(after=7))
    assert picture() == before
    lines = parsed(monkeypatch)
    assert bring(file).new == PEOPLE
    assert lines == [8, 9, 10, 11]  # two parts of three rows were whole
    assert list(folder().iterdir()) == []


def test_a_file_that_has_changed_is_read_from_its_first_row(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Killed):
        bring(file, steps=Dies(after=7))
    file.write_bytes(file.read_bytes().replace(b"N0", b"M0"))
    lines = parsed(monkeypatch)
    bring(file)
    assert len(lines) == PEOPLE
    assert not Person.objects.filter(person_id="N0").exists()


@pytest.mark.parametrize("ends", [JobCancelled, Killed])
def test_rows_read_stay_only_for_a_worker_that_goes_on(file: Path, ends: type) -> None:
    class Ends(Dies):
        def begin(self, phase: str, total: int = 0) -> None:
            if phase.startswith("Jämför"):
                raise ends

    with pytest.raises(ends):
        bring(file, steps=Ends())
    assert bool(list(folder().iterdir())) == (ends is Killed)


def test_a_spoilt_table_is_begun_anew(file: Path) -> None:
    with pytest.raises(Killed):
        bring(file, steps=Dies(after=7))
    for path in folder().iterdir():
        path.write_bytes(b"no table")
    assert bring(file).new == PEOPLE


def test_the_same_file_brought_in_twice_at_once_is_two_readings(file: Path) -> None:
    class Meanwhile(Dies):
        def begin(self, phase: str, total: int = 0) -> None:
            if phase.startswith("Skriver"):
                assert bring(file).new == PEOPLE

    result = bring(file, steps=Meanwhile())
    assert (result.new, result.unchanged, result.batch) == (0, PEOPLE, None)
    assert Employment.objects.known_now().filter(person__person_id__startswith="N").count() == 10


@pytest.fixture
def died_before_the_facts(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """People were written; then the worker died, and what it would have tidied is left."""
    from tracking.imports import actions

    with monkeypatch.context() as patched:
        patched.setattr(actions, "make_ready", lambda *_: (_ for _ in ()).throw(Killed))
        patched.setattr(actions, "let_arrivals_be", lambda *_: None)
        with pytest.raises(Killed):
            bring(file)
    return file


def test_people_without_their_facts_are_neither_shown_nor_disposed_of(
    died_before_the_facts: Path,
) -> None:
    assert Arriving.objects.count() == PEOPLE
    assert not left_before(date(2024, 5, 15)).filter(person_id__startswith="N").exists()


def test_they_go_when_nobody_comes_back_for_them(died_before_the_facts: Path) -> None:
    remove_arrivals(now=timezone.now())
    assert Arriving.objects.count() == PEOPLE
    remove_arrivals(now=timezone.now() + ARRIVALS_WAIT + timedelta(minutes=1))
    assert not Arriving.objects.exists()
    assert not Person.objects.filter(person_id__startswith="N").exists()


def test_they_are_taken_up_by_the_worker_that_goes_on(died_before_the_facts: Path) -> None:
    keys = set(Person.objects.filter(person_id__startswith="N").values_list("pk", flat=True))
    bring(died_before_the_facts)
    there = Employment.objects.known_now().filter(person__person_id__startswith="N")
    assert set(there.values_list("person_id", flat=True)) == keys
    assert not Arriving.objects.exists()


def test_a_table_nobody_goes_on_with_is_removed(file: Path) -> None:
    with pytest.raises(Killed):
        bring(file, steps=Dies(after=7))
    remove_abandoned()
    [kept] = [path for path in folder().iterdir() if path.suffix == ".sqlite3"]
    for path in folder().iterdir():
        os.utime(path, (0, 0))
    remove_abandoned()
    assert not kept.exists()


def test_nobody_elses_account_may_look_into_what_waits(file: Path) -> None:
    assert folder().stat().st_mode & 0o077 == 0


DIES_HARD = """
import os, signal, sys
from pathlib import Path
from tracking.imports.staging import Staging
table = Staging(Path(sys.argv[1]))
with table.part():
    table.write_note("rows read", 3)
table.db.execute("BEGIN")
table.write_note("rows read", 6)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_in_a_part_leaves_the_parts_before_it(tmp_path: Path) -> None:
    path = tmp_path / "table.sqlite3"
    done = subprocess.run([sys.executable, "-c", DIES_HARD, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    table = Staging(path)
    assert table.note("rows read") == 3
    table.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_whole_file_of_people_is_written_with_as_many_questions_as_a_small_one(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    load_base(tmp_path)
    people = [employment(f"N{number:04}", "SDN-FARSTA", "2024-01-01") for number in range(600)]
    path = write(tmp_path, "staff", people)
    with django_assert_max_num_queries(60):
        bring(path)
    with django_assert_max_num_queries(20):
        assert bring(path).unchanged == 600


def test_the_summary_of_what_waits_is_readable_by_sqlite_alone(file: Path) -> None:
    """What lies there is what the file says: nothing is compiled into it."""
    with pytest.raises(Killed):
        bring(file, steps=Dies(after=7))
    [path] = [path for path in folder().iterdir() if path.suffix == ".sqlite3"]
    rows = sqlite3.connect(path).execute("SELECT key FROM row ORDER BY seq").fetchall()
    assert [json.loads(key)[0] for (key,) in rows] == [f"N{n}" for n in range(6)]


def test_a_full_file_says_how_far_it_has_come(tmp_path: Path, monkeypatch: Any) -> None:
    load_base(tmp_path)
    monkeypatch.setattr("tracking.imports.judging.PEOPLE_AT_ONCE", 4)
    told: list[tuple[str, int]] = []

    class Told(Dies):
        def each(self, items: Any, phase: str, total: int | None = None) -> Iterator[Any]:
            told.append((phase, len(items)))
            return iter(items)

    people = [employment(f"N{number}", "SDN-FARSTA", "2024-01-01") for number in range(PEOPLE)]
    bring(write(tmp_path, "staff", people), steps=Told())
    assert told == [("Läser rader", 10), ("Jämför med det som är känt", 3)]
    assert "10 oförändrade" in run_import("staff", write(tmp_path, "staff", people))
