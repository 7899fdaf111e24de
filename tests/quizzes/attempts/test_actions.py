"""Starting, answering and handing in: once, whatever is repeated."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from quizzes.attempts.actions import (
    AlreadyHandedIn,
    NothingToAsk,
    NoTriesLeft,
    save_answer,
    save_answers,
    start_attempt,
    submit_attempt,
)
from quizzes.attempts.contexts import register
from quizzes.attempts.judging import is_pass
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.bank.models import Question, Quiz
from quizzes.types import InvalidResponse
from tests.quizzes.makers import CONTEXT, Place, form_of, key_of, make_place, make_quiz
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def quiz(place: Place) -> Quiz:
    return make_quiz(3)


@pytest.fixture
def attempt(user: User, quiz: Quiz) -> Attempt:
    return start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW)


def answer(
    attempt: Attempt,
    position: int,
    chosen: object,
    *,
    client_id: str | None = None,
    sequence: int = 1,
    user: User | None = None,
) -> Answer:
    return save_answer(
        user=user or attempt.user,
        attempt_id=attempt.public_id,
        position=position,
        response={"choice": chosen},
        client_id=client_id or uuid4().hex,
        sequence=sequence,
        now=NOW,
    )


def answer_all(attempt: Attempt) -> None:
    for position, chosen in key_of(attempt).items():
        answer(attempt, position, chosen)


def hand_in(attempt: Attempt) -> Attempt:
    return submit_attempt(user=attempt.user, attempt_id=attempt.public_id, now=NOW)


def test_a_double_click_starts_one_attempt(user: User, quiz: Quiz, attempt: Attempt) -> None:
    assert start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW) == attempt
    assert Attempt.objects.count() == 1
    assert AttemptItem.objects.count() == 3


def test_the_same_answer_sent_twice_is_saved_once(attempt: Attempt) -> None:
    chosen = key_of(attempt)[1]
    first = answer(attempt, 1, chosen, client_id="same")
    assert answer(attempt, 1, [], client_id="same") == first
    assert Answer.objects.get().chosen == chosen


def test_an_older_change_that_arrives_late_does_not_undo_a_newer(attempt: Attempt) -> None:
    chosen = key_of(attempt)[1]
    answer(attempt, 1, chosen, sequence=20)
    answer(attempt, 1, [], sequence=10)
    assert Answer.objects.get().chosen == chosen


def test_a_clock_that_is_ahead_does_not_shut_out_what_comes_after(attempt: Attempt) -> None:
    chosen = key_of(attempt)[1]
    an_hour_ahead = int((NOW + timedelta(hours=1)).timestamp() * 1000)
    answer(attempt, 1, [], sequence=an_hour_ahead)
    a_minute_later = NOW + timedelta(minutes=1)
    save_answer(
        user=attempt.user,
        attempt_id=attempt.public_id,
        position=1,
        response={"choice": chosen},
        client_id="another device",
        sequence=int(a_minute_later.timestamp() * 1000),
        now=a_minute_later,
    )
    assert Answer.objects.get().chosen == chosen


def test_a_form_saves_what_it_says_and_leaves_the_rest(attempt: Attempt) -> None:
    key = key_of(attempt)
    answer(attempt, 1, key[1])
    answer(attempt, 2, key[2])
    said = form_of({1: [], 3: key[3], 77: ["x"]})
    said["q1-ticked"] = "1"
    mine = {"user": attempt.user, "attempt_id": attempt.public_id, "now": NOW}
    assert save_answers(form=said, **mine) == [1]
    assert save_answers(form=form_of({2: ["forged"]}), **mine) == [1]
    assert [one.chosen for one in Answer.objects.order_by("item__position")] == [[], key[2], key[3]]
    hand_in(attempt)
    with pytest.raises(AlreadyHandedIn):
        save_answers(form=said, **mine)
    with pytest.raises(Attempt.DoesNotExist):
        save_answers(form=said, **{**mine, "user": User.objects.create_user("bo")})


def test_who_may_not_take_it_does_not_start(user: User, quiz: Quiz, place: Place) -> None:
    place.is_open = False
    with pytest.raises(PermissionDenied):
        start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW)
    with pytest.raises(LookupError):
        start_attempt(user=user, quiz=quiz, context="nowhere:1", now=NOW)
    assert not Attempt.objects.exists()


def test_what_the_place_cannot_take_in_is_not_judged_either(attempt: Attempt) -> None:
    class FullPlace(Place):
        def on_graded(self, attempt: Attempt) -> None:
            raise RuntimeError("the ledger is closed")

    register("place", FullPlace())
    answer_all(attempt)
    with pytest.raises(RuntimeError):
        hand_in(attempt)
    attempt.refresh_from_db()
    assert attempt.is_open
    assert attempt.passed is None


def test_two_open_attempts_are_refused_by_the_database(attempt: Attempt) -> None:
    with pytest.raises(IntegrityError):
        Attempt.objects.create(
            user=attempt.user, quiz=attempt.quiz, context=CONTEXT, rule={}, started_at=NOW
        )


def test_all_right_is_a_pass_that_the_place_hears_of_once(attempt: Attempt, place: Place) -> None:
    answer_all(attempt)
    judged = hand_in(attempt)
    assert (judged.points, judged.max_points, judged.passed) == (3, 3, True)
    assert hand_in(attempt).submitted_at == NOW
    assert [one.pk for one in place.graded] == [attempt.pk]


def test_nothing_answered_is_no_pass(attempt: Attempt, place: Place) -> None:
    assert hand_in(attempt).passed is False
    assert len(place.graded) == 1


def test_an_answer_after_handing_in_changes_nothing(attempt: Attempt) -> None:
    hand_in(attempt)
    with pytest.raises(AlreadyHandedIn):
        answer(attempt, 1, key_of(attempt)[1])
    assert not Answer.objects.exists()


def test_somebody_elses_attempt_cannot_be_answered_or_handed_in(attempt: Attempt) -> None:
    other = User.objects.create_user("bo")
    with pytest.raises(AttemptItem.DoesNotExist):
        answer(attempt, 1, [], user=other)
    with pytest.raises(Attempt.DoesNotExist):
        submit_attempt(user=other, attempt_id=attempt.public_id, now=NOW)


def test_a_question_the_attempt_does_not_have_is_refused(attempt: Attempt) -> None:
    with pytest.raises(AttemptItem.DoesNotExist):
        answer(attempt, 99, [])


@pytest.mark.parametrize("chosen", [["forged"], "o0", None, [1], [["x"]]])
def test_a_forged_option_is_refused(attempt: Attempt, chosen: object) -> None:
    with pytest.raises(InvalidResponse):
        answer(attempt, 1, chosen)
    assert not Answer.objects.exists()


def test_an_attempt_keeps_the_questions_as_they_were(attempt: Attempt) -> None:
    item = attempt.items.get(position=1)
    question = Question.objects.get(key=item.question_key)
    question.text = "<p>Omskriven?</p>"
    question.body = []
    question.save()
    answer_all(attempt)
    assert hand_in(attempt).passed
    assert "Omskriven" not in attempt.items.get(position=1).content["text"]


def test_a_stricter_rule_later_does_not_reach_an_attempt(attempt: Attempt, quiz: Quiz) -> None:
    quiz.pass_percent = 100
    quiz.save()
    for position, chosen in list(key_of(attempt).items())[:2]:
        answer(attempt, position, chosen)
    attempt.rule = {**attempt.rule, "pass_percent": 60}
    attempt.save()
    assert hand_in(attempt).passed


def test_tries_run_out(user: User, quiz: Quiz) -> None:
    quiz.max_tries = 2
    quiz.save()
    for number in range(2):
        when = NOW + timedelta(hours=number)
        hand_in(start_attempt(user=user, quiz=quiz, context=CONTEXT, now=when))
    with pytest.raises(NoTriesLeft):
        start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW)


def test_a_quiz_without_questions_does_not_start(user: User, place: Place) -> None:
    with pytest.raises(NothingToAsk):
        start_attempt(user=user, quiz=make_quiz(0), context=CONTEXT, now=NOW)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("points", "of", "percent", "passed"),
    [
        (12, 15, 80, True),
        (11, 15, 80, False),
        (0, 0, 80, False),
        (2, 3, 67, False),
        (2, 3, 66, True),
    ],
)
def test_the_pass_mark_is_compared_exactly(
    points: int, of: int, percent: int, passed: bool
) -> None:
    assert is_pass(points, of, percent) is passed
