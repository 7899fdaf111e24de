"""Reads of the bank: which questions may be asked, and which are drawn."""

import random
from collections import defaultdict

from django.db.models import QuerySet

from quizzes.bank.models import FINAL_USES, LESSON_USES, Question, Quiz

# Draws must not be guessable from the ones before.
SYSTEM_RANDOM = random.SystemRandom()


def for_final(quiz: Quiz) -> QuerySet[Question]:
    """The published questions a quiz may draw."""
    return Question.objects.filter(
        live=True, use__in=FINAL_USES, tagged_items__tag__name=quiz.draw_tag
    ).order_by("key")


def for_lessons() -> QuerySet[Question]:
    """The published questions that may stand in a lesson."""
    return Question.objects.filter(live=True, use__in=LESSON_USES)


def draw(quiz: Quiz, rng: random.Random = SYSTEM_RANDOM) -> list[Question]:
    """Questions drawn evenly over what they teach, in random order; fewer if there are fewer."""
    by_lesson: dict[str, list[Question]] = defaultdict(list)
    for question in for_final(quiz):
        by_lesson[question.teaches.partition("#")[0]].append(question)
    piles = list(by_lesson.values())
    for pile in piles:
        rng.shuffle(pile)
    drawn: list[Question] = []
    while len(drawn) < quiz.draw and any(piles):
        rng.shuffle(piles)
        for pile in piles:
            if pile and len(drawn) < quiz.draw:
                drawn.append(pile.pop())
    rng.shuffle(drawn)
    return drawn
