"""Modules in English beside Swedish: one course in two languages, what is missing in Swedish."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from courses.learning.models import Enrolment, LessonProgress
from courses.modules.groundwork import TRAINERS_GROUP, lay_groundwork
from courses.pages.models import CoursePage, LessonPage
from courses.pages.queries import course_page_for
from tests.courses.makers import CODE, make_course, make_person, make_user, screen, signed_in, text
from tests.courses.search.makers import headings, publish
from tests.quizzes.makers import form_of, key_of, make_quiz
from tracking.ledger.models import Completion, Course
from tracking.organisation.actions import choose_language
from tracking.organisation.models import Person, User

pytestmark = pytest.mark.django_db

NOTE = "Only in Swedish so far"


@pytest.fixture
def course() -> CoursePage:
    """Two lessons of two screens, published in Swedish, below a catalogue in both languages."""
    lay_groundwork()
    made = make_course(lessons=0, quiz=make_quiz(2))
    for number in (1, 2):
        body = [
            screen(f"Rubrik {number}.{at}", text(f"<p>Text {number}.{at}.</p><p>Mera.</p>"))
            for at in (1, 2)
        ]
        lesson = made.add_child(
            instance=LessonPage(
                title=f"Lektion {number}",
                slug=f"lektion-{number}",
                objective="Du kan något nytt.",
                minutes=10,
                body=body,
            )
        )
        publish(lesson)
    publish(made)
    return made


def english(page: Any, *, but: str = "", capture: Any = None) -> Any:
    """The page in English, each Swedish text with EN before it; but those with `but` in them."""
    locale = Locale.objects.get(language_code="en")
    translate_object(page, [locale])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    for segment in StringSegment.objects.filter(source=translation.source):
        if not but or but not in segment.string.data:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": f"EN {segment.string.data}"},
            )
    with capture(execute=True):
        translation.save_target(publish=True)
    return page.get_translation(locale)


@pytest.fixture
def in_english(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda page, **how: english(page, capture=django_capture_on_commit_callbacks, **how)


def reader(language: str, person: Person | None = None) -> Client:
    known = Person.objects.filter(user__username=f"las-{language}").first()
    user = (person or known or make_person(f"las-{language}")).user
    assert user is not None
    choose_language(user=user, language=language)
    return signed_in(user)


def said(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_has_one_address_and_speaks_the_reader_s_language(
    course: CoursePage, in_english: Any
) -> None:
    translated = in_english(course)
    lesson = in_english(course.lessons()[0])
    assert (translated.url, lesson.url) == (course.url, course.lessons()[0].url)
    swedish, speaks_english = reader("sv"), reader("en")
    assert '<h1 class="lesson__title" lang="sv">Rubrik 1.2</h1>' in said(swedish, f"{lesson.url}2/")
    page = said(speaks_english, f"{lesson.url}2/")
    assert '<h1 class="lesson__title" lang="en">EN Rubrik 1.2</h1>' in page
    assert '<div class="prose" lang="en">' in page
    assert NOTE not in page


def test_a_page_that_is_not_translated_is_shown_in_swedish_and_says_so(
    course: CoursePage, in_english: Any
) -> None:
    in_english(course)
    page = said(reader("en"), course.lessons()[1].url)
    assert '<h1 class="lesson__title" lang="sv">Rubrik 2.1</h1>' in page
    assert '<div class="prose" lang="sv">' in page
    assert NOTE in page
    assert NOTE not in said(reader("sv"), course.lessons()[1].url)


def test_a_translation_is_not_read_before_it_is_published(course: CoursePage) -> None:
    translate_object(course, [Locale.objects.get(language_code="en")])
    page = said(reader("en"), course.url)
    assert '<h1 lang="sv">Kursen provkurs</h1>' in page


def test_a_block_half_translated_stands_whole_in_swedish_until_it_is(
    course: CoursePage, in_english: Any
) -> None:
    in_english(course)
    lesson = in_english(course.lessons()[0], but="Text 1.1")
    page = said(reader("en"), lesson.url)
    block = re.search(r'<div class="in-source" lang="sv">.*?</div>', page, re.DOTALL)
    assert block is not None
    assert f'<p class="in-source__note" lang="en">{NOTE}</p>' in block[0]
    assert "Text 1.1." in block[0]
    assert "EN" not in block[0].replace("Only in", "")
    assert '<h1 class="lesson__title" lang="en">EN Rubrik 1.1</h1>' in page
    lesson = in_english(course.lessons()[0])
    assert NOTE not in said(reader("en"), lesson.url)


def test_a_course_taken_half_in_each_language_is_completed_once(
    course: CoursePage, in_english: Any
) -> None:
    translated = in_english(course)
    in_english(course.lessons()[0])
    person = make_person("halv")
    client = reader("sv", person)
    client.post(reverse("learning:start", args=[course.pk]))
    swedish_lesson = course.lessons()[0]
    client.post(reverse("learning:reach", args=[swedish_lesson.pk, 1]))
    client = reader("en", person)
    went_on = client.post(reverse("learning:start", args=[translated.pk]))
    assert went_on["Location"] == f"{swedish_lesson.url}2/"
    lesson = translated.lessons()[0]
    assert lesson.language == "en"
    after = client.post(reverse("learning:reach", args=[lesson.pk, 2]))
    assert after["Location"] == course.lessons()[1].url
    for number in (1, 2):
        last = client.post(reverse("learning:reach", args=[course.lessons()[1].pk, number]))
    assert last["Location"] == reverse("learning:quiz", args=[translated.pk])
    began = client.post(last["Location"])
    from quizzes.attempts.models import Attempt

    attempt = Attempt.objects.get(user=person.user)
    client.post(reverse("quizzes:submit", args=[attempt.public_id]), form_of(key_of(attempt)))
    assert began.status_code == 302
    assert Enrolment.objects.filter(user=person.user).count() == 1
    assert LessonProgress.objects.filter(user=person.user, completed_at__isnull=False).count() == 2
    assert [one.course_code for one in Completion.objects.filter(person=person)] == [CODE]


def test_no_list_has_the_course_twice(course: CoursePage, in_english: Any) -> None:
    in_english(course)
    in_english(course.lessons()[0])
    for language, title in (("sv", "Kursen provkurs"), ("en", "EN Kursen provkurs")):
        client = reader(language)
        for url in (lay_groundwork().url, reverse("learning:my_training")):
            page = said(client, url)
            assert len(re.findall(f'<a[^>]* href="{course.url}"[^>]*>', page)) == 1, url
            assert f">{title}</a>" in page
    assert Course.objects.known_now().get(code=CODE).name == "Kursen provkurs"
    for language in ("sv", "en"):
        with override(language):
            found = course_page_for(CODE)
        assert found is not None
        assert found.language == language


def test_search_finds_a_screen_once_in_the_reader_s_language(
    course: CoursePage, in_english: Any
) -> None:
    in_english(course)
    in_english(course.lessons()[0])
    assert headings("rubrik", language="sv") == [
        f"Rubrik {number}.{at}" for number in (1, 2) for at in (1, 2)
    ]
    assert sorted(headings("rubrik", language="en")) == [
        "EN Rubrik 1.1",
        "EN Rubrik 1.2",
        "Rubrik 2.1",
        "Rubrik 2.2",
    ]


def test_the_course_s_page_offers_its_other_language(course: CoursePage, in_english: Any) -> None:
    client = reader("sv")
    assert "Läs kursen på" not in said(client, course.url)
    in_english(course)
    page = said(client, course.url)
    assert (
        '<button class="link-button" type="submit" name="language" value="en" lang="en">'
        in (page[page.index("Läs kursen på") :])
    )


def test_a_translated_lesson_costs_as_many_queries_as_another(
    course: CoursePage, in_english: Any
) -> None:
    in_english(course)
    lesson = in_english(course.lessons()[0])

    def queries(client: Client) -> int:
        said(client, f"{lesson.url}2/")
        with CaptureQueriesContext(connection) as asked:
            said(client, f"{lesson.url}2/")
        return len(asked)

    assert queries(reader("en")) == queries(reader("sv"))


def test_lessons_keep_the_source_s_order(course: CoursePage, in_english: Any) -> None:
    translated = in_english(course)
    for lesson in reversed(course.lessons()):
        in_english(lesson)
    assert [one.title for one in translated.lessons()] == ["EN Lektion 1", "EN Lektion 2"]


def test_a_trainer_translates_in_the_admin(course: CoursePage) -> None:
    from django.contrib.auth.models import Group

    trainer: User = make_user("tolk")
    trainer.groups.add(Group.objects.get(name=TRAINERS_GROUP))
    client = signed_in(trainer)
    submit = reverse("wagtail_localize:submit_page_translation", args=[course.pk])
    assert client.get(submit).status_code == 200
    english = Locale.objects.get(language_code="en")
    client.post(submit, {"locales": [english.pk], "include_subtree": "on"})
    translated = course.get_translation(english)
    assert not translated.live
    assert translated.get_children().count() == 2
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[translated.pk]))
    assert editor.status_code == 200
    translation = Translation.objects.get(source__object_id=course.translation_key)
    segment = translation.source.stringsegment_set.get(context__path="title")
    saved = client.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        "value=The+course",
        content_type="application/x-www-form-urlencoded",
    )
    assert saved.status_code in (200, 201)


@pytest.mark.slow
def test_loading_the_files_again_changes_nothing_where_there_are_translations(
    capsys: pytest.CaptureFixture[str], in_english: Any
) -> None:
    call_command("load_modules", "freda")
    freda = CoursePage.objects.get(slug="freda", locale__language_code="sv")
    in_english(freda)
    in_english(freda.lessons()[0])
    capsys.readouterr()
    call_command("load_modules", "freda")
    assert re.search(r"0 nya, 0 uppdaterade, \d+ oförändrade\.\n$", capsys.readouterr().out)
    assert CoursePage.objects.filter(slug="freda").count() == 2
