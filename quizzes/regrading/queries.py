"""Reads: which versions attempts were judged by, and what a regrading would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Min, Q, QuerySet

from quizzes.attempts.judging import as_decimal, is_pass
from quizzes.attempts.models import AttemptItem
from quizzes.bank.models import Question
from quizzes.bank.settings import Settings
from quizzes.regrading.judging import Judge, judge_of
from quizzes.regrading.models import Regrade, Regraded, Scope, State
from quizzes.types import Answer, Content, type_of

# Points are kept to six decimals. Nearer than this to the mark (in per cent of a point) the
# fractions decide, not they.
NEAR = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """A version by which attempts at a question were judged."""

    version: str
    content: Content
    attempts: int
    is_present: bool


@dataclass(slots=True)
class Change:
    """What a regrading would do to attempts, in numbers. `up` and `down` are of points."""

    judged: int = 0
    up: int = 0
    down: int = 0
    unreadable: int = 0
    newly_passed: int = 0
    newly_failed: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What each choice would do."""

    favour: Change
    everybody: Change


def judged_items(key: str, version: str) -> QuerySet[AttemptItem]:
    """The answers to a version in attempts that were handed in and still have them.

    Those already in the kept statistics stay what they were judged as: the figures of deleted
    answers can't be counted anew.
    """
    return AttemptItem.objects.filter(
        question_key=key,
        question_version=version,
        score__isnull=False,
        attempt__submitted_at__isnull=False,
        attempt__counted=None,
    )


def versions_of(question: Question) -> list[JudgedBy]:
    """The versions attempts were judged by, the most used first. Two queries."""
    rows = (
        AttemptItem.objects.filter(
            question_key=question.key,
            score__isnull=False,
            attempt__submitted_at__isnull=False,
            attempt__counted=None,
        )
        .values("question_version")
        .annotate(attempts=Count("pk"), example=Min("pk"))
        .order_by("-attempts", "question_version")
    )
    found = list(rows)
    contents = dict(
        AttemptItem.objects.filter(pk__in=[row["example"] for row in found]).values_list(
            "pk", "content"
        )
    )
    present = question.version
    return [
        JudgedBy(
            row["question_version"],
            contents[row["example"]],
            row["attempts"],
            row["question_version"] == present,
        )
        for row in found
    ]


def preview(question: Question, before: JudgedBy) -> Preview:
    """What judging by the question as it is published would change; raises NotComparable."""
    judge = judge_of(before.content, question.content())
    rows = judged_items(question.key, before.version).values_list(
        "attempt_id", "score", "answer__chosen", "attempt__points", "attempt__max_points",
        "attempt__passed", "attempt__rule",
    )  # fmt: skip
    found = Preview(Change(), Change())
    for attempt, old, answer, points, of, passed, rule in rows.iterator(chunk_size=2_000):
        percent = Settings.of(rule).pass_percent
        new = judge.score(answer)
        if new is None:
            found.favour.unreadable += 1
            found.everybody.unreadable += 1
            continue
        change = as_decimal(new) - (old or 0)
        passes = had_passed = bool(passed)
        if change:
            beyond = ((points or 0) + change) * 100 - Decimal(percent) * (of or 0)
            passes = (
                _passes_exactly(attempt, question.key, judge, percent)
                if abs(beyond) <= NEAR
                else beyond > 0
            )
        _count(found.everybody, change, had_passed, passes)
        if change >= 0:
            _count(found.favour, change, had_passed, passes)
    return found


def _count(change: Change, points: Decimal, passed: bool, passes: bool) -> None:
    change.judged += 1
    change.up += points > 0
    change.down += points < 0
    change.newly_passed += passes and not passed
    change.newly_failed += passed and not passes


def _passes_exactly(attempt: int, key: str, judge: Judge, percent: int) -> bool:
    items = AttemptItem.objects.filter(attempt=attempt).select_related("answer")
    scores = [
        judge.score(answer_of(item)) if item.question_key == key else exact_score(item)
        for item in items
    ]
    return is_pass(sum((one or Fraction(0) for one in scores), Fraction(0)), len(scores), percent)


def answer_of(item: AttemptItem) -> Answer | None:
    """What was answered; None when nothing was."""
    answer = getattr(item, "answer", None)
    return answer.chosen if answer else None


def exact_score(item: AttemptItem) -> Fraction:
    """The score by the content the item was judged by."""
    kind = type_of(item.content)
    answer = answer_of(item)
    score: Fraction = kind.grade(item.content, kind.nothing() if answer is None else answer).score
    return score


def why_not_undone(regrade: Regrade) -> str:
    """The code of what stands in the way of undoing; "" when nothing does."""
    if regrade.state == State.UNDOING:
        return ""  # broken off: it goes on
    if regrade.state != State.APPLIED:
        return "state"
    mine = Regraded.objects.filter(regrade=regrade)
    if mine.filter(attempt__counted=None).count() < regrade.changed:
        return "deleted"
    later = Regrade.objects.filter(pk__gt=regrade.pk).exclude(state=State.UNDONE)
    touched = Regraded.objects.filter(regrade__in=later, attempt__in=mine.values("attempt"))
    return "later" if touched.exists() else ""


def withdrawable(regrade: Regrade) -> QuerySet[Regraded]:
    """Attempts of the regrading that do not pass now, but did before it or by it."""
    passed = Q(passed=True) | Q(passed_after=True)
    return Regraded.objects.filter(passed, regrade=regrade, withdrawn=False, attempt__passed=False)


def regrades_of(key: str) -> QuerySet[Regrade]:
    """The regradings of a question, latest first."""
    return Regrade.objects.filter(question_key=key).select_related("actor")


def in_chunks(keys: Sequence[int], size: int) -> Iterator[list[int]]:
    """The keys, some at a time."""
    for at in range(0, len(keys), size):
        yield list(keys[at : at + size])


__all__ = [
    "Change",
    "JudgedBy",
    "Preview",
    "Scope",
    "answer_of",
    "exact_score",
    "in_chunks",
    "judged_items",
    "preview",
    "regrades_of",
    "versions_of",
    "why_not_undone",
    "withdrawable",
]
