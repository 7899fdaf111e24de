"""The page of a quiz: which questions it shows, the map of them, and the time that is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from quizzes.attempts.contexts import handler_of
from quizzes.attempts.limits import is_over
from quizzes.attempts.models import Attempt
from quizzes.attempts.queries import is_locked, items_with_answers
from quizzes.bank.settings import Feedback
from quizzes.bank.trial import asked, judged


@dataclass(frozen=True, slots=True)
class Spot:
    """A question on the map."""

    number: int
    answered: bool  # in full
    marked: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The time limit of an attempt, as a page tells it. Milliseconds are by the server's clock."""

    until: datetime
    until_milliseconds: str  # templates would group the digits
    minutes_left: int  # rounded up; 0 when the time is up
    extends: bool  # past midnight: the day has to be said too


def clock(attempt: Attempt, now: datetime) -> Clock | None:
    """None where time does not count."""
    if attempt.deadline_at is None:
        return None
    until = localtime(attempt.deadline_at)
    left = max(attempt.deadline_at - now, timedelta())
    return Clock(
        until=until,
        until_milliseconds=str(milliseconds(attempt.deadline_at)),
        minutes_left=-(-left // timedelta(minutes=1)),
        extends=until.date() != localtime(now).date(),
    )


def milliseconds(moment: datetime) -> int:
    """As scripts count."""
    return int(moment.timestamp() * 1000)


def take_page(
    attempt: Attempt, *, now: datetime, wanted: int | None, pointing_out: bool
) -> dict[str, Any]:
    """What the template needs. `wanted`: the question to show where there is one a page.

    Nothing of a key but of answers that stand, because their feedback has been asked for. One query
    for the questions, and what the handler asks.
    """
    handler, rest = handler_of(attempt.context)
    questions = [
        _locked(judged(content, item.position, answer))
        if is_locked(item)
        else asked(content, item.position, answer)
        for item, content, answer in items_with_answers(attempt)
    ]
    told = [one for one in questions if one["locked"]]
    lessons = handler.lessons(rest, {one["teaches"] for one in told}) if told else {}
    for one in told:
        one["lesson"] = lessons.get(one["teaches"])
    settings, unanswered = attempt.settings, [one for one in questions if not one["complete"]]
    current = _current(questions, unanswered, wanted) if settings.one_at_a_time else None
    return {
        "attempt": attempt,
        "title": attempt.rule["title"],
        "place": handler.title(rest),
        "return_url": handler.return_url(rest),
        "questions": [one for one in questions if current in (None, one["number"])],
        "total": len(questions),
        "unanswered": unanswered if pointing_out else [],
        "done": len(questions) - len(unanswered),
        "map": _map(questions, attempt.marked, current) if current else [],
        "current": current,
        "is_marked": current in attempt.marked,
        "one_by_one": settings.feedback == Feedback.EACH,
        "clock": clock(attempt, now),
        "is_over": is_over(attempt, now),
        "keep": keep(attempt),
        "now": str(milliseconds(now)),
    }


def keep(attempt: Attempt) -> str:
    """What the keys begin with under which the browser keeps unsent answers."""
    return f"kmv:attempt:{attempt.public_id}:{attempt.user_id}"


def _locked(question: dict[str, Any]) -> dict[str, Any]:
    return {**question, "locked": True, "complete": True, "number_text": str(question["number"])}


def _current(
    questions: list[dict[str, Any]], unanswered: list[dict[str, Any]], wanted: int | None
) -> int:
    """The one asked for, if there is such a one; else the first that is not answered."""
    if wanted in {one["number"] for one in questions}:
        assert wanted is not None
        return wanted
    found: int = next(iter(unanswered or questions))["number"]
    return found


def _map(questions: list[dict[str, Any]], marked: list[int], current: int | None) -> list[Spot]:
    return [
        Spot(
            number=one["number"],
            answered=one["complete"],
            marked=one["number"] in marked,
            current=one["number"] == current,
        )
        for one in questions
    ]
