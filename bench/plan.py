"""`python -m bench.plan CONNECTIONS REQUESTS [PAGE …]`: makes ready what is sent.

Prints it as JSON.
Runs in a process of its own, which also counts each page's queries: one
who asks from outside can't.
"""

import json
import os
import sys
from pathlib import Path

from bench.load import Page, Sent

ROOT = Path(__file__).resolve().parents[1]
# Name of the page, as the command line says it -> what the table calls it.
TITLES = {
    "empty": "Empty view, nobody signed in",
    "empty-in": "Empty view, signed in",
    "static": "Static file",
    "login": "Log-in page",
    "training": "Min utbildning",
    "course": "Course",
    "lesson": "Lesson's screen",
    "quiz": "Quiz page, 20 questions",
    "answer": "Quiz: answer saved",
    "submit": "Quiz: 20 questions handed in and graded, completion recorded",
    "certificate": "Certificate",
    "unit": "Mina medarbetare, a unit",
    "district": "Mina medarbetare, a district",
    "person": "A person",
    "overview": "Uppföljning, the whole city",
    "overview-new": "Uppföljning, a day nobody has asked for",
}
# What changes by being sent can't be sent again.
ONCE = ("answer", "submit", "overview-new")


def start() -> None:
    """Django, with the project's two source roots on the path."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()


def _queries(sent: Sent) -> int:
    """Statements of the request; it is sent, not only planned."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(headers={"host": "127.0.0.1"})
    browser.cookies.load(sent["cookie"])
    with CaptureQueriesContext(connection) as captured:
        response = browser.generic(
            sent["method"], sent["path"], sent["body"], content_type="application/json", secure=True
        )
    if response.status_code != sent["status"]:
        raise RuntimeError(f"{sent['path']} answered {response.status_code} when counted.")
    return len(captured)


def plan(names: list[str], connections: int, requests: int) -> dict[str, object]:
    """The pages with what is to be sent, and what they are made of."""
    from bench.requests import MAKERS, City, about

    city = City(connections, requests)
    pages: dict[str, Page] = {}
    for name in names:
        queues = MAKERS[name](city)
        once = name in ONCE
        # The process is warm the second time.
        counted = [_queries(queues[0].pop() if once else queues[0][0]) for _ in range(2)]
        pages[name] = Page(name=TITLES[name], queries=counted[1], once=once, connections=queues)
    return {"about": about(), "pages": pages}


def main() -> None:
    """Print the plan."""
    connections, requests, *names = sys.argv[1:]
    start()
    print(json.dumps(plan(names or list(TITLES), int(connections), int(requests))))


if __name__ == "__main__":
    main()
