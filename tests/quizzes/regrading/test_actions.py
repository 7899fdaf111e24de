"""Judging again: who changes, that it can be undone to the last digit, and what stays."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.jobs.actions import run_job
from foundation.jobs.models import Job
from quizzes.analysis.actions import aggregate_before_deletion
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.bank.actions import load_question
from quizzes.bank.models import Question, Quiz
from quizzes.regrading import actions
from quizzes.regrading.actions import (
    CannotUndo,
    NothingToRegrade,
    carry_out,
    regrade,
    undo,
    withdraw_completions,
)
from quizzes.regrading.judging import NotComparable
from quizzes.regrading.models import Regrade, Regraded, Scope, State
from quizzes.regrading.queries import preview, versions_of
from tests.quizzes.analysis.makers import DAY, hand_in, options
from tests.quizzes.makers import Place, make_place, make_quiz
from tracking.audit.models import AuditEntry
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def author() -> User:
    return User.objects.create_user(username="utbildaren")


def correct_key(right: Sequence[int], *, key: str = "fraga-0") -> str:
    """Publish the question with other right options; gives the version it had before."""
    question = Question.objects.get(key=key)
    before = question.version
    content: Any = question.content()
    for at, option in enumerate(content["options"]):
        option["correct"] = at in right
    publish(question, content)
    return before


def publish(question: Question, content: Any) -> None:
    load_question(
        key=question.key, content=content, tags=["prov"], difficulty=2, source="", use="both"
    )


def again(version: str, author: User, scope: Scope = Scope.ALL, key: str = "fraga-0") -> Regrade:
    question = Question.objects.get(key=key)
    token = uuid4()
    return regrade(
        question=question, version=version, scope=scope, actor=author, token=token, now=DAY
    )


def everything() -> list[Any]:
    """All that attempts say of how they were judged."""
    return [
        list(Attempt.objects.order_by("pk").values()),
        list(AttemptItem.objects.order_by("pk").values()),
        list(Answer.objects.order_by("pk").values()),
    ]


def three_people(quiz: Quiz) -> dict[str, Attempt]:
    """One chose what is right by the key as it is, one the next option, one nothing."""
    first, second = options("fraga-0")[:2]
    rest = {f"fraga-{at}": options(f"fraga-{at}")[:1] for at in (1, 2)}
    return {
        "first": hand_in(quiz, {"fraga-0": [first], **rest}),
        "second": hand_in(quiz, {"fraga-0": [second], **rest}),
        "nothing": hand_in(quiz, {"fraga-0": None, **rest}),
    }


def results(people: dict[str, Attempt]) -> dict[str, tuple[float, bool | None]]:
    for attempt in people.values():
        attempt.refresh_from_db()
    return {name: (float(one.points or 0), one.passed) for name, one in people.items()}


def test_all_are_judged_by_the_corrected_key(place: Place, author: User) -> None:
    people = three_people(make_quiz(3))
    before = correct_key([1])
    made = again(before, author)
    assert results(people) == {"first": (2, False), "second": (3, True), "nothing": (2, False)}
    assert (made.state, made.changed) == (State.APPLIED, 3)
    present = Question.objects.get(key="fraga-0").version
    items = AttemptItem.objects.filter(question_key="fraga-0")
    assert set(items.values_list("question_version", flat=True)) == {present}
    # What the person reads afterwards is judged by the same key as the points.
    content: Any = items.get(attempt=people["second"]).content
    assert [option["correct"] for option in content["options"]] == [False, True, False, False]


def test_only_in_favour_lowers_nobody(place: Place, author: User) -> None:
    people = three_people(make_quiz(3))
    before = correct_key([1])
    made = again(before, author, Scope.FAVOUR)
    assert results(people) == {"first": (3, True), "second": (3, True), "nothing": (2, False)}
    assert made.changed == 2
    kept = AttemptItem.objects.get(attempt=people["first"], question_key="fraga-0")
    assert kept.question_version == before


def test_who_passes_by_it_is_told_of_once_and_the_others_are_not(
    place: Place, author: User
) -> None:
    people = three_people(make_quiz(3))
    before = correct_key([1])
    again(before, author)
    assert [attempt.pk for attempt in place.graded] == [people["second"].pk]
    assert place.withdrawn == []


def test_the_options_stay_in_the_order_they_were_asked_in(place: Place, author: User) -> None:
    people = three_people(make_quiz(3))
    item = AttemptItem.objects.get(attempt=people["first"], question_key="fraga-0")
    content: Any = item.content
    content["options"].reverse()
    item.save()
    again(correct_key([1]), author)
    item.refresh_from_db()
    after: Any = item.content
    assert [one["id"] for one in after["options"]] == [one["id"] for one in content["options"]]


def test_the_preview_says_what_then_happens(place: Place, author: User) -> None:
    people = three_people(make_quiz(3))
    correct_key([1])
    question = Question.objects.get(key="fraga-0")
    [judged_by] = versions_of(question)
    found = preview(question, judged_by)
    every, favour = found.everybody, found.favour
    assert (every.judged, every.up, every.down) == (3, 1, 1)
    assert (every.newly_passed, every.newly_failed) == (1, 1)
    assert (favour.judged, favour.up, favour.down) == (2, 1, 0)
    assert (favour.newly_passed, favour.newly_failed) == (1, 0)
    assert results(people)["second"] == (2, False)


def test_undone_everything_is_as_it_was(place: Place, author: User) -> None:
    three_people(make_quiz(3))
    before = correct_key([1])
    was = everything()
    made = again(before, author)
    assert everything() != was
    undo(regrade=made, actor=author)
    assert everything() == was
    assert made.state == State.UNDONE
    with pytest.raises(CannotUndo):
        undo(regrade=made, actor=author)


def test_the_same_form_twice_judges_once(place: Place, author: User) -> None:
    three_people(make_quiz(3))
    before = correct_key([1])
    question, token = Question.objects.get(key="fraga-0"), uuid4()
    made = [
        regrade(
            question=question,
            version=before,
            scope=Scope.ALL,
            actor=author,
            token=token,
            now=DAY,
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Regrade.objects.count() == 1
    assert len(place.graded) == 1


@pytest.fixture
def quiz(place: Place) -> Quiz:
    return make_quiz(3, pass_percent=60)


ANSWERS = st.lists(st.integers(-1, 3), min_size=3, max_size=3)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(ANSWERS, min_size=1, max_size=5),
    st.integers(0, 3),
    st.sampled_from(Scope),
    st.integers(0, 3),
)
def test_whatever_was_answered_it_is_undone_to_the_last_digit_and_twice_is_once(
    quiz: Quiz, author: User, answers: list[list[int]], right: int, scope: Scope, next_: int
) -> None:
    with transaction.atomic():
        known = {f"fraga-{at}": options(f"fraga-{at}") for at in range(3)}
        for chosen in answers:
            pairs = zip(known.items(), chosen, strict=True)
            hand_in(quiz, {key: None if at < 0 else [ids[at]] for (key, ids), at in pairs})
        _judged_twice_and_undone(author, right, scope, next_)
        transaction.set_rollback(True)


def _judged_twice_and_undone(author: User, right: int, scope: Scope, next_: int) -> None:
    was = everything()
    versions = [correct_key([right])]
    made = _or_none(versions[0], author, scope)
    once = everything()
    if scope == Scope.FAVOUR:
        before = {one["id"]: one["points"] for one in was[0]}
        assert all(one["points"] >= before[one["id"]] for one in once[0])
    again_ = _or_none(versions[0], author, scope)
    assert everything() == once
    # Another correction on top of it, taken away first.
    version = Question.objects.get(key="fraga-0").version
    correct_key([next_])
    on_top = _or_none(version, author, scope)
    for one in filter(None, (on_top, again_, made)):
        undo(regrade=one, actor=author)
    assert everything() == was


def _or_none(version: str, author: User, scope: Scope) -> Regrade | None:
    try:
        return again(version, author, scope)
    except NothingToRegrade:
        return None


def test_an_earlier_one_is_not_undone_before_a_later_one(place: Place, author: User) -> None:
    three_people(make_quiz(3))
    was = everything()
    first = again(correct_key([1]), author)
    second = again(correct_key([2]), author)
    with pytest.raises(CannotUndo) as refused:
        undo(regrade=first, actor=author)
    assert refused.value.code == "later"
    undo(regrade=second, actor=author)
    undo(regrade=first, actor=author)
    assert everything() == was


def test_what_has_lost_its_answers_is_neither_judged_again_nor_undone(
    place: Place, author: User
) -> None:
    people = three_people(make_quiz(3))
    before = correct_key([1])
    keys = [people["first"].pk]
    aggregate_before_deletion(keys)
    made = again(before, author)
    assert made.changed == 2
    assert results(people)["first"] == (3, True)
    aggregate_before_deletion([people["second"].pk])
    AttemptItem.objects.filter(attempt=people["second"]).delete()
    with pytest.raises(CannotUndo) as refused:
        undo(regrade=made, actor=author)
    assert refused.value.code == "deleted"


def test_an_answer_that_is_no_longer_there_is_left_as_it_was_judged(
    place: Place, author: User
) -> None:
    people = three_people(make_quiz(3))
    question = Question.objects.get(key="fraga-0")
    before = question.version
    content: Any = question.content()
    gone = content["options"].pop(0)
    content["options"][0]["correct"] = True
    publish(question, content)
    assert gone["id"] not in options("fraga-0")
    made = again(before, author)
    assert results(people) == {"first": (3, True), "second": (3, True), "nothing": (2, False)}
    changed = Regraded.objects.filter(regrade=made).values_list("attempt", flat=True)
    assert sorted(changed) == [people["second"].pk, people["nothing"].pk]
    question = Question.objects.get(key="fraga-0")
    [earlier] = [one for one in versions_of(question) if not one.is_present]
    found = preview(question, earlier)
    assert (found.everybody.unreadable, found.everybody.judged) == (1, 0)


def test_another_type_can_not_judge(place: Place, author: User) -> None:
    three_people(make_quiz(3))
    before = Question.objects.get(key="fraga-0").version
    AttemptItem.objects.filter(question_key="fraga-0").update(
        content={"type": "ordering", "steps": []}
    )
    correct_key([1])
    with pytest.raises(NotComparable):
        again(before, author)


def test_nothing_to_judge_anew_is_said(place: Place, author: User) -> None:
    make_quiz(3)
    with pytest.raises(NothingToRegrade):
        again(correct_key([1]), author)
    assert not Regrade.objects.exists()


def test_the_log_says_who_was_judged_again_and_by_whom(place: Place, author: User) -> None:
    three_people(make_quiz(3))
    made = again(correct_key([1]), author)
    undo(regrade=made, actor=author)
    entries = AuditEntry.objects.filter(event="prov_omrattat").order_by("sequence")
    assert [(one.actor, one.detail["vad"], one.detail["antal"]) for one in entries] == [
        (author, "rattat om", 3),
        (author, "angrat", 3),
    ]


def test_many_are_judged_in_the_background_and_broken_off_it_goes_on(
    place: Place, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_people(make_quiz(3))
    was = everything()
    before = correct_key([1])
    monkeypatch.setattr(actions, "LARGE", 2)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    made = again(before, author)
    assert (made.state, Regraded.objects.count()) == (State.APPLYING, 0)
    with pytest.raises(InterruptedError):
        carry_out(made.pk, author, BreaksOff())
    assert Regraded.objects.count() == 1
    run_job(Job.objects.get().pk)
    made.refresh_from_db()
    assert (made.state, made.changed, Regraded.objects.count()) == (State.APPLIED, 3, 3)
    assert len(place.graded) == 1
    Job.objects.all().delete()
    undo(regrade=made, actor=author)
    assert made.state == State.UNDOING
    run_job(Job.objects.get().pk)
    assert everything() == was


class BreaksOff:
    """Whoever watches goes away after the first step."""

    def begin(self, phase: str, total: int = 0) -> None:
        return

    def each(self, items: Any, phase: str, total: int | None = None) -> Any:
        for number, item in enumerate(items):
            if number:
                raise InterruptedError
            yield item


def test_completions_go_only_when_somebody_says_so(place: Place, author: User) -> None:
    people = three_people(make_quiz(3))
    made = again(correct_key([1]), author)
    assert place.withdrawn == []
    assert withdraw_completions(regrade=made, actor=author) == 1
    assert [one.pk for one in place.withdrawn] == [people["first"].pk]
    assert withdraw_completions(regrade=made, actor=author) == 0
    # Undone, what was taken back is recorded again through the same door.
    place.graded.clear()
    undo(regrade=made, actor=author)
    assert [one.pk for one in place.graded] == [people["first"].pk]
    # And what the regrading had given can be taken back in turn.
    place.withdrawn.clear()
    assert withdraw_completions(regrade=made, actor=author) == 1
    assert [one.pk for one in place.withdrawn] == [people["second"].pk]
