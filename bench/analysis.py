"""`python -m bench.analysis fill RESPONSES` and `… measure`: item analysis of very many answers.

`fill` writes them beside the demo city: attempts of twenty questions out of forty, by an ability
that runs evenly from low to high. `measure` makes the whole report of that quiz, from the database
to what the page shows, in a process of its own, and prints a row of the table.
"""

import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.plan import start

KEY = "matning"
BANK, ASKED = 40, 20
BEGUN = datetime(2026, 1, 5, 8, tzinfo=UTC)
HEAD = (
    "| responses | from the database s | in all s | CPU s | memory MB |\n|---:|---:|---:|---:|---:|"
)

# Every second question of the bank to each attempt, odd and even in turn; who is abler is oftener
# right. What `spread` gives is even, and the same every time.
SPREAD = "((a.id * 7919 + t.position * 104729 + a.id * t.position * 31) %% 997)"
ITEMS = f"""
INSERT INTO quizzes_attemptitem
    (attempt_id, position, question_key, question_version, content, score)
SELECT a.id, t.position, t.question_key, t.question_version, t.content,
    CASE WHEN {SPREAD} < 250 + (a.id %% 500) + t.position * 4 THEN 1 ELSE 0 END
FROM quizzes_attempt a JOIN quizzes_attemptitem t ON (t.position + a.id) %% 2 = 0
WHERE t.attempt_id = %s AND a.quiz_id = %s AND a.id <> t.attempt_id
"""
ANSWERS = """
INSERT INTO quizzes_answer (item_id, chosen, client_id, sequence, saved_at, is_locked)
SELECT i.id, {chosen}, 'bench', 1, {saved}, {no}
FROM quizzes_attemptitem i JOIN quizzes_attempt a ON a.id = i.attempt_id
WHERE a.quiz_id = %s AND i.attempt_id <> %s
"""
# The right option is the first; the others are chosen evenly.
OPTION = (
    "'[\"' || i.question_key || '-' || "
    "(CASE WHEN i.score = 1 THEN 0 ELSE 1 + (i.id %% 3) END) || '\"]'"
)
BY_VENDOR = {
    "sqlite": {
        "chosen": OPTION,
        "saved": (
            "strftime('%%Y-%%m-%%d %%H:%%M:%%f', a.started_at,"
            " '+' || (i.position * 23 + i.id %% 11) || ' seconds')"
        ),
        "no": "0",
    },
    "postgresql": {
        "chosen": f"({OPTION})::jsonb",
        "saved": "a.started_at + (i.position * 23 + i.id %% 11) * interval '1 second'",
        "no": "false",
    },
}
POINTS = """
UPDATE quizzes_attempt SET points =
    (SELECT SUM(i.score) FROM quizzes_attemptitem i WHERE i.attempt_id = quizzes_attempt.id)
WHERE quiz_id = %s
"""


def fill(responses: int) -> None:
    """Write so many answers to a quiz that nobody else takes."""
    from django.db import connection, transaction

    from quizzes.attempts.models import Attempt, AttemptItem
    from quizzes.bank.models import Quiz
    from tracking.organisation.models import User

    quiz = Quiz.objects.create(key=KEY, title="Mätning")
    user = User.objects.create_user(username=KEY)

    def attempt(number: int) -> Attempt:
        begun = BEGUN + timedelta(minutes=number)
        return Attempt(
            user=user,
            quiz=quiz,
            context=f"bench:{number}",
            rule=quiz.rule(),
            started_at=begun,
            submitted_at=begun + timedelta(minutes=20),
            points=0,
            max_points=ASKED,
            passed=number % 3 > 0,
        )

    with transaction.atomic(), connection.cursor() as cursor:
        example = attempt(0)
        example.save()
        AttemptItem.objects.bulk_create(_item(example, at) for at in range(1, BANK + 1))
        some = (attempt(number) for number in range(1, responses // ASKED + 1))
        Attempt.objects.bulk_create(some, batch_size=2_000)
        cursor.execute(ITEMS, [example.pk, quiz.pk])
        answers = ANSWERS.format(**BY_VENDOR[connection.vendor])
        cursor.execute(answers, [quiz.pk, example.pk])
        example.delete()
        cursor.execute(POINTS, [quiz.pk])


def _item(attempt: Any, at: int) -> Any:
    from quizzes.attempts.models import AttemptItem

    key = f"matning-{at}"
    content = {
        "type": "single",
        "text": f"<p>Fråga {at}?</p>",
        "explanation": "<p>Så är det, därför att det är så.</p>",
        "teaches": "",
        "options": [
            {
                "id": f"{key}-{option}",
                "text": f"Ett svarsalternativ av vanlig längd, nummer {option}",
                "correct": option == 0,
                "feedback": "En återkoppling som säger varför.",
            }
            for option in range(4)
        ],
    }
    return AttemptItem(
        attempt=attempt,
        position=at,
        question_key=key,
        question_version="1" * 64,
        content=content,
        score=0,
    )


def measure() -> str:
    """A row of the table: the report of the quiz that was filled."""
    from quizzes.analysis.loading import load
    from quizzes.analysis.reports import quiz_report
    from quizzes.bank.models import Quiz

    quiz = Quiz.objects.get(key=KEY)
    began, cpu = time.perf_counter(), time.process_time()
    report = quiz_report(quiz)
    took, spent = time.perf_counter() - began, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    responses = sum(item.figures.n for item in report.items)
    began = time.perf_counter()
    load(quiz, {})
    reading = time.perf_counter() - began
    return f"| {responses} | {reading:.1f} | {took:.1f} | {spent:.1f} | {memory:.0f} |"


def main() -> None:
    """Fill, or measure."""
    start()
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        print(measure())


if __name__ == "__main__":
    main()
