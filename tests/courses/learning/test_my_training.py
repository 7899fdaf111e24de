"""Min utbildning: what must I do, by when, and how long will it take?"""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from courses.learning.queries import context_of
from courses.learning.training import my_training
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
from tracking.organisation.models import Person

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
    register_course(code="ANNAN", name="Annan", minutes=5, actor=None)
    make_target("ERBJUDEN", "ANNAN", level="erbjuden", due_on=date(2020, 1, 1))
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


def page_of(person: Person) -> str:
    assert person.user
    return signed_in(person.user).get(reverse("learning:my_training")).content.decode()


def lines_of(person: Person, section: str) -> list[str]:
    """What stands on each line of a list, without mark-up."""
    (part,) = re.findall(rf'aria-labelledby="{section}".*?</section>', page_of(person), re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", part, re.DOTALL)
    return [" ".join(strip_tags(line.replace("<", " <")).split()) for line in lines]


def test_what_is_asked_is_not_offered_too() -> None:
    person = make_person()
    make_course()
    register_course(code="ANNAN", name="Annan", minutes=5, actor=None)
    make_target("KRAV", CODE)
    for code, courses in (("SAMMA", CODE), ("ENDERA", f"ANNAN|{CODE}"), ("MER", f"ANNAN+{CODE}")):
        make_target(code, courses, level="erbjuden")
    mine = my_training(person.user, person, on=DAY)
    assert codes(mine.required) == ["KRAV"]
    assert codes(mine.offered) == ["MER"]


def test_an_open_course_that_is_completed_is_marked_so() -> None:
    person = make_person()
    make_course()
    assert lines_of(person, "offered") == ["Kursen provkurs 30 minuter"]
    complete(person, CODE, CompletionSource.PLATFORM)
    assert lines_of(person, "offered") == ["Kursen provkurs Klar"]


def test_a_target_named_as_its_course_is_named_once() -> None:
    person = make_person()
    register_course(code="WEBB", name="Webbkurs", minutes=5, provider="Länsstyrelsen", actor=None)
    make_target("A", "WEBB", name="Webbkurs", level="erbjuden")
    make_target("B", "WEBB", name="Grunden", level="erbjuden")
    assert lines_of(person, "offered") == [
        "Grunden Webbkurs, Länsstyrelsen",
        "Webbkurs Länsstyrelsen",
    ]


def complete(person: Person, code: str, source: CompletionSource) -> None:
    record_completion(
        person=person, course_code=code, on=date(2025, 4, 1), source=source, actor=None
    )


def test_the_history_leads_to_the_course_and_says_in_words_where_it_comes_from() -> None:
    person = make_person()
    course = make_course()
    register_course(code="ANNAN", name="Annan", minutes=5, actor=None)
    complete(person, CODE, CompletionSource.PLATFORM)
    for source in (CompletionSource.IMPORT, CompletionSource.ATTENDANCE):
        complete(person, "ANNAN", source)
    assert sorted(lines_of(person, "history")) == [
        "Annan 1 april 2025 · enligt närvarolista",
        "Annan 1 april 2025 · inrapporterad",
        "Kursen provkurs 1 april 2025 · genomförd här",
    ]
    assert f'<a href="{course.url}">Kursen provkurs</a>' in page_of(person).partition("history")[2]


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
    with django_assert_num_queries(24):
        client.get(reverse("learning:my_training"))
