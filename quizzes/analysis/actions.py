"""Keeps the figures of answers that are about to be deleted."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from quizzes.analysis.kept import sums_of
from quizzes.analysis.loading import load
from quizzes.analysis.models import Counted, KeptItem, KeptQuiz
from quizzes.analysis.queries import contents_of, kept_sums
from quizzes.attempts.models import Attempt
from quizzes.bank.models import Quiz


@transaction.atomic
def aggregate_before_deletion(attempts: Collection[int]) -> int:
    """Add attempts that were handed in to the kept sums, each once; gives how many were new.

    Call it in the transaction that deletes their answers, or them. Called again, nothing is added.
    """
    rows = Attempt.objects.filter(pk__in=list(attempts), counted=None).exclude(submitted_at=None)
    by_quiz: dict[int, list[int]] = defaultdict(list)
    for pk, quiz in rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "quiz"):
        by_quiz[quiz].append(pk)
    quizzes = Quiz.objects.in_bulk(sorted(by_quiz))
    for number, quiz in sorted(quizzes.items()):
        _keep(quiz, by_quiz[number])
    return sum(len(one) for one in by_quiz.values())


def _keep(quiz: Quiz, attempts: list[int]) -> None:
    # Locked before it is read: two that add at once must not lose each other's.
    KeptQuiz.objects.get_or_create(quiz=quiz)
    row = KeptQuiz.objects.select_for_update().get(quiz=quiz)
    sums = kept_sums(quiz)
    loaded = load(quiz, sums.shares, attempts)
    sums.add(sums_of(loaded, contents_of(loaded)))
    row.sums = sums.as_json()
    row.save(update_fields=["sums"])
    for key, version in loaded.items:
        if (key, version) in sums.items:
            item = sums.items[key, version]
            KeptItem.objects.update_or_create(
                quiz=quiz,
                question_key=key,
                question_version=version,
                defaults={"content": item.content, "sums": item.as_json()},
            )
    Counted.objects.bulk_create(Counted(attempt_id=pk) for pk in attempts)
