"""A lesson is read one screen at a time."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from courses.pages.models import LessonPage
from quizzes.bank.models import Question
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in, text
from tests.quizzes.makers import make_question

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"""\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:""")
CASE = {
    "key": "fallet",
    "title": "Fallet",
    "start": "b",
    "steps": [
        {"id": "a", "text": "<p>Slutet.</p>", "choices": [], "end": True, "verdict": "good"},
        {
            "id": "b",
            "text": "<p>Början.</p>",
            "choices": [{"text": "Jag frågar.", "to": "a", "feedback": "Hon svarar."}],
        },
    ],
}


@pytest.fixture
def reader() -> Client:
    return signed_in(make_user())


def bank_question() -> Question:
    return Question.objects.get(key=make_question(1))


def lesson_of(*content: tuple[str, Any]) -> LessonPage:
    return make_lesson(make_course(lessons=0), body=[screen("En rubrik", *content)])


def shown(reader: Client, url: str) -> str:
    response = reader.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_one_screen_is_shown_at_a_time(reader: Client) -> None:
    lesson = make_course().lessons()[0]
    page = shown(reader, lesson.screen_url(2))
    assert re.findall(r"Text 1\.\d", page) == ["Text 1.2"]
    assert "Skärm 2 av 3" in page


def test_the_first_screen_is_the_lessons_own_address(reader: Client) -> None:
    lesson = make_course().lessons()[0]
    assert lesson.screen_url(1) == lesson.url
    assert "Text 1.1" in shown(reader, lesson.url)
    assert 'rel="prev"' not in shown(reader, lesson.url)
    assert f'rel="prev" href="{lesson.url}"' in shown(reader, lesson.screen_url(2))


def test_next_is_a_form_that_posts(reader: Client) -> None:
    lesson = make_course().lessons()[0]
    page = shown(reader, lesson.screen_url(2))
    assert f'<form method="post" action="/larande/{lesson.pk}/skarm/2/" data-next>' in page


@pytest.mark.parametrize("rest", ["0/", "4/", "99/", "01/", "-1/", "2/2/", "två/", "²/"])
def test_other_screens_do_not_exist(reader: Client, rest: str) -> None:
    assert reader.get(f"{make_course().lessons()[0].url}{rest}").status_code == 404


def test_a_draft_lesson_is_not_shown(reader: Client) -> None:
    lesson = make_course().lessons()[0]
    url = lesson.screen_url(2)
    lesson.unpublish()
    assert reader.get(url).status_code == 404


def test_nobody_reads_without_signing_in(client: Client) -> None:
    lesson = make_course().lessons()[0]
    response = client.get(lesson.screen_url(2))
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/logga-in/")


def test_citations_become_numbers_that_lead_to_the_sources_of_the_screen(reader: Client) -> None:
    lesson = lesson_of(
        text('<p>Ett [@lag, "2 §"]. Två [@bok]. Tre [@lag, "3 §"].</p>'),
        ("note", {"kind": "law", "title": "Lagen", "text": "<p>Fyra [@lag].</p>"}),
    )
    page = shown(reader, lesson.url)
    assert re.findall(r'href="#kalla-(\d)"', page) == ["1", "2", "1", "1"]
    assert re.findall(r'<li id="kalla-\d">\s*<span lang="sv"><cite>([^<]*)</cite>', page) == [
        "En lag",
        "En bok",
    ]
    assert '”2 §”</span>, <span lang="sv">”3 §”</span>.' in page
    assert "[@" not in page


def test_a_screen_without_citations_lists_no_sources(reader: Client) -> None:
    page = shown(reader, lesson_of(text("<p>Egna ord.</p>")).url)
    assert "Källor" not in page


def test_a_case_can_be_read_without_scripts_from_its_first_step(reader: Client) -> None:
    page = shown(reader, lesson_of(("case", CASE)).url)
    steps = re.findall(r'<details class="case__step" id="case-fallet-(\w)"[^>]*?( open)?>', page)
    assert steps == [("b", " open"), ("a", "")]
    assert 'href="#case-fallet-a"' in page
    assert page.index("Jag frågar.") < page.index("Hon svarar.") < page.index("Slutet.")


def test_a_reflection_can_never_be_sent(reader: Client) -> None:
    page = shown(reader, lesson_of(("reflection", {"prompt": "Tänk efter."})).url)
    area = re.search(r"<textarea[^>]*>", page)
    assert area is not None
    assert " name=" not in area[0]
    assert 'autocomplete="off"' in area[0]
    assert page.rindex("</form>", 0, page.index(area[0])) > page.rindex(
        "<form", 0, page.index(area[0])
    )


def test_no_page_of_a_lesson_carries_script_or_style_of_its_own(reader: Client) -> None:
    lesson = lesson_of(
        text("<p>Text.</p>"),
        ("note", {"kind": "changed", "title": "Nytt", "text": "<p>Ändrat.</p>"}),
        ("case", CASE),
        ("check", {"question": bank_question()}),
        ("reflection", {"prompt": "Tänk."}),
        ("sayings", {"title": "Säg", "pairs": [{"dont": "Nej", "do": "Ja", "why": "Så"}]}),
        ("steps", {"title": "Gör", "items": [{"title": "Ett", "text": "<p>Först.</p>"}]}),
        ("support", None),
    )
    for url in (lesson.url, lesson.course.url, lesson.course.get_parent().url):
        assert INLINE.findall(shown(reader, url)) == []


def test_a_knowledge_check_keeps_its_key_until_it_is_answered(reader: Client) -> None:
    lesson = lesson_of(("check", {"question": bank_question()}))
    page = shown(reader, lesson.url)
    assert "Alternativ 1.0" in page
    assert "HEMLIG" not in page
    assert "correct" not in page


def test_text_from_an_editor_is_escaped_where_it_is_plain(reader: Client) -> None:
    page = shown(reader, lesson_of(("reflection", {"prompt": "<script>x</script>"})).url)
    assert "<script>x" not in page


def test_a_course_page_says_what_one_needs_to_choose(reader: Client) -> None:
    course = make_course(
        objectives=[("objective", "Du kan fråga.")],
        audience="Alla handläggare.",
        authors="Redaktionen",
        content_warning="<p>Ta en paus när du vill.</p>",
    )
    page = shown(reader, course.url)
    for said in ("Du kan fråga.", "Alla handläggare.", "Redaktionen", "Ta en paus", "30 minuter"):
        assert said in page
    assert f'action="/larande/{course.pk}/borja/"' in page
    assert re.findall(r"Lektion \d", page) == ["Lektion 1", "Lektion 2"]


def test_the_catalogue_lists_published_courses_only(reader: Client) -> None:
    course = make_course()
    make_course("MOD-UTKAST", slug="utkast", publish=False)
    page = shown(reader, course.get_parent().url)
    assert re.findall(r"Kursen \w+", page) == ["Kursen provkurs"]


def note_of_the_district(key: str) -> tuple[str, Any]:
    return ("local", {"key": key, "title": "Så gör vi här", "prompt": "Skriv vem man ringer."})


def test_two_blocks_of_a_kind_do_not_have_the_same_key() -> None:
    course = make_course(lessons=0)
    one, other = note_of_the_district("ett"), note_of_the_district("tva")
    make_lesson(course, 1, body=[screen("Båda", one), screen("Nästa", other)])
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        make_lesson(course, 2, body=[screen("Båda", one), screen("Nästa", one)])
    assert "key ett." in refused.value.message_dict["body"][0]


def test_a_table_is_read_by_its_headings(reader: Client) -> None:
    table = {
        "caption": "Vem hjälper vem?",
        "columns": [{"type": "text", "heading": "När"}, {"type": "text", "heading": "Vem"}],
        "rows": [{"values": ["Nu", "112 <b>[@bok]</b>"]}],
    }
    page = shown(reader, lesson_of(("table", table)).url)
    assert re.findall(r"<th scope=.*?</th>", page) == [
        '<th scope="col">När</th>',
        '<th scope="col">Vem</th>',
        '<th scope="row">Nu</th>',
    ]
    assert "&lt;b&gt;" in page
    assert 'href="#kalla-1"' in page


def test_a_course_says_that_no_expert_has_reviewed_it_until_one_has(reader: Client) -> None:
    course = make_course(
        summary_en="You learn to ask.", prepares_for="Förbereder för metoden, ersätter den inte."
    )
    page = shown(reader, course.url)
    assert "Ej sakgranskad" in page
    assert re.search(r'lang="en">You learn to ask\.</', page)
    assert "Förbereder för metoden" in page
    course.reviewer = "Expert Expertsson, forskare"
    course.save_revision().publish()
    page = shown(reader, course.url)
    assert "Ej sakgranskad" not in page
    assert "Expert Expertsson" in page
