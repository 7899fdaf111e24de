"""A file is read and judged while others write; what they change meanwhile is taken in."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from foundation.facts import FactBatch
from foundation.jobs.progress import JobCancelled
from tests.tracking.commands import run_import
from tests.tracking.imports.base_city import GOOD, load_base, picture, write
from tests.tracking.status.situations import completion, employment
from tracking.imports.actions import ImportResult, import_files
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.base import Options
from tracking.imports.problems import ImportRefused
from tracking.models import Completion

pytestmark = pytest.mark.django_db
OPTIONS = Options(today=date(2024, 5, 15))
PHASES = ["Öppnar filen", "Läser rader", "Jämför med det som är känt", "Skriver det som är nytt"]


class Interrupted:
    """Steps of which one does something else first; remembers what it was told."""

    def __init__(self, at: str = "", act: Callable[[], object] = lambda: None) -> None:
        self.at, self.act = at, act
        self.told: list[tuple[str, int]] = []
        self.held: list[bool] = []

    def begin(self, phase: str, total: int = 0) -> None:
        self.told.append((phase, total))
        self.held.append(len(connection.savepoint_ids) > 0)
        if phase == self.at:
            self.act()

    def each(self, items: Iterable[Any], phase: str, total: int | None = None) -> Iterator[Any]:
        self.begin(phase, len(list(items)))
        return iter(items)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    load_base(tmp_path)
    return tmp_path


def bring(kind: str, path: Path, steps: Interrupted, **more: Any) -> ImportResult:
    return import_files(kind, [path], options=OPTIONS, steps=steps, **more)


def another(folder: Path) -> Path:
    (folder / "other").mkdir()
    return folder / "other"


def cancel() -> None:
    raise JobCancelled


def test_it_tells_what_it_does_and_how_many_rows_there_are(city: Path) -> None:
    steps = Interrupted()
    bring("starts", write(city, "starts", [GOOD["starts"]]), steps)
    assert steps.told == [(phase, int(phase == "Läser rader")) for phase in PHASES]


def test_until_it_writes_no_transaction_is_open(city: Path) -> None:
    steps = Interrupted()
    bring("starts", write(city, "starts", [GOOD["starts"]]), steps)
    assert steps.held == [False] * len(PHASES)


@pytest.mark.parametrize("phase", PHASES)
def test_broken_off_at_any_step_it_has_changed_nothing(city: Path, phase: str) -> None:
    path = write(city, "staff", [employment("NY", "SDN-FARSTA", "2024-01-01")])
    before = picture()
    with pytest.raises(JobCancelled):
        bring("staff", path, Interrupted(phase, cancel))
    assert picture() == before


def test_what_somebody_else_brought_meanwhile_is_not_brought_again(city: Path) -> None:
    path = write(city, "completions", [completion("A", "HEDER", "2023-05-01")])
    result = bring(
        "completions", path, Interrupted(PHASES[-1], lambda: run_import("completions", path))
    )
    assert (result.new, result.unchanged, result.batch) == (0, 1, None)
    assert Completion.objects.known_now().filter(course_code="HEDER").count() == 1


def test_what_the_judgement_rests_on_is_judged_again(city: Path, tmp_path: Path) -> None:
    withdrawn = employment("A", "SDN-FARSTA", "2022-01-10") | {"aterkallad": "ja"}
    employments = write(another(tmp_path), "staff", [withdrawn])
    absence = write(city, "absence", [GOOD["absence"]])
    with pytest.raises(ImportRefused) as refused:
        bring("absence", absence, Interrupted(PHASES[-1], lambda: run_import("staff", employments)))
    assert [problem.column for problem in refused.value.problems] == ["person_id"]


def test_what_has_nothing_to_do_with_it_is_not_judged_again(city: Path) -> None:
    seen = FactBatch.objects.latest("id").pk
    staff = KINDS["staff"](OPTIONS)
    run_import("courses", write(city, "courses", [GOOD["courses"]]))
    assert not staff.has_moved_since(seen)
    run_import("staff", write(city, "staff", [GOOD["staff"]]))
    assert staff.has_moved_since(seen)


def test_problems_are_said_once_though_judged_twice(city: Path) -> None:
    good, bad = completion("A", "HEDER", "2023-05-01"), completion("A", "OKÄND", "2023-05-01")
    path, other = another(city), city
    path, other = write(path, "completions", [good, bad]), write(other, "completions", [good])
    steps = Interrupted(PHASES[-1], lambda: run_import("completions", other))
    result = bring("completions", path, steps, partial=True)
    assert (len(result.problems), result.new, result.unchanged) == (1, 0, 1)
