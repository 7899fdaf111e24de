"""Made-up cities: the same from the same seed, and nothing in them that an import would refuse."""

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.city.files import write_staff_file
from bench.city.plan import CityPlan
from bench.city.writing import NotEmpty, stretches, write_city
from foundation.facts import FactBatch
from foundation.intervals import today
from tests.tracking.commands import COLUMNS, load, run_import
from tests.tracking.rows import Batch, Row
from tracking.ledger.actions import record_completion
from tracking.ledger.models import Completion, CompletionSource, Course, Start
from tracking.organisation.models import Absence, Duty, Employment, Person, Unit
from tracking.targets.models import Exemption, Target

KINDS: dict[str, tuple[type, tuple[str, ...]]] = {
    "organisation": (
        Unit,
        ("code", "name", "kind", "parent_code", "valid_from", "valid_to", "replaced_by_code"),
    ),
    "courses": (Course, ("code", "name", "form", "provider", "minutes")),
    "targets": (
        Target,
        (
            *("code", "name", "programme_goal", "courses", "audience", "level", "share", "due_on"),
            *("days_new_employee", "validity_months", "valid_from", "valid_to", "source"),
            "is_assumption",
        ),
    ),
    "staff": (
        Employment,
        (
            *("person__person_id", "person__first_name", "person__last_name", "person__email"),
            *("unit_code", "position", "business_area", "is_manager", "valid_from", "valid_to"),
            "says_protected",
        ),
    ),
    "absence": (Absence, ("person__person_id", "valid_from", "valid_to", "kind")),
    "starts": (Start, ("person__person_id", "course_code", "on")),
    "completions": (
        Completion,
        ("person__person_id", "course_code", "on", "source", "result"),
    ),
    "exemptions": (
        Exemption,
        ("person__person_id", "target_code", "valid_from", "valid_to", "reason"),
    ),
    "duties": (Duty, ("person__person_id", "role", "unit_code", "valid_from", "valid_to")),
}
FACTS = [model for model, _fields in KINDS.values()]


def plan(staff: int = 60, seed: int = 7, targets: int = 19) -> CityPlan:
    return CityPlan(staff, today(), targets, seed, completions=4)


def columns_of(city: CityPlan) -> list[Any]:
    """Every number that the people of a city are made of."""
    return [
        [
            getattr(getattr(people, kind), name).tolist()
            for name in ("person", "night_in", "night_out")
        ]
        + [
            people.protected.tolist(),
            people.employments.unit.tolist(),
            people.completions.on.tolist(),
        ]
        for people in stretches(city)
        for kind in ("employments", "absences", "starts", "completions", "exemptions")
    ]


def cell(value: Any, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return (value - timedelta(days=1) if column == "till" else value).isoformat()
    return str(value)


def as_known(batch: int) -> dict[str, list[Row]]:
    """The city's facts as known after a batch, as rows of the files they would come in."""
    return {
        kind: sorted(
            (
                {
                    column: cell(value, column)
                    for column, value in zip(COLUMNS[kind], row, strict=True)
                }
                for row in model.objects.known_by(batch).values_list(*names)
            ),
            key=lambda row: list(row.values()),
        )
        for kind, (model, names) in KINDS.items()
    }


def test_the_same_seed_makes_the_same_city_and_another_seed_another() -> None:
    assert columns_of(plan(300)) == columns_of(plan(300))
    assert columns_of(plan(300)) != columns_of(plan(300, seed=8))


def test_everybody_who_is_employed_has_the_facts_a_large_city_has() -> None:
    city = CityPlan(2000, date(2026, 3, 2))
    facts: Counter[str] = Counter()
    for people in stretches(city):
        still = people.employments.rows(people.employments.night_out < 0)
        open_now = still.rows((still.end < 0) | (still.end > city.today))
        facts["employed"] += len(set(open_now.person.tolist()))
        facts["employments"] += len(still.person)
        facts["completions"] += len(people.completions.person)
    assert facts["employed"] == city.staff
    assert 1.5 <= facts["employments"] / city.people <= 3
    assert 8 <= facts["completions"] / city.people <= 11


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["now", "between the mergers"])
def test_every_import_takes_what_the_city_knew_at_a_moment(tmp_path: Path, moment: str) -> None:
    city = plan()
    write_city(city)
    last = FactBatch.objects.order_by("-pk")[0]
    if moment != "now":
        last = FactBatch.objects.filter(recorded_at__lt="2022-01-01T00:00Z").order_by("-pk")[0]
    known = as_known(last.pk)
    # Nobody had a duty before the city's own day.
    assert {kind for kind, rows in known.items() if not rows} <= {"duties"}
    for model in FACTS:
        model.objects.all().delete()  # type: ignore[attr-defined]
    Person.objects.all().delete()
    FactBatch.objects.all().delete()
    for kind, rows in known.items():
        if not rows:
            continue
        load(tmp_path, Batch(kind, tuple(rows), last.recorded_at))
    loaded = as_known(FactBatch.objects.order_by("-pk")[0].pk)
    assert {kind: rows for kind, rows in loaded.items() if rows != known[kind]} == {}


@pytest.mark.django_db
def test_hrs_whole_file_of_the_city_changes_nothing_in_it(tmp_path: Path) -> None:
    city = plan(200)
    write_city(city)
    path = tmp_path / "personal.csv"
    rows = write_staff_file(path, city)
    assert rows >= city.staff
    run_import("staff", path, "--full")
    assert FactBatch.objects.count() == len(city.calendar.batches)


@pytest.mark.django_db
def test_so_large_a_part_of_hrs_file_says_something_new_as_was_asked_for(tmp_path: Path) -> None:
    def roles(path: Path) -> list[str]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [row["befattning"] for row in csv.DictReader(file, delimiter=";")]

    city = plan(500)
    rows = write_staff_file(tmp_path / "a.csv", city)
    write_staff_file(tmp_path / "b.csv", city, changed=0.2)
    pairs: Iterable[tuple[str, str]] = zip(
        roles(tmp_path / "a.csv"), roles(tmp_path / "b.csv"), strict=True
    )
    changed = sum(one.casefold() != other.casefold() for one, other in pairs)
    assert 0.1 * rows < changed < 0.3 * rows


@pytest.mark.django_db
def test_a_batch_says_how_many_facts_it_brought_and_took_away() -> None:
    write_city(plan(200))

    def counted(field: str) -> Counter[int]:
        return Counter(
            batch
            for model in FACTS
            for batch in model.objects.exclude(**{field: None}).values_list(field, flat=True)  # type: ignore[attr-defined]
        )

    brought, taken = counted("batch_in"), counted("batch_out")
    assert taken
    for batch in FactBatch.objects.all():
        assert (batch.brought, batch.taken_away) == (brought[batch.pk], taken[batch.pk])


@pytest.mark.django_db
def test_a_city_is_written_into_an_empty_database_only() -> None:
    write_city(plan())
    with pytest.raises(NotEmpty):
        write_city(plan())


@pytest.mark.django_db
def test_life_goes_on_in_a_city_that_was_written() -> None:
    write_city(plan())
    person = Person.objects.order_by("pk")[0]
    course = Course.objects.known_now().order_by("pk")[0]
    done = record_completion(
        person=person,
        course_code=course.code,
        on=today(),
        source=CompletionSource.PLATFORM,
        actor=None,
    )
    assert done.batch_in_id == len(plan().calendar.batches) + 1
    assert Person.objects.create(person_id="NY").pk == plan().people + 1
