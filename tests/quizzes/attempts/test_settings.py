"""Which try counts, when the next may begin, and what an attempt keeps of its settings."""

from datetime import UTC, datetime, timedelta

import pytest

from quizzes.attempts.actions import MustWait, start_attempt
from quizzes.attempts.models import Attempt
from quizzes.attempts.queries import counting, places_passed
from quizzes.bank.actions import Outcome, load_quiz
from quizzes.bank.asked import Asked
from quizzes.bank.models import Quiz
from quizzes.bank.settings import Settings
from tests.quizzes.makers import CONTEXT, make_place, make_quiz
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna")


def tried(user: User, quiz: Quiz, points: int, counts: str, hour: int) -> Attempt:
    return Attempt.objects.create(
        user=user,
        quiz=quiz,
        context=CONTEXT,
        rule={"counts": counts} if counts else {},
        started_at=NOW,
        submitted_at=NOW + timedelta(hours=hour),
        points=points,
        max_points=10,
        passed=points >= 8,
    )


@pytest.mark.parametrize(
    ("counts", "points", "which", "passed"),
    [
        ("best", [9, 3], 0, True),
        ("latest", [9, 3], 1, False),
        ("latest", [3, 9], 1, True),
        ("best", [5, 5, 4], 1, False),  # the later of two as good
        ("", [9, 3], 0, True),  # from before there was a choice
        ("best", [3], 0, False),
        ("best", [], None, False),
    ],
)
def test_the_best_try_counts_or_the_latest(
    user: User, counts: str, points: list[int], which: int | None, passed: bool
) -> None:
    quiz = make_quiz(1)
    tries = [tried(user, quiz, one, counts, hour) for hour, one in enumerate(points)]
    assert counting(tries) == (None if which is None else tries[which])
    assert places_passed(user, [CONTEXT]) == ({CONTEXT} if passed else set())
    assert places_passed(user, ["place:else"]) == set()


def test_the_next_try_waits_and_an_open_one_does_not(user: User) -> None:
    make_place()
    quiz = make_quiz(1, wait_minutes=60)
    first = tried(user, quiz, 3, "best", hour=0)
    with pytest.raises(MustWait) as refused:
        start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW + timedelta(minutes=59))
    assert refused.value.until == first.submitted_at + timedelta(minutes=60)
    after = NOW + timedelta(minutes=60)
    second = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=after)
    assert start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW) == second


def test_an_attempt_keeps_its_settings(user: User) -> None:
    make_place()
    wanted = Settings(wait_minutes=5, limit_minutes=10, one_at_a_time=True, feedback="each")
    quiz = make_quiz(1, **wanted.plain())
    attempt = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW)
    Quiz.objects.update(limit_minutes=0, feedback="end")
    assert Attempt.objects.get(pk=attempt.pk).settings == wanted


def test_a_quiz_loaded_before_there_were_more_settings_is_not_taken_for_edited() -> None:
    """The fingerprint is the one that was made of pass mark and tries alone."""
    make_quiz(1)
    rule = {"quiz": "prov", "title": "Slutprov", "draw": 1, "pass_percent": 80, "max_tries": 0}
    from quizzes.bank.models import digest

    assert Quiz.objects.get().loaded_digest == digest([rule, "prov", True])
    changed = load_quiz(
        key="prov",
        title="Slutprov",
        parts=[Asked(tags=("prov",), draw=1)],
        shuffle=True,
        settings=Settings(limit_minutes=20),
    )
    assert changed is Outcome.UPDATED
    assert Quiz.objects.get().limit_minutes == 20
