"""Figures stay after answers are deleted; nothing is counted twice, and nothing is left out."""

from datetime import timedelta
from random import Random

import pytest
from pytest_django import DjangoAssertNumQueries

from quizzes.analysis.actions import aggregate_before_deletion
from quizzes.analysis.kept import NOTHING, QuizSums
from quizzes.analysis.models import Counted, KeptItem
from quizzes.analysis.queries import all_sums
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.attempts.retention import ANSWERS, FAILED, forget_attempts
from quizzes.bank.models import Quiz
from tests.quizzes.analysis.makers import DAY, hand_in, options
from tests.quizzes.makers import make_place, make_quiz

pytestmark = pytest.mark.django_db


def some_people(number: int, *, questions: int = 4, drawn: int = 3, seed: int = 1) -> Quiz:
    """A quiz taken by many, each with some of its questions, the abler oftener right."""
    make_place()
    quiz = make_quiz(questions)
    chance = Random(seed)
    known = {f"fraga-{at}": options(f"fraga-{at}") for at in range(questions)}
    for person in range(number):
        asked = chance.sample(sorted(known), drawn)
        answers = {
            key: None if chance.random() < 0.05 else [_pick(known[key], person / number, chance)]
            for key in asked
        }
        hand_in(quiz, answers, seconds=chance.randrange(5, 100))
    return quiz


def _pick(ids: list[str], ability: float, chance: Random) -> str:
    return ids[0] if chance.random() < 0.2 + 0.7 * ability else chance.choice(ids[1:])


def same(one: QuizSums, other: QuizSums) -> None:
    """Both say the same, to the last place that adding in another order leaves alone."""
    assert one.tries == other.tries
    assert (one.shares, one.answered, one.asked) == (other.shares, other.answered, other.asked)
    assert set(one.items) == set(other.items)
    for key, item in one.items.items():
        assert item.sums == pytest.approx(other.items[key].sums)
        assert item.times == other.items[key].times
        assert item.choices == other.items[key].choices
    assert set(one.pairs) == set(other.pairs)
    for pair, sums in one.pairs.items():
        assert sums == pytest.approx(other.pairs[pair])


def delete_answers(keys: list[int]) -> None:
    aggregate_before_deletion(keys)
    AttemptItem.objects.filter(attempt__in=keys).delete()


@pytest.mark.parametrize("gone", [0, 1, 9, 20])
def test_what_is_kept_and_what_is_there_give_what_all_gave(gone: int) -> None:
    quiz = some_people(20)
    before = all_sums(quiz)
    keys = list(Attempt.objects.order_by("?").values_list("pk", flat=True)[:gone])
    for part in (keys[: gone // 2], keys[gone // 2 :]):
        delete_answers(part)
    same(before, all_sums(quiz))
    assert Answer.objects.filter(item__attempt__in=keys).count() == 0


def test_kept_twice_is_kept_once() -> None:
    quiz = some_people(6)
    before = all_sums(quiz)
    keys = list(Attempt.objects.values_list("pk", flat=True))
    assert aggregate_before_deletion(keys) == 6
    assert aggregate_before_deletion(keys) == 0
    same(before, all_sums(quiz))


def test_answers_deleted_by_decision_leave_their_figures() -> None:
    quiz = some_people(12)
    before = all_sums(quiz)
    ANSWERS.dispose((DAY + timedelta(days=9)).date(), 5)
    assert AttemptItem.objects.values("attempt").distinct().count() == 7
    same(before, all_sums(quiz))
    ANSWERS.dispose((DAY + timedelta(days=9)).date(), 500)
    assert AttemptItem.objects.count() == 0
    same(before, all_sums(quiz))
    assert FAILED.dispose((DAY + timedelta(days=9)).date(), 500).rows > 0
    same(before, all_sums(quiz))


def test_a_person_who_is_forgotten_leaves_figures_of_nobody() -> None:
    quiz = some_people(5)
    before = all_sums(quiz)
    for attempt in Attempt.objects.select_related("user"):
        forget_attempts(attempt.user, "x")
    assert (Attempt.objects.count(), Counted.objects.count()) == (0, 0)
    same(before, all_sums(quiz))


def test_an_attempt_that_was_never_handed_in_is_in_no_figure() -> None:
    quiz = some_people(3)
    attempt = hand_in(quiz, {"fraga-1": None})
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=None, passed=None)
    assert aggregate_before_deletion([attempt.pk]) == 0
    assert all_sums(quiz).tries[1][0] == 3


def test_questions_are_judged_by_first_tries_and_tries_by_all() -> None:
    make_place()
    quiz = make_quiz(2)
    right = {key: options(key)[:1] for key in ("fraga-0", "fraga-1")}
    wrong = {key: options(key)[1:2] for key in right}
    first = hand_in(quiz, wrong)
    hand_in(quiz, right, user=first.user, on=DAY + timedelta(days=1))
    sums = all_sums(quiz)
    assert sums.tries == {1: (1, 0), 2: (1, 1)}
    assert [int(item.sums["n"]) for item in sums.items.values()] == [1, 1]
    assert [item.sums["score"] for item in sums.items.values()] == [0, 0]
    # The second try stays a second one when the first is kept and gone.
    delete_answers([first.pk])
    assert all_sums(quiz).tries == {1: (1, 0), 2: (1, 1)}


def test_what_was_chosen_is_counted_and_so_is_nothing() -> None:
    make_place()
    quiz = make_quiz(1)
    ids = options("fraga-0")
    for chosen in (ids[:1], ids[1:2], ids[1:2], [], None):
        hand_in(quiz, {"fraga-0": chosen})
    [item] = all_sums(quiz).items.values()
    counts = {value: counts[0] for (_part, value), counts in item.choices.items()}
    assert counts == {ids[0]: 1, ids[1]: 2, NOTHING: 2}


def test_kept_figures_name_nobody() -> None:
    quiz = some_people(4)
    delete_answers(list(Attempt.objects.values_list("pk", flat=True)))
    texts = str(list(KeptItem.objects.values_list("content", "sums")))
    texts += str(quiz.kept_statistics.sums)
    for attempt in Attempt.objects.select_related("user"):
        assert attempt.user.username not in texts
        assert str(attempt.public_id) not in texts


def test_queries_are_as_many_for_three_as_for_thirty(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    quiz = some_people(3)
    with django_assert_num_queries(5):
        all_sums(quiz)
    some_more = Quiz.objects.get(pk=quiz.pk)
    for _ in range(30):
        hand_in(some_more, {"fraga-0": None, "fraga-1": None})
    with django_assert_num_queries(5):
        all_sums(quiz)


def test_a_quiz_nobody_has_taken_has_empty_sums() -> None:
    make_place()
    quiz = make_quiz(2)
    sums = all_sums(quiz)
    assert (sums.items, sums.tries, sum(sums.classes)) == ({}, {}, 0)
