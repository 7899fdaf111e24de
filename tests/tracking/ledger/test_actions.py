"""What the platform itself writes into the ledger is written once."""

from datetime import date

import pytest

from foundation.facts import FactBatch, open_batch
from tracking.ledger.actions import (
    CourseTaken,
    UnknownCourse,
    record_completion,
    record_start,
    register_course,
)
from tracking.ledger.models import Completion, CompletionSource, Course, Start
from tracking.organisation.models import Person

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 15)


@pytest.fixture
def person() -> Person:
    return Person.objects.create(person_id="P1")


def complete(person: Person, on: date = DAY) -> Completion:
    return record_completion(
        person=person,
        course_code="MOD",
        on=on,
        source=CompletionSource.PLATFORM,
        actor=None,
        judged_by={"points": 12},
    )


@pytest.fixture
def course() -> Course:
    return register_course(code="MOD", name="Module", minutes=30, actor=None)


def test_a_completion_recorded_twice_is_there_once(person: Person, course: Course) -> None:
    first, batches = complete(person), FactBatch.objects.count()
    assert complete(person) == first
    assert Completion.objects.count() == 1
    assert FactBatch.objects.count() == batches
    assert first.judged_by == {"points": 12}


def test_the_same_course_on_another_day_is_another_completion(
    person: Person, course: Course
) -> None:
    complete(person)
    complete(person, date(2024, 6, 1))
    assert Completion.objects.known_now().count() == 2


def test_beginning_again_keeps_the_first_day(person: Person, course: Course) -> None:
    for on in (DAY, date(2024, 6, 1)):
        record_start(person=person, course_code="MOD", on=on, actor=None)
    assert Start.objects.get().on == DAY


def test_nothing_is_recorded_for_a_course_nobody_knows(person: Person) -> None:
    with pytest.raises(UnknownCourse):
        complete(person)
    with pytest.raises(UnknownCourse):
        record_start(person=person, course_code="MOD", on=DAY, actor=None)
    assert not FactBatch.objects.exists()


def test_a_module_published_again_unchanged_changes_nothing(course: Course) -> None:
    assert register_course(code="MOD", name="Module", minutes=30, actor=None) == course
    assert Course.objects.count() == 1


def test_a_renamed_module_supersedes_its_course(course: Course) -> None:
    register_course(code="MOD", name="New name", minutes=30, actor=None)
    assert Course.objects.known_now().get().name == "New name"
    assert Course.objects.count() == 2


def test_a_module_may_not_take_the_code_of_a_course_taken_elsewhere() -> None:
    batch = open_batch(origin="test")
    Course.objects.create(code="WEB", name="Web", form="extern_webb", batch_in=batch)
    with pytest.raises(CourseTaken):
        register_course(code="WEB", name="Mine", minutes=5, actor=None)
