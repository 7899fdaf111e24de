"""Interactive content in a lesson: chosen, demanded, and found by its title."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import ReferenceIndex

from courses.h5p.store.actions import approve_library, import_package
from courses.h5p.store.models import H5PContent
from courses.pages.blocks.interactive import InteractiveBlock
from courses.pages.comparing.changes import screen_changes
from courses.pages.models import LessonPage
from courses.search.models import SearchEntry
from tests.courses.h5p.packages import make_package
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def uploaded(folder: Path, title: str = "Samtalet") -> H5PContent:
    """A content that can be played."""
    path = make_package(folder, name=f"{title}.h5p", title=title)
    came = import_package(path=path, actor=None, now=NOW)
    for library in came.waits.waiting:
        approve_library(library=library, actor=None, now=NOW)
    return H5PContent.objects.get(pk=came.content.pk)


def block(content: H5PContent | None, requirement: str = "shown", percent: Any = None) -> Any:
    said = {"content": content, "requirement": requirement, "percent": percent}
    return ("interactive", said)


def lesson_with(*content: Any) -> LessonPage:
    made = make_lesson(make_course(lessons=0), body=[screen("Öva", *content)])
    made.save_revision().publish()
    return LessonPage.objects.get(pk=made.pk)


def cleaned(content: H5PContent, requirement: str, percent: int | None) -> Any:
    struct = InteractiveBlock()
    said = {"content": content.pk, "requirement": requirement, "percent": percent}
    return struct.clean(struct.to_python(said))


def test_percent_is_said_where_points_are_demanded_and_nowhere_else(tmp_path: Path) -> None:
    content = uploaded(tmp_path)
    assert cleaned(content, "score", 80)["percent"] == 80
    for kind in ("shown", "opened", "finished"):
        assert cleaned(content, kind, 80)["percent"] is None
    for percent in (None, 0, 101):
        with translation.override("en"), pytest.raises(StructBlockValidationError) as refused:
            cleaned(content, "score", percent)
        assert list(refused.value.block_errors) == ["percent"]


def test_a_lesson_uses_the_content_it_shows(tmp_path: Path) -> None:
    content = uploaded(tmp_path)
    lesson = lesson_with(block(content))
    assert [int(one.object_id) for one in ReferenceIndex.get_references_to(content)] == [lesson.pk]


def test_the_title_is_what_search_finds_of_it(tmp_path: Path) -> None:
    lesson_with(block(uploaded(tmp_path, "Ett svårt telefonsamtal")))
    assert [one.text for one in SearchEntry.objects.filter(screen=1)] == [
        "Du kan något nytt. Ett svårt telefonsamtal"
    ]


def test_versions_are_compared_by_title_and_demand(tmp_path: Path) -> None:
    one, other = uploaded(tmp_path, "Ett"), uploaded(tmp_path, "Annat")
    stream = LessonPage.body.field.stream_block

    def stored(content: H5PContent, **said: Any) -> Any:
        value = {"content": content.pk, "requirement": "shown", "percent": None} | said
        inner = {"id": "b", "type": "interactive", "value": value}
        return [{"id": "s", "type": "screen", "value": {"heading": "H", "content": [inner]}}]

    before, after = stored(one), stored(other, requirement="score", percent=80)
    with translation.override("sv"):
        (changed,) = screen_changes(stream, before, after)
    assert [(each.before, each.after) for each in changed.changes] == [
        ("Ett", "Annat"),
        ("Visas bara", "Måste nå en andel av poängen"),
        ("", "80"),
    ]


def test_a_content_that_is_gone_leaves_the_rest_of_the_lesson(tmp_path: Path) -> None:
    content = uploaded(tmp_path)
    lesson = lesson_with(("text", "<p>Kvar.</p>"), block(content))
    H5PContent.objects.all().delete()
    reader = signed_in(make_user())
    answer = reader.get(lesson.url)
    assert answer.status_code == 200
    assert "Kvar." in answer.content.decode()
    assert "Samtalet" not in answer.content.decode()


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "<b>Fet & farlig</b>"])
def test_a_title_is_text_whatever_it_holds(tmp_path: Path, title: str) -> None:
    content = uploaded(tmp_path)
    content.title = title
    content.save()
    lesson = lesson_with(block(content))
    page = signed_in(make_user()).get(lesson.url).content.decode()
    assert title not in page
    assert "&lt;" in page


def queries_of(reader: Client, lesson: LessonPage) -> int:
    reader.get(lesson.url)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(lesson.url).status_code == 200
    return len(queries)


def test_three_contents_on_a_screen_cost_no_more_queries_than_one(tmp_path: Path) -> None:
    contents = [uploaded(tmp_path, f"Nummer {number}") for number in range(3)]
    course = make_course(lessons=0)
    reader = signed_in(make_user())
    one = make_lesson(course, 1, body=[screen("Ett", block(contents[0]))])
    three = make_lesson(course, 2, body=[screen("Tre", *map(block, contents))])
    pages = [LessonPage.objects.get(pk=each.pk) for each in (one, three)]
    assert queries_of(reader, pages[0]) == queries_of(reader, pages[1])
