"""Regrading and the ledger: a pass is of the day of handing in, and goes by decision only."""

from datetime import datetime, timedelta

import pytest

from foundation.intervals import STOCKHOLM
from quizzes.attempts.contexts import handler_of
from quizzes.attempts.models import Attempt
from quizzes.bank.models import Quiz
from quizzes.regrading.actions import undo, withdraw_completions
from tests.courses.makers import CODE, make_course, make_person, make_user
from tests.quizzes.analysis.makers import hand_in, options
from tests.quizzes.makers import make_place, make_quiz
from tests.quizzes.regrading.test_actions import again, correct_key
from tracking.ledger.models import Certificate, Completion
from tracking.ledger.queries import completions_of
from tracking.organisation.models import Person

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 2, 23, 30, tzinfo=STOCKHOLM)


@pytest.fixture
def person() -> Person:
    make_course()
    make_place()
    return make_person()


@pytest.fixture
def quiz(person: Person) -> Quiz:
    return make_quiz(1, pass_percent=100)


def taken(person: Person, quiz: Quiz, option: int, on: datetime = EVENING) -> Attempt:
    """An attempt at the course's quiz, told of as handing in tells."""
    attempt = hand_in(quiz, {"fraga-0": [options("fraga-0")[option]]}, user=person.user, on=on)
    attempt.context = f"course:{CODE}"
    attempt.save()
    handler_of(attempt.context)[0].on_graded(attempt)
    return attempt


def test_a_pass_by_regrading_is_of_the_day_it_was_handed_in(person: Person, quiz: Quiz) -> None:
    taken(person, quiz, 1)
    assert not completions_of(person).exists()
    made = again(correct_key([1]), make_user("utbildare"))
    completion = completions_of(person).get()
    assert completion.on == EVENING.date()
    assert completion.batch_in.recorded_at > EVENING
    assert Certificate.objects.get().completion == completion
    # Undone, it stays until somebody says otherwise.
    undo(regrade=made, actor=make_user("annan"))
    assert completions_of(person).get() == completion
    assert withdraw_completions(regrade=made, actor=make_user("beslutande")) == 1
    assert not completions_of(person).exists()
    completion.refresh_from_db()
    assert completion.batch_out.actor.username == "beslutande"
    assert completion.batch_out.taken_away == 1


def test_a_completion_stays_when_its_attempt_no_longer_passes(person: Person, quiz: Quiz) -> None:
    attempt = taken(person, quiz, 0)
    made = again(correct_key([1]), make_user("utbildare"))
    attempt.refresh_from_db()
    assert attempt.passed is False
    completion = completions_of(person).get()
    withdraw_completions(regrade=made, actor=made.actor)
    assert not completions_of(person).exists()
    # What was taken back is recorded again when the regrading is undone: as known from now.
    undo(regrade=made, actor=made.actor)
    back = completions_of(person).get()
    assert (back.on, back.judged_by) == (completion.on, completion.judged_by)
    assert back.pk != completion.pk


def test_another_try_passed_the_same_day_is_proof_of_a_completion(
    person: Person, quiz: Quiz
) -> None:
    taken(person, quiz, 0, on=EVENING - timedelta(hours=2))
    second = taken(person, quiz, 1, on=EVENING - timedelta(hours=1))
    made = again(correct_key([1]), make_user("utbildare"))
    assert withdraw_completions(regrade=made, actor=made.actor) == 1
    now = completions_of(person).get()
    assert now.judged_by["attempt"] == str(second.public_id)
    assert Completion.objects.count() == 2
