"""Min utbildning: what must I do, by when, and how long will it take?"""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from courses.learning.queries import context_of, my_training
from foundation.intervals import plus_days, today
from quizzes.attempts.models import Attempt
from tests.courses.makers import (
    CODE,
    make_course,
    make_course_with_quiz,
    make_person,
    make_target,
    signed_in,
)
from tracking.ledger.actions import record_completion, register_course
from tracking.ledger.models import CompletionSource

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def codes(trainings) -> list[str]:
    return [one.target.code for one in trainings]


def test_the_soonest_deadline_stands_first_and_offers_last() -> None:
    person = make_person()
    make_course()
    for code, due in (("SENT", date(2026, 9, 1)), ("SNART", date(2026, 4, 1)), ("ALDRIG", None)):
        make_target(code, CODE, due_on=due)
    make_target("ERBJUDEN", CODE, level="erbjuden", due_on=date(2020, 1, 1))
    mine = my_training(person.user, person, on=DAY)
    assert codes(mine.required) == ["SNART", "SENT", "ALDRIG"]
    assert codes(mine.offered) == ["ERBJUDEN"]
    assert mine.open_to_all == []


def test_what_holds_is_listed_with_its_last_day() -> None:
    person = make_person()
    make_course()
    make_target("T", CODE, validity_months=12)
    record_completion(
        person=person,
        course_code=CODE,
        on=date(2025, 4, 1),
        source=CompletionSource.IMPORT,
        actor=None,
    )
    mine = my_training(person.user, person, on=DAY)
    (done,) = mine.done
    assert done.result.valid_through == date(2026, 4, 1)
    assert done.expires_soon
    expired = my_training(person.user, person, on=date(2026, 4, 2))
    assert codes(expired.required) == ["T"]
    assert not expired.required[0].courses[0].done


def test_what_was_passed_and_has_to_be_taken_again_takes_its_whole_time() -> None:
    person = make_person()
    course = make_course_with_quiz()
    Attempt.objects.create(
        user=person.user,
        quiz=course.quiz,
        context=context_of(CODE),
        rule={},
        started_at=NOON,
        submitted_at=NOON,
        passed=True,
    )
    make_target("T", CODE)
    (asked,) = my_training(person.user, person, on=DAY).required
    assert asked.minutes_left == course.minutes


def test_of_several_ways_the_one_taken_here_is_shown() -> None:
    person = make_person()
    register_course(code="ANNAN", name="Annan", minutes=5, actor=None)
    make_course()
    make_target("T", f"ANNAN|{CODE}")
    (training,) = my_training(person.user, person, on=DAY).required
    assert [course.code for course in training.courses] == [CODE]
    assert training.alternatives == 2


def test_a_course_no_target_names_is_open_to_all() -> None:
    person = make_person()
    make_course()
    (state,) = my_training(person.user, person, on=DAY).open_to_all
    assert state.page.course_code == CODE


def test_with_nothing_to_do_the_page_says_so() -> None:
    person = make_person()
    html = signed_in(person.user).get(reverse("learning:my_training")).content.decode()
    assert "Just nu krävs inget av dig" in html


def test_the_deadline_is_said_in_words() -> None:
    person = make_person()
    make_course()
    make_target("T", CODE, due_on=plus_days(today(), 12), is_assumption=True)
    html = signed_in(person.user).get(reverse("learning:my_training")).content.decode()
    assert "om 12 dagar" in html.replace("\xa0", " ")
    assert "antagande" in html
    assert "handläggare inom ekonomiskt bistånd" in html


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_targets(count: int, django_assert_num_queries) -> None:
    person = make_person()
    make_course()
    for number in range(count):
        make_target(f"T{number}", CODE)
    client = signed_in(person.user)
    client.get(reverse("learning:my_training"))
    with django_assert_num_queries(25):
        client.get(reverse("learning:my_training"))
