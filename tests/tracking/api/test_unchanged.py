"""An ETag changes exactly when the figures may; and what an answer costs."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.facts import FactBatch, open_batch
from foundation.intervals import today
from tests.factories import duty, employ, person, target, unit
from tests.tracking.api.conftest import Program, key_of
from tests.tracking.api.test_rows import city, learn  # noqa: F401  (a fixture)
from tracking.organisation.models import Duty, DutyRole, Person

pytestmark = pytest.mark.django_db
TABLES = ("summary", "status", "units", "targets", "courses", "areas")
City = dict[str, Person]


def tags(program: Program, **asked: str) -> dict[str, str]:
    return {name: program.get(name, asked).headers["ETag"] for name in TABLES}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def test_nothing_recorded_is_nothing_changed(city: City) -> None:  # noqa: F811
    program, other = Program(key_of(city["samordnare"])), Program(key_of(city["samordnare"]))
    before = tags(program)
    assert changed(before, tags(program)) == set()
    assert changed(before, tags(other)) == set()  # the holder's rights, not the key
    for name in TABLES:
        answer = program.get(name, **{"If-None-Match": f'"annan", W/{before[name]}'})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == before[name]
        assert program.get(name, **{"If-None-Match": '"annan"'}).status_code == 200


def test_a_batch_changes_what_is_known_now_and_nothing_known_before(city: City) -> None:  # noqa: F811
    program = Program(key_of(city["samordnare"]))
    before = timezone.now()
    now, then = tags(program), tags(program, known_at=before.isoformat())
    bodies = {name: program.get(name, {"known_at": before.isoformat()}).content for name in TABLES}
    with time_machine.travel(before + timedelta(seconds=5), tick=False):
        learn(city["p3"])
        assert changed(now, tags(program)) == set(TABLES)
        assert changed(then, tags(program, known_at=before.isoformat())) == set()
        for name in TABLES:
            again = program.get(name, {"known_at": before.isoformat()})
            assert again.content == bodies[name]


def test_every_parameter_and_form_has_a_tag_of_its_own(city: City) -> None:  # noqa: F811
    program = Program(key_of(city["samordnare"]))
    asked: list[dict[str, str]] = [
        {},
        {"as_of": "2024-05-15"},
        {"unit": "EB"},
        {"target": "T1"},
        {"area": "Hemtjänst"},
        {"limit": "2"},
        {"known_at": "2026-01-01"},
    ]
    found = [program.get("summary", one).headers["ETag"] for one in asked]
    found.append(program.get("summary.csv").headers["ETag"])
    found.append(program.get(program.get("summary", {"limit": "2"}).json()["next"]).headers["ETag"])
    assert len(set(found)) == len(asked) + 2


def test_rights_and_protection_are_in_it(city: City) -> None:  # noqa: F811
    manager = person("chef")
    employ(manager, "EB", is_manager=True)
    program, coordinator = Program(key_of(manager)), Program(key_of(city["samordnare"]))
    before, whole = tags(program), tags(coordinator)
    assert before["summary"] != whole["summary"]
    Person.objects.filter(pk=city["p1"].pk).update(protected=True)
    assert changed(before, tags(program)) == {"status"}
    assert changed(whole, tags(coordinator)) == {"status"}
    before = tags(program)
    Duty.objects.create(
        person=manager,
        role=DutyRole.MANAGER,
        unit_code="HT",
        valid_from=date(2020, 1, 1),
        batch_in_id=city["p0"].employments.get().batch_in_id,
    )
    assert changed(before, tags(program)) == {"summary", "status", "units"}


def test_a_new_day_is_another_answer_unless_the_day_was_asked_for(city: City) -> None:  # noqa: F811
    program = Program(key_of(city["samordnare"]))
    asked = {"as_of": "2024-05-15"}
    now, then = tags(program), program.get("summary", asked).headers["ETag"]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert "summary" in changed(now, tags(program))
        assert program.get("summary", asked).headers["ETag"] == then


def test_the_answer_says_what_it_stands_on(city: City) -> None:  # noqa: F811
    program = Program(key_of(city["samordnare"]))
    last = FactBatch.objects.latest("pk")
    for name in TABLES:
        for ending in ("", ".csv"):
            answer = program.get(f"{name}{ending}", {"as_of": "2024-05-15"})
            assert answer.headers["Stand-As-Of"] == "2024-05-15"
            assert answer.headers["Stand-Batch"] == str(last.pk)
            assert answer.headers["Stand-Known-Through"].startswith(f"{today().year}-")
            kept = "private, no-store" if name == "status" else "private, no-cache"
            assert answer.headers["Cache-Control"] == kept
    with time_machine.travel(timezone.now(), tick=False):
        body = program.get("summary", {"known_at": "1999-12-31"}).json()
    assert body["stand"]["batch"] == 0
    assert body["stand"]["known_through"] is None
    assert body["rows"] == []


def test_before_the_first_fact_there_is_nothing(city: City) -> None:  # noqa: F811
    program = Program(key_of(city["samordnare"]))
    for name in TABLES:
        assert program.rows(name, {"known_at": "1999-12-31"}) == []


def _staff(count: int) -> None:
    for number in range(count):
        who = person(f"s{count}-{number}")
        employ(who, "EB" if number % 2 else "HT")
    open_batch(origin="test")


def _questions(seen: CaptureQueriesContext) -> list[str]:
    """Without the log's, and the brake's, which forgets a bucket when it has drained meanwhile."""
    beside = ("tracking_audit", "config_brake", "SAVEPOINT")
    return [one["sql"] for one in seen if not any(word in one["sql"] for word in beside)]


@pytest.mark.parametrize("role", ["samordnare", "chef"])
@pytest.mark.parametrize("name", TABLES)
def test_an_answer_asks_as_many_questions_however_many_the_staff(
    city: City,  # noqa: F811
    name: str,
    role: str,
) -> None:
    who = city["samordnare"]
    if role == "chef":
        who = person("chef")
        employ(who, "EB", is_manager=True)
    program = Program(key_of(who))
    program.get(name)
    asked = []
    for count in (3, 60):
        _staff(count)
        program.get(name)  # brings what is kept up to the last batch
        with CaptureQueriesContext(connection) as seen:
            assert program.get(name).status_code == 200
        asked.append(_questions(seen))
    assert len(asked[0]) == len(asked[1])
    if name in {"summary", "status"}:
        tag = program.get(name).headers["ETag"]
        with CaptureQueriesContext(connection) as seen:
            assert program.get(name, **{"If-None-Match": tag}).status_code == 304
        assert len(_questions(seen)) < len(asked[1])


def test_two_targets_or_twenty_cost_as_many_questions(city: City) -> None:  # noqa: F811
    program = Program(key_of(city["samordnare"]))
    program.get("summary")
    asked = []
    for number in range(2):
        target(f"N{number}")
        unit(f"U{number}", "STAD")
        duty(city["p1"], DutyRole.KEY_CONTACT, f"U{number}")
        open_batch(origin="test")
        program.get("summary")
        with CaptureQueriesContext(connection) as seen:
            program.get("summary")
        asked.append(_questions(seen))
    assert len(asked[0]) == len(asked[1])
