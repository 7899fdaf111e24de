"""The rows are those of the export commands, on random cities; a page at a time each once."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis.extra.django import TestCase

from foundation.brake import Brake
from foundation.facts import open_batch
from foundation.intervals import today
from tests.factories import completion, duty, employ, person, target, unit
from tests.tracking.api.conftest import Program, key_of
from tests.tracking.commands import export, load
from tests.tracking.status.cities import Question, Scenario, scenarios
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import DutyRole, Person
from tracking.targets.expressions import folded


def asked_of(question: Question) -> dict[str, Any]:
    asked: dict[str, Any] = {"as_of": question.on.isoformat()}
    if question.known_at is not None:
        asked["known_at"] = question.known_at.isoformat()
    if question.unit is not None:
        asked["unit"] = question.unit
    if question.targets is not None:
        asked["target"] = list(question.targets)
    return asked


def as_lines(rows: list[dict[str, Any]]) -> list[str]:
    said = [["" if value is None else str(value) for value in row.values()] for row in rows]
    return [";".join(line) for line in said]


@pytest.mark.slow
class TestSameAsTheExports(TestCase):
    """Each city is loaded by the import commands, as a city's would be."""

    @settings(
        max_examples=3,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios())
    def test_the_files_byte_for_byte_and_the_pages_row_for_row(self, scenario: Scenario) -> None:
        with (
            tempfile.TemporaryDirectory() as name,
            time_machine.travel("2040-01-01 12:00:00+01:00", tick=False),
        ):
            cache.clear()
            folder = Path(name)
            for batch in scenario.batches:
                load(folder, batch, dialect=scenario.dialect)
            coordinator = person("samordnare")
            duty(coordinator, DutyRole.COORDINATOR, "U-OKAND")
            program = Program(key_of(coordinator))
            for question in scenario.questions:
                note(repr(question))
                Brake.objects.all().delete()
                self._compare(program, folder, question)

    def _compare(self, program: Program, folder: Path, question: Question) -> None:
        asked = asked_of(question)
        narrowed = {"targets": question.targets, "unit": question.unit}
        for name, command in (("summary", "export_summary"), ("status", "export_status")):
            file = export(command, folder, question.on, known_at=question.known_at, **narrowed)
            answer = program.get(f"{name}.csv", asked)
            assert answer.status_code == 200, answer.content
            assert answer.content.decode() == file.decode()
            lines = file.decode("utf-8-sig").split("\r\n")[1:-1]
            paged = program.rows(name, {**asked, "limit": 3})
            assert as_lines(paged) == lines


@pytest.fixture
def city() -> dict[str, Person]:
    """Eight people in two units, a coordinator, two targets."""
    unit("STAD")
    unit("EB", "STAD")
    unit("HT", "STAD")
    people = {f"p{number}": person(f"p{number}") for number in range(8)}
    for number, who in enumerate(people.values()):
        held = employ(who, "EB" if number % 2 else "HT")
        held.business_area = "Ekonomiskt bistånd" if number % 2 else "Hemtjänst"
        held.save()
    people["samordnare"] = person("samordnare")
    duty(people["samordnare"], DutyRole.COORDINATOR, "STAD")
    target("T1")
    target("T2")
    completion(people["p0"], date(2024, 2, 1))
    return people


def learn(who: Person, on: date = date(2024, 3, 1)) -> None:
    """A batch of its own brings a completion."""
    Completion.objects.create(
        person=who,
        course_code="KURS",
        on=on,
        source=CompletionSource.IMPORT,
        batch_in=open_batch(origin="test"),
    )


pages = pytest.mark.parametrize("limit", [1, 2, 3, 5, 50_000])


@pytest.mark.django_db
@pages
@pytest.mark.parametrize("name", ["summary", "status", "units", "targets"])
def test_paging_gives_every_row_once_though_facts_are_recorded_in_between(
    city: dict[str, Person], name: str, limit: int
) -> None:
    program = Program(key_of(city["samordnare"]))
    before = program.rows(name)
    answer = program.get(name, {"limit": limit})
    found: list[dict[str, Any]] = []
    for number in range(100):
        body = answer.json()
        assert len(body["rows"]) <= limit
        found += body["rows"]
        if body["next"] is None:
            break
        learn(city[f"p{number % 8}"], date(2024, 3, 1) + timedelta(days=number))
        new = person(f"a{number}")
        employ(new, "EB")
        answer = program.get(body["next"])
    assert found == before
    if name == "summary" and limit < 6:
        assert program.rows(name) != before


