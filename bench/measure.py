"""`python -m bench.measure TASK TIMES`: one page in this process; prints what it took as JSON."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COURSE = "MOD-FREDA"

# Task -> what the table calls it.
TASKS = {
    "training": "Min utbildning",
    "lesson": "A lesson's screen",
    "quiz": "The quiz, 15 questions",
    "answer": "Quiz: an answer saved",
    "submit": "Quiz: handed in, graded, completion recorded",
    "unit": "Mina medarbetare, a unit",
    "district": "Mina medarbetare, a district",
    "overview": "Uppföljning, the whole city",
}

Request = Callable[[], None]


def _start() -> None:
    """Django, with the project's two source roots on the path."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()


def measure(requests: Iterator[Request], times: int) -> dict[str, object]:
    """The first request's milliseconds, those of `times` more, and the queries of one more."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def milliseconds(request: Request) -> float:
        began = time.perf_counter()
        request()
        return (time.perf_counter() - began) * 1000

    cold = milliseconds(next(requests))
    warm = [milliseconds(next(requests)) for _ in range(times)]
    request = next(requests)
    with CaptureQueriesContext(connection) as captured:
        request()
    return {"cold": cold, "warm": warm, "queries": len(captured)}


def main() -> None:
    """Measure the task named on the command line."""
    task, times = sys.argv[1], int(sys.argv[2])
    _start()
    from bench import pages

    answer = {"text": pages.about()} if task == "about" else measure(pages.of(task), times)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
