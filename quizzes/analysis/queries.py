"""Reads of the statistics: what is kept and what is still there, as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from quizzes.analysis.kept import ItemSums, QuizSums, sums_of
from quizzes.analysis.loading import ItemKey, Loaded, load
from quizzes.analysis.models import KeptItem, KeptQuiz
from quizzes.attempts.models import AttemptItem
from quizzes.bank.models import Question, Quiz
from quizzes.types import Content


def quizzes_with_attempts() -> QuerySet[Quiz]:
    """Every quiz, with how many attempts were handed in (`handed_in`) and when the last was."""
    done = Q(attempts__submitted_at__isnull=False)
    return Quiz.objects.annotate(
        handed_in=Count("attempts", filter=done), latest=Max("attempts__submitted_at")
    ).order_by("title")


def contents_of(loaded: Loaded) -> dict[ItemKey, Content]:
    """How each item was asked, by the examples."""
    found: Mapping[int, Any] = dict(
        AttemptItem.objects.filter(pk__in=loaded.examples).values_list("pk", "content")
    )
    return {
        key: found[pk] for key, pk in zip(loaded.items, loaded.examples, strict=True) if pk in found
    }


def kept_sums(quiz: Quiz) -> QuizSums:
    """What is kept of answers that are gone."""
    items = {
        (row.question_key, row.question_version): ItemSums.read(row.content, row.sums)
        for row in KeptItem.objects.filter(quiz=quiz).order_by("pk")
    }
    data = KeptQuiz.objects.filter(quiz=quiz).values_list("sums", flat=True).first()
    return QuizSums.read(data or {}, items)


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as it stands in the bank today, by its key."""

    pk: int
    version: str


def all_sums(quiz: Quiz) -> QuizSums:
    """What is kept and what is still there: every attempt once. Five queries."""
    sums = kept_sums(quiz)
    loaded = load(quiz, sums.shares)
    sums.add(sums_of(loaded, contents_of(loaded)))
    return sums


def standing(sums: QuizSums) -> dict[str, Standing]:
    """The questions of the sums that are in the bank today. One query."""
    keys = {key for key, _version in sums.items}
    return {
        question.key: Standing(question.pk, question.version)
        for question in Question.objects.filter(key__in=keys)
    }


def as_of(quiz: Quiz) -> datetime | None:
    """When the last attempt was handed in."""
    latest: datetime | None = quiz.attempts.aggregate(latest=Max("submitted_at"))["latest"]
    return latest
