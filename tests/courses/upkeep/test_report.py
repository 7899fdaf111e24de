"""What no longer holds, is not known, or nobody has looked at for a year, is told by lesson."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.pages.models import LessonPage
from courses.sources.models import LegalReference, Source
from courses.upkeep.queries import Problem, Row, rows
from tests.courses.makers import make_law, make_lesson, screen
from tests.courses.upkeep.conftest import cites

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def found(on: date = DAY) -> list[tuple[str, Problem, str]]:
    return [(row.key, row.problem, row.screens) for row in all_rows(on)]


def all_rows(on: date = DAY) -> list[Row]:
    return list(rows(LessonPage.objects.live(), on=on))


def ended(key: str = "ny", after: str = "") -> None:
    law = LegalReference.objects.get(key=key)
    law.valid_to = date(2026, 6, 30)
    law.replaced_by = LegalReference.objects.filter(key=after).first()
    law.save()


def test_what_holds_and_was_looked_at_is_not_told(lesson: LessonPage) -> None:
    assert found() == []


def test_law_that_has_ended_is_told_with_its_screens_from_the_day_after(
    lesson: LessonPage,
) -> None:
    ended()
    assert found(date(2026, 6, 30)) == []
    assert found(date(2026, 7, 1)) == [("ny", Problem.ENDED, "1, 2")]


def test_old_law_beside_what_replaced_it_is_told_apart(lesson: LessonPage) -> None:
    make_law("nyast", "2026:1", "3 §", checked_on=DAY)
    ended("ny", "nyast")
    assert found() == [("ny", Problem.ENDED, "1, 2")]
    lesson.body = [("screen", screen("Ett", cites("ny", "nyast"))[1])]
    lesson.save()
    assert found() == [("ny", Problem.BESIDE, "1")]


def test_a_paragraph_that_is_not_known_is_told(lesson: LessonPage) -> None:
    LegalReference.objects.filter(key="ny").update(paragraph="", paragraph_known=False)
    assert found() == [("ny", Problem.UNKNOWN, "1, 2")]


def test_a_year_without_a_look_is_told_the_day_after(lesson: LessonPage) -> None:
    Source.objects.filter(key="bok").update(checked_on=date(2025, 11, 21))
    assert found(date(2026, 11, 21)) == []
    assert found(date(2026, 11, 22)) == [("bok", Problem.UNCHECKED, "1")]
    Source.objects.filter(key="bok").update(checked_on=None)
    assert found() == [("bok", Problem.UNCHECKED, "1")]


def test_what_the_lesson_names_without_citing_counts(lesson: LessonPage) -> None:
    lesson.sources = [("source", Source.objects.get(key="lag"))]
    lesson.save()
    Source.objects.filter(key="lag").update(checked_on=None)
    assert [row.key for row in all_rows()] == ["lag"]


def test_the_place_is_opened_in_the_editor(lesson: LessonPage) -> None:
    ended()
    (row,) = all_rows()
    block = lesson.body[0].value["content"][0].id
    assert row.edit_url == f"/admin/pages/{lesson.pk}/edit/#block-{block}-section"


@pytest.mark.parametrize("lessons", [1, 4])
def test_the_report_asks_as_much_whatever_the_number_of_lessons(
    lesson: LessonPage, lessons: int
) -> None:
    for number in range(lessons):
        make_lesson(lesson.course, number + 10, body=[screen("Ett", cites("bok", "ny"))])
    all_rows()
    with CaptureQueriesContext(connection) as queries:
        all_rows()
    assert len(queries) == 5


@time_machine.travel(DAY)
def test_a_trainer_reads_filters_and_takes_it_along(trainer: Client, lesson: LessonPage) -> None:
    ended()
    Source.objects.filter(key="bok").update(checked_on=None)
    address = reverse("citing_report")
    page = trainer.get(address).content.decode()
    assert page.count("Lektion 1") >= 2
    results = reverse("citing_report_results")
    ended_only = trainer.get(results, {"problem": "ended"}).content.decode()
    assert "2 § enlagen" in ended_only
    assert "En bok" not in ended_only
    other = trainer.get(results, {"course": lesson.course.pk, "problem": "unchecked"})
    assert "En bok" in other.content.decode()
    export = trainer.get(address, {"export": "csv"})
    said = b"".join(export.streaming_content).decode()  # type: ignore[arg-type]
    assert len(said.strip().splitlines()) == 3
    assert trainer.get(address, {"export": "xlsx"}).status_code == 200
    assert trainer.get(results, {"problem": "<script>"}).status_code == 200
