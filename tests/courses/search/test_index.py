"""The index is what is published, after everything that can happen to a page."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from courses.h5p.store.actions import approve_libraries, import_package, rename_content
from courses.h5p.store.models import H5PContent
from courses.pages.models import CoursePage, LessonPage
from courses.search.actions import rebuild
from courses.search.models import SearchEntry, SearchWord
from tests.courses.h5p.packages import make_package
from tests.courses.makers import make_lesson, screen
from tests.courses.search.makers import headings, publish, published_course

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
Kept = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


def kept() -> Kept:
    entries = SearchEntry.objects.order_by("page", "screen")
    words = SearchWord.objects.order_by("language", "term")
    return (
        list(entries.values_list("page", "course", "screen", "heading", "text", "text_terms")),
        list(words.values_list("language", "term", "entries")),
    )


def test_what_is_taken_down_is_not_found_and_is_again_when_published() -> None:
    course = published_course([("Ett", "Skyddsplan.")])
    lesson = course.lessons()[0]
    lesson.unpublish()
    assert headings("skyddsplan") == []
    assert not SearchWord.objects.filter(word__startswith="skydd").exists()
    publish(lesson)
    assert headings("skyddsplan") == ["Ett"]


def test_lessons_of_a_course_that_is_taken_down_are_not_found() -> None:
    course = published_course([("Ett", "Skyddsplan.")])
    course.unpublish()
    assert headings("skyddsplan") == []


def test_a_draft_is_not_found() -> None:
    lesson = published_course([("Ett", "Skyddsplan.")]).lessons()[0]
    lesson.body[0].value["heading"] = "Utkastet"
    lesson.save_revision()
    assert headings("utkastet") == []


def test_a_course_deleted_takes_its_lessons_and_words_along() -> None:
    course = published_course([("Ett", "Skyddsplan.")])
    course.delete()
    assert kept() == ([], [])


def test_a_lesson_that_moved_is_found_in_its_new_course() -> None:
    course = published_course([("Ett", "Skyddsplan.")])
    other = published_course(code="MOD-C", slug="c")
    course.lessons()[0].move(other, pos="last-child")
    assert SearchEntry.objects.get(screen=1).course_id == other.pk


def content_that_plays(folder: Path) -> H5PContent:
    imported = import_package(path=make_package(folder, title="Samtalet"), actor=None, now=NOW)
    approve_libraries(libraries=imported.waits.waiting, actor=None, now=NOW)
    return imported.content


def lesson_that_shows(
    content: H5PContent, code: str = "MOD-SOK", slug: str = "sokkurs"
) -> LessonPage:
    said = {"content": content, "requirement": "shown", "percent": None}
    course = published_course(code=code, slug=slug)
    lesson = make_lesson(course, body=[screen("Öva", ("interactive", said))])
    publish(lesson)
    return lesson


def test_content_that_is_called_something_else_is_found_by_that(tmp_path: Path) -> None:
    content = content_that_plays(tmp_path)
    lesson_that_shows(content)
    assert headings("samtalet") == ["Öva"]
    rename_content(content=content, title="Telefonen", actor=None)
    assert (headings("samtalet"), headings("telefonen")) == ([], ["Öva"])
    renamed = kept()
    rebuild()
    assert kept() == renamed


def test_a_new_version_brings_its_title_along(tmp_path: Path) -> None:
    content = content_that_plays(tmp_path)
    lesson_that_shows(content)
    path = make_package(tmp_path, title="Hembesöket")
    import_package(path=path, actor=None, now=NOW, content=content)
    assert headings("hembesöket") == ["Öva"]


def test_a_new_title_brings_nothing_unpublished_to_light(tmp_path: Path) -> None:
    content = content_that_plays(tmp_path)
    lesson = lesson_that_shows(content)
    lesson.body[0].value["heading"] = "Utkastet"
    lesson.save_revision()
    lesson_that_shows(content, "MOD-C", "c").unpublish()
    rename_content(content=content, title="Telefonen", actor=None)
    assert headings("telefonen") == ["Öva"]
    assert SearchEntry.objects.filter(screen=1).count() == 1


def test_a_database_that_is_emptied_is_no_migration() -> None:
    published_course()
    before = kept()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert kept() == before


def test_the_command_makes_the_same_anew(capsys: pytest.CaptureFixture[str]) -> None:
    published_course([("Ett", "Skyddsplan."), ("Två", "Våld.")])
    before = kept()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    call_command("rebuild_search")
    assert kept() == before
    assert capsys.readouterr().out == "3 skärmar och kurser går att söka i.\n"


class AfterAnything(TestCase):
    """What signals keep is what a rebuild would make."""

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["publish", "unpublish", "edit", "move", "delete"]),
                st.integers(0, 3),
                st.sampled_from(["våld barn", "barnen", "riskbedömning", "hem hem"]),
            ),
            max_size=5,
        )
    )
    @settings(max_examples=5, deadline=None)
    def test_the_index_is_what_a_rebuild_makes(self, acts: list[tuple[str, int, str]]) -> None:
        one = published_course([("Ett", "Våld.")], [("Två", "Barn.")])
        two = published_course([("Tre", "Hem.")], code="MOD-C", slug="c")
        for number, (act, which, words) in enumerate(acts):
            lessons = list(LessonPage.objects.order_by("pk"))
            if not lessons:
                break
            lesson = lessons[which % len(lessons)]
            match act:
                case "publish":
                    publish(lesson)
                case "unpublish":
                    lesson.unpublish()
                case "edit":
                    lesson.body[0].value["heading"] = words
                    publish(lesson)
                case "move":
                    elsewhere = two if lesson.course.pk == one.pk else one
                    lesson.slug = f"flyttad-{number}"
                    lesson.save()
                    there = CoursePage.objects.get(pk=elsewhere.pk)
                    LessonPage.objects.get(pk=lesson.pk).move(there, pos="last-child")
                case "delete":
                    lesson.delete()
        before = kept()
        rebuild()
        assert kept() == before
