"""What is kept of a screen follows from its wording alone: an edit is seen at once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from courses.pages.blocks import ScreenBlock
from courses.pages.models import CoursePage, LessonPage
from courses.pages.rendering import content_html, is_plain
from courses.sources.models import Source
from quizzes.bank.models import Question
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in, text
from tests.quizzes.makers import make_question

pytestmark = pytest.mark.django_db
CONTENT = ScreenBlock().child_blocks["content"]
KEPT = {
    *("text", "note", "case", "reflection", "sayings", "steps", "support"),
    *("tool", "dialogue", "quote", "accordion", "table"),
}


@pytest.fixture
def reader() -> Client:
    return signed_in(make_user())


def shown(reader: Client, lesson: LessonPage) -> str:
    return reader.get(lesson.url).content.decode()


def lesson_with(*content: tuple[str, Any], course: CoursePage | None = None) -> LessonPage:
    made = make_lesson(course or make_course(lessons=0), 1, body=[screen("Rubrik", *content)])
    return LessonPage.objects.get(pk=made.pk)


def edit(lesson: LessonPage, *content: tuple[str, Any]) -> None:
    lesson.body = [("screen", screen("Rubrik", *content)[1])]
    lesson.save_revision().publish()


def test_only_what_holds_its_whole_value_is_kept() -> None:
    assert {name for name, block in CONTENT.child_blocks.items() if is_plain(block)} == KEPT


@pytest.mark.parametrize("name", sorted(KEPT))
def test_a_kept_block_looks_as_wagtail_shows_it(name: str) -> None:
    block = CONTENT.child_blocks[name]
    stored = block.get_prep_value(block.normalize(block.get_preview_value()))
    raw = [{"type": name, "value": stored, "id": "a1"}]
    for _time in range(2):
        value = CONTENT.to_python(raw)
        as_wagtail = value[0].render_as_block({"citations": {}, "block_id": "a1"})
        assert content_html(CONTENT.to_python(raw), {}) == as_wagtail


def test_what_is_kept_asks_the_database_nothing_and_is_shown_in_each_language() -> None:
    value = CONTENT.to_python([{"type": "reflection", "value": {"prompt": "Vad?"}, "id": "a"}])
    with CaptureQueriesContext(connection) as queries:
        said = []
        for language in ("sv", "en", "sv"):
            with translation.override(language):
                said.append(content_html(value, {}))
    assert len(queries) == 0
    assert "Reflektion" in said[0]
    assert "Reflection" in said[1]
    assert said[2] == said[0]


def test_an_edit_is_seen_at_once(reader: Client) -> None:
    lesson = lesson_with(text("<p>Ring 08-111 11 11.</p>"))
    assert "08-111 11 11" in shown(reader, lesson)
    assert "08-111 11 11" in shown(reader, lesson)
    edit(lesson, text("<p>Ring 08-222 22 22.</p>"))
    changed = shown(reader, lesson)
    assert "08-222 22 22" in changed
    assert "08-111 11 11" not in changed


def test_a_page_that_is_linked_to_moves_and_the_link_with_it(reader: Client) -> None:
    course = make_course(lessons=0)
    linked = make_lesson(course, 2)
    link = f'<p><a linktype="page" id="{linked.pk}">Nästa</a></p>'
    lesson = lesson_with(text(link), course=course)
    assert f'href="{linked.url}"' in shown(reader, lesson)
    linked.slug = "flyttad"
    linked.save()
    assert "/flyttad/" in shown(reader, lesson)


def test_a_question_that_is_edited_or_kept_for_quizzes_is_seen_at_once(reader: Client) -> None:
    asked = Question.objects.filter(key=make_question(1))
    lesson = lesson_with(("check", {"question": asked.get()}))
    assert "Fråga nummer 1?" in shown(reader, lesson)
    asked.update(text="<p>En annan fråga?</p>")
    assert "En annan fråga?" in shown(reader, lesson)
    asked.update(use="quiz")
    assert "En annan fråga?" not in shown(reader, lesson)


def test_a_source_with_another_number_is_seen_at_once(reader: Client) -> None:
    course = make_course(lessons=0)
    lesson = lesson_with(text("<p>Ett [@bok].</p>"), course=course)
    assert 'href="#kalla-1"' in shown(reader, lesson)
    edit(lesson, text("<p>Två [@lag].</p>"), text("<p>Ett [@bok].</p>"))
    assert 'href="#kalla-2"' in shown(reader, lesson)
    Source.objects.get(key="bok").delete()
    Source.objects.get(key="lag").delete()
    assert "#kalla-" not in shown(reader, lesson)


def test_two_places_with_the_same_words_keep_their_own_names(reader: Client) -> None:
    prompt = ("reflection", {"prompt": "Vad tänker du?"})
    page = shown(reader, lesson_with(prompt, prompt))
    names = {part.split('"')[0] for part in page.split('<textarea id="')[1:]}
    assert len(names) == 2
