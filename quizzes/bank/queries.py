"""Reads of the bank: which questions may be asked, and which are drawn."""

import random
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet

from quizzes.bank.models import FINAL_USES, LESSON_USES, Question, Quiz
from quizzes.bank.parts import QuizPart

# Draws must not be guessable from the ones before.
SYSTEM_RANDOM = random.SystemRandom()


def for_final() -> QuerySet[Question]:
    """The published questions that may stand in a final quiz."""
    return Question.objects.filter(live=True, use__in=FINAL_USES)


def drawn_by(part: QuizPart) -> QuerySet[Question]:
    """The questions that a part of a quiz draws from."""
    questions = for_final()
    for tag in part.tag_names:
        questions = questions.filter(tagged_items__tag__name=tag)
    return questions


def asked_by(quiz: Quiz) -> set[int]:
    """The questions that a quiz always asks, and those that it may draw."""
    asked: set[int] = set()
    for part in quiz.parts.all():
        if part.question_id:
            asked.add(part.question_id)
        else:
            asked.update(drawn_by(part).values_list("pk", flat=True))
    return asked


def for_lessons() -> QuerySet[Question]:
    """The published questions that may stand in a lesson."""
    return Question.objects.filter(live=True, use__in=LESSON_USES)


def draw(quiz: Quiz, rng: random.Random = SYSTEM_RANDOM) -> list[Question]:
    """The questions of a try: part by part, none twice; fewer if there are fewer.

    Certain questions come first in line for their place, then the parts with the least to choose
    from, so that one part does not take what another needs.
    """
    parts = list(quiz.parts.all())
    taken = {part.question_id for part in parts if part.question_id}
    pools = {
        at: dict(drawn_by(part).order_by("key").values_list("pk", "teaches"))
        for at, part in enumerate(parts)
        if not part.question_id
    }
    picked = {at: [part.question_id] for at, part in enumerate(parts) if part.question_id}
    for at in sorted(pools, key=lambda at: len(pools[at].keys() - taken) - parts[at].count):
        free = {pk: teaches for pk, teaches in pools[at].items() if pk not in taken}
        picked[at] = _evenly(free, parts[at].count, rng)
        taken.update(picked[at])
    found = for_final().in_bulk([pk for some in picked.values() for pk in some])
    return [found[pk] for at in sorted(picked) for pk in picked[at] if pk in found]


def _evenly(teaches: Mapping[int, str], count: int, rng: random.Random) -> list[int]:
    """Questions picked evenly over the lessons they teach, in random order."""
    by_lesson: dict[str, list[int]] = defaultdict(list)
    for question, place in teaches.items():
        by_lesson[place.partition("#")[0]].append(question)
    piles = list(by_lesson.values())
    for pile in piles:
        rng.shuffle(pile)
    picked: list[int] = []
    while len(picked) < count and any(piles):
        rng.shuffle(piles)
        for pile in piles:
            if pile and len(picked) < count:
                picked.append(pile.pop())
    rng.shuffle(picked)
    return picked
