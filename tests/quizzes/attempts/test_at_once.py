"""Requests of one person that arrive in the same instant: two tabs, and one that is sent again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from quizzes.attempts.actions import AlreadyHandedIn, save_answer, start_attempt, submit_attempt
from quizzes.attempts.models import Answer, Attempt
from tests.databases import needs_several_writers
from tests.quizzes.makers import CONTEXT, key_of, make_place, make_quiz
from tracking.organisation.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    needs_several_writers,
]
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
TIMES = 8


def together(*acts: Callable[[], object]) -> list[object]:
    """Do them at once, each on a connection of its own; gives what came of each."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except AlreadyHandedIn as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def attempt() -> Attempt:
    make_place()
    quiz, user = make_quiz(TIMES), User.objects.create_user("anna")
    return start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW)


def saving(
    attempt: Attempt, position: int, chosen: list[str], *, sequence: int
) -> Callable[[], Answer]:
    return lambda: save_answer(
        user=attempt.user,
        attempt_id=attempt.public_id,
        position=position,
        response={"choice": chosen},
        client_id=f"change {sequence}",
        sequence=sequence,
        now=NOW,
    )


def test_of_two_changes_at_once_the_later_one_holds_whichever_is_first(attempt: Attempt) -> None:
    for position, right in key_of(attempt).items():
        newer = saving(attempt, position, right, sequence=20)
        older = saving(attempt, position, [], sequence=10)
        together(older, newer, older, newer)
        together(older, newer)
    assert {answer.item.position: answer.chosen for answer in Answer.objects.all()} == key_of(
        attempt
    )


def test_an_answer_is_counted_or_refused_and_never_saved_after_the_judging(
    attempt: Attempt,
) -> None:
    def hand_in() -> Attempt:
        return submit_attempt(user=attempt.user, attempt_id=attempt.public_id, now=NOW)

    right = key_of(attempt)
    savings = [saving(attempt, at, right[at], sequence=10) for at in range(1, TIMES)]
    came = together(hand_in, *savings, hand_in)
    saved = sum(isinstance(one, Answer) for one in came)
    attempt.refresh_from_db()
    assert attempt.points == saved == Answer.objects.count()
