"""Three questions after a course: once, anonymous, and shown by five answers at a time."""

from datetime import date
from itertools import pairwise

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from courses.feedback.actions import AlreadyGiven, give_feedback
from courses.feedback.models import CourseFeedback, FeedbackCount, FeedbackGiven
from courses.feedback.queries import mark_of, reports
from courses.feedback.questions import FEWEST, QUESTIONS
from courses.modules.groundwork import lay_groundwork
from courses.pages.models import CoursePage
from tests.courses.makers import CODE, make_course_with_quiz, make_person, signed_in
from tests.factories import person as staff
from tests.factories import trainer
from tracking.ledger.actions import record_completion
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import Person

GOOD = {"useful": "5", "ready": "4", "better": "cases"}
POOR = {"useful": "1", "ready": "1", "better": "shorter"}
DAY = date(2026, 11, 20)


def completed(
    name: str, *, code: str = CODE, source: CompletionSource = CompletionSource.PLATFORM
) -> Completion:
    person = make_person(name)
    return record_completion(
        person=person, course_code=code, on=DAY, source=source, actor=person.user
    )


def answer(count: int, answers: dict[str, str] = GOOD, *, start: int = 0) -> None:
    for number in range(start, start + count):
        give_feedback(completion=completed(f"p{number}"), answers=answers)


@pytest.fixture
def course(db: None) -> CoursePage:
    lay_groundwork()
    return make_course_with_quiz()


@pytest.fixture
def editor(course: CoursePage) -> Client:
    return signed_in(trainer(staff("lärare")))


def reader(completion: Completion) -> Client:
    person: Person = completion.person
    assert person.user
    return signed_in(person.user)


def address(course: CoursePage) -> str:
    return reverse("feedback:give", args=[course.pk])


def pages(editor: Client, course: CoursePage) -> str:
    """All that a trainer can see of it."""
    names = ("course_feedback", "course_feedback_export")
    shown = [editor.get(reverse(name)) for name in names]
    shown.append(editor.get(reverse("course_feedback_course", args=[course.pk])))
    assert [one.status_code for one in shown] == [200, 200, 200]
    return "".join(one.text.partition("<main")[2] or one.text for one in shown)


def rows() -> dict[str, int]:
    """How many rows there are of everything."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_who_has_completed_the_course_is_asked_once(course: CoursePage) -> None:
    client = reader(completed("anna"))
    assert address(course) in client.get(course.url).text
    assert "Ingen ser vad just du svarar" in client.get(address(course)).text
    answered = client.post(address(course), GOOD)
    assert (answered.status_code, answered["Location"]) == (303, course.url)
    assert address(course) not in client.get(course.url).text
    assert client.post(address(course), POOR).status_code == 302
    assert CourseFeedback.objects.get().waiting == 1


def test_who_has_not_completed_it_here_is_not_asked(course: CoursePage) -> None:
    person = make_person("bo")
    assert person.user
    elsewhere = reader(completed("eva", source=CompletionSource.IMPORT))
    for client in (signed_in(person.user), elsewhere):
        assert address(course) not in client.get(course.url).text
        assert client.get(address(course)).status_code == 404
        assert client.post(address(course), GOOD).status_code == 404


def test_an_answer_left_out_is_asked_for_and_nothing_is_kept(course: CoursePage) -> None:
    client = reader(completed("anna"))
    assert client.post(address(course), GOOD | {"ready": ""}).status_code == 400
    assert client.post(address(course), GOOD | {"ready": "9"}).status_code == 400
    assert not FeedbackGiven.objects.exists()


def test_taking_the_course_anew_one_is_asked_anew(course: CoursePage) -> None:
    first = completed("anna")
    give_feedback(completion=first, answers=GOOD)
    with pytest.raises(AlreadyGiven):
        give_feedback(completion=first, answers=GOOD)
    again = record_completion(
        person=first.person,
        course_code=CODE,
        on=date(2027, 11, 20),
        source=CompletionSource.PLATFORM,
        actor=None,
    )
    give_feedback(completion=again, answers=GOOD)
    assert CourseFeedback.objects.get().waiting == 2


def test_no_row_is_one_person_s_answers_and_none_leads_to_anybody(course: CoursePage) -> None:
    completion = completed("anna")
    before = rows()
    give_feedback(completion=completion, answers=GOOD)
    kept = {
        field.name
        for model in (CourseFeedback, FeedbackCount, FeedbackGiven)
        for field in model._meta.concrete_fields
    }
    counts = {"id", "course_code", "feedback", "question", "choice", "shown", "waiting"}
    assert kept == counts | {"mark"}
    mark = FeedbackGiven.objects.get().mark
    assert len(mark) == 64
    # Nothing else remembers it either, the history of the admin and the audit log included.
    assert {name for name, count in rows().items() if count != before[name]} == {
        "courses.CourseFeedback",
        "courses.FeedbackCount",
        "courses.FeedbackGiven",
    }


def test_the_mark_follows_from_the_server_s_key(course: CoursePage, settings) -> None:
    completion = completed("anna")
    mark = mark_of(completion)
    settings.SECRET_KEY = "en helt annan nyckel"
    assert mark_of(completion) != mark


def test_four_answers_show_nothing_and_nothing_moves_between_two_views(
    course: CoursePage, editor: Client
) -> None:
    before = pages(editor, course)
    for number in range(FEWEST - 1):
        answer(1, start=number)
        assert pages(editor, course) == before
    assert "Kurskod" not in before
    answer(1, start=FEWEST)
    assert pages(editor, course) != before


def test_from_five_answers_on_they_are_added_five_at_a_time(
    course: CoursePage, editor: Client
) -> None:
    answer(FEWEST)
    at_five = pages(editor, course)
    assert "fler exempel" in at_five or "fall" in at_five
    answer(FEWEST - 1, POOR, start=10)
    assert pages(editor, course) == at_five
    answer(1, POOR, start=20)
    (report,) = reports([course])
    assert report.answers == 2 * FEWEST
    assert [told.mean for told in report.told] == [3.0, 2.5, None]


def test_the_file_has_what_the_page_has(course: CoursePage, editor: Client) -> None:
    answer(FEWEST)
    lines = editor.get(reverse("course_feedback_export")).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "kurskod;kurs;fråga;svar;antal;svarande"
    assert len(lines) == 1 + sum(len(question.choices) for question in QUESTIONS)
    assert [line.rsplit(";", 2)[1:] for line in lines[1:2]] == [["5", "5"]]


def test_it_is_for_those_who_write_courses(course: CoursePage, editor: Client) -> None:
    stranger = signed_in(make_person("cia").user)
    for name in ("course_feedback", "course_feedback_export"):
        assert stranger.get(reverse(name)).status_code == 302  # to the log-in of the admin
    assert reverse("course_feedback") in editor.get("/admin/").text


class Shown(TestCase):
    """Whatever is answered, what is shown moves by five answers or not at all."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.sampled_from(["1", "3", "5"]), max_size=12))
    def test_what_is_shown_moves_by_whole_rounds(self, given: list[str]) -> None:
        page = CoursePage(course_code=CODE, title="x")
        seen = [reports([page])[0].answers]
        for number, useful in enumerate(given):
            completion = Completion(person_id=number, course_code=CODE, on=DAY)
            give_feedback(completion=completion, answers=GOOD | {"useful": useful})
            (report,) = reports([page])
            seen.append(report.answers)
            for told in report.told:
                assert sum(count for _words, count, _share in told.rows) == report.answers
        assert {after - before for before, after in pairwise(seen)} <= {0, FEWEST}
        assert seen[-1] == len(given) // FEWEST * FEWEST