@pytest.mark.django_db
def test_a_cursor_says_the_day_it_began_on(city: dict[str, Person]) -> None:
    key = key_of(city["samordnare"])
    evening = datetime.fromisoformat(f"{today()}T23:59:00+01:00")
    with time_machine.travel(evening, tick=False):
        body = Program(key).get("summary", {"limit": 2}).json()
    with time_machine.travel(evening + timedelta(minutes=5), tick=False):
        after = Program(key).get(body["next"]).json()
    assert after["stand"] == body["stand"]


@pytest.mark.django_db
def test_csv_has_the_next_page_in_its_header(city: dict[str, Person]) -> None:
    program = Program(key_of(city["samordnare"]))
    whole = program.get("status.csv").content.decode("utf-8-sig").split("\r\n")
    answer, lines = program.get("status", {"limit": 4}, Accept="text/csv"), []
    while True:
        lines += answer.content.decode("utf-8-sig").split("\r\n")[1:-1]
        link = answer.headers.get("Link", "")
        if not link:
            break
        answer = program.get(link[1:].partition(">")[0], Accept="text/csv")
    assert lines == whole[1:-1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"as_of": "2026-13-01"}, ["as_of"]),
        ({"as_of": "9999-01-01"}, ["as_of"]),
        ({"as_of": "1700000000"}, ["as_of"]),
        ({"known_at": "i går"}, ["known_at"]),
        ({"known_at": "2024-05-15T12:00:00"}, ["known_at"]),
        ({"known_at": "9999-12-31"}, ["known_at"]),
        ({"known_at": "0001-01-01T00:00:00+14:00"}, ["known_at"]),
        ({"limit": "0"}, ["limit"]),
        ({"limit": "50001"}, ["limit"]),
        ({"limit": "1e3", "as_of": ""}, ["as_of", "limit"]),
        ({"unit": "a\0b"}, ["unit"]),
        ({"unit": "x" * 65}, ["unit"]),
        ({"target": ["T1", ""]}, ["target"]),
        ({"as-of": "2024-05-15"}, ["as-of"]),
        ({"as_of": ["2024-05-15", "2024-05-16"]}, ["as_of"]),
        ({"cursor": "gissad"}, ["cursor"]),
        ({"cursor": "gissad", "unit": "EB"}, ["cursor"]),
    ],
)
def test_what_is_wrong_is_named_with_its_value_and_what_was_expected(
    city: dict[str, Person], asked: dict[str, Any], named: list[str]
) -> None:
    program = Program(key_of(city["samordnare"]))
    answer = program.get("summary", asked)
    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    errors = answer.json()["errors"]
    assert [one["parameter"] for one in errors] == named
    assert all(one["expected"] for one in errors)


@pytest.mark.django_db
def test_a_unit_or_target_nobody_knows_is_no_empty_answer(city: dict[str, Person]) -> None:
    program = Program(key_of(city["samordnare"]))
    answer = program.get("summary", {"unit": "FEL", "target": ["T1", "T9"]})
    assert answer.status_code == 404
    assert [(one["parameter"], one["value"]) for one in answer.json()["errors"]] == [
        ("unit", "FEL"),
        ("target", "T9"),
    ]


@pytest.mark.django_db
def test_a_plus_sign_that_an_address_lost_is_understood(city: dict[str, Person]) -> None:
    program = Program(key_of(city["samordnare"]))
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    address = f"/api/v1/summary?known_at={moment}"
    answer = program.get(address.replace("-00:00", "+00:00"))
    assert answer.status_code == 200, answer.content


@pytest.mark.django_db
def test_figures_of_a_business_area_count_who_is_in_the_audience_through_it(
    city: dict[str, Person],
) -> None:
    program = Program(key_of(city["samordnare"]))
    assert [row["verksamhetsomrade"] for row in program.rows("areas")] == [
        "Ekonomiskt bistånd",
        "Hemtjänst",
    ]
    for area in ("Hemtjänst", "HEMTJÄNST", " hemtjänst "):
        rows = program.rows("summary", {"area": area, "target": "T1"})
        assert [(row["enhet"], row["malgrupp"], row["klara"]) for row in rows] == [
            ("HT", 4, 1),
            ("STAD", 4, 1),
        ]
    assert folded("HEMTJÄNST") == "hemtjänst"
