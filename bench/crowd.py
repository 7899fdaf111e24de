"""`python -m bench.crowd plan|check`: the people of a rush, and what became of their answers.

`plan PEOPLE QUESTIONS` opens an attempt for each and prints what they will send. `check` reads from
its standard input what was sent, and prints what the database does not say. A process of its own,
because Django is set up for the database that is measured.
"""

import json
import sys
from typing import Any, TypedDict

from bench.plan import start

COUNTED_AT_ONCE = 500
SEED = 2024


class Member(TypedDict):
    """One person with an open attempt, and what they will answer, by position."""

    cookie: str
    attempt: str
    answers: dict[str, Any]


def plan(people: int, questions: int) -> list[Member]:
    """Every other question is answered rightly, so that nobody's result is a matter of course."""
    from random import Random

    from django.db import transaction

    from bench.requests import City
    from quizzes.attempts.queries import items_with_answers
    from quizzes.bank.models import Quiz

    random = Random(SEED)  # the same people every time
    city = City(connections=0, requests=0)
    Quiz.objects.filter(pk=city.course.quiz_id).update(draw=questions)
    city.course.refresh_from_db()
    crowd: list[Member] = []
    for _ in range(people):
        with transaction.atomic():
            user = city.new_learner()
            attempt = city.attempt(user)
            answers = {
                str(item.position): _answer(content, random)
                for item, content, _before in items_with_answers(attempt)
            }
            crowd.append(
                Member(cookie=city.cookie(user), attempt=str(attempt.public_id), answers=answers)
            )
    return crowd


def _answer(content: Any, random: Any) -> Any:
    from quizzes.types import type_of

    options = content.get("options")
    if options and random.random() < 0.5:
        return [random.choice(options)["id"]]
    return type_of(content).key(content)


def check(crowd: list[Member]) -> dict[str, int]:
    """Answers that are not there as they were given, attempts that are not handed in, and results
    that are not what the answers are worth."""
    from fractions import Fraction

    from quizzes.attempts.judging import as_decimal
    from quizzes.attempts.models import Attempt
    from quizzes.attempts.queries import items_with_answers
    from quizzes.types import type_of

    found = {"answers": 0, "lost": 0, "open": 0, "misjudged": 0}
    for member in crowd:
        attempt = Attempt.objects.get(public_id=member["attempt"])
        worth = Fraction(0)
        for item, content, kept in items_with_answers(attempt):
            given = member["answers"].get(str(item.position), type_of(content).nothing())
            found["answers"] += 1
            found["lost"] += kept != given
            worth += type_of(content).grade(content, given).score
        found["open"] += attempt.is_open
        found["misjudged"] += attempt.points != as_decimal(worth)
    return found


def main() -> None:
    """Print the crowd, or what became of it."""
    start()
    if sys.argv[1] == "plan":
        print(json.dumps(plan(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(check(json.load(sys.stdin))))


if __name__ == "__main__":
    main()
