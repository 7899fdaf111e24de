"""What is told of a quiz before it begins: all that holds for it, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.attempts.models import Attempt
from quizzes.attempts.queries import attempts_of, counting, may_start_at
from quizzes.bank.models import Quiz
from quizzes.bank.settings import Counts, Feedback
from tracking.organisation.models import User

MINUTES_AN_HOUR = 60
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class QuizIntro:
    """The page before the quiz, for one person."""

    facts: list[tuple[str, str]]  # name and what holds
    open_attempt: Attempt | None
    earlier: list[Attempt]  # latest first
    counts: Attempt | None  # of several, the one that counts
    no_tries_left: bool
    wait_until: datetime | None

    @property
    def can_begin(self) -> bool:
        """Whether there is something to begin or go on with."""
        return bool(self.open_attempt) or not (self.no_tries_left or self.wait_until)


def quiz_intro(user: User, quiz: Quiz, context: str, *, now: datetime) -> QuizIntro:
    """What holds for a quiz and one's tries at it in this context. One query."""
    mine = list(attempts_of(user, quiz=quiz, context=context))
    earlier = [attempt for attempt in mine if not attempt.is_open]
    left = max(quiz.max_tries - len(mine), 0) if quiz.max_tries else None
    until = may_start_at(quiz, earlier)
    return QuizIntro(
        facts=_facts(quiz, left),
        open_attempt=next((attempt for attempt in mine if attempt.is_open), None),
        earlier=earlier,
        counts=counting(earlier) if len(earlier) > 1 else None,
        no_tries_left=left == 0,
        wait_until=localtime(until) if until and until > now else None,
    )


def _facts(quiz: Quiz, left: int | None) -> list[tuple[str, str]]:
    facts = [
        (_("Questions"), _questions(quiz)),
        (_("To pass"), _("%(percent)d %% of the points") % {"percent": quiz.pass_percent}),
        (_("Tries"), _tries(quiz, left)),
        (_("Time"), _time(quiz)),
        (_("Answers"), _answers(quiz)),
    ]
    if quiz.max_tries != 1:
        facts.insert(3, (_("What counts"), _counts(quiz)))
    return facts


def _questions(quiz: Quiz) -> str:
    number = ngettext(
        "%(count)d question, drawn anew each time",
        "%(count)d questions, drawn anew each time",
        quiz.draw,
    ) % {"count": quiz.draw}
    if not quiz.one_at_a_time:
        return number
    return number + ". " + _("One a page; you can go back and forth until you hand in.")


def _tries(quiz: Quiz, left: int | None) -> str:
    if left is None:
        tries = _("as many as you like")
    else:
        tries = ngettext("%(count)d left", "%(count)d left", left) % {"count": left}
    if not quiz.wait_minutes or quiz.max_tries == 1:
        return tries
    wait = _("between two of them you wait %(time)s") % {"time": in_words(quiz.wait_minutes)}
    return f"{tries}; {wait}"


def _counts(quiz: Quiz) -> str:
    if quiz.counts == Counts.LATEST:
        return _("your latest try; a completion that is recorded stays")
    return _("your best try")


def _time(quiz: Quiz) -> str:
    if not quiz.limit_minutes:
        return _("does not count; you can stop and go on later")
    return _(
        "%(time)s from when you start, also when the page is closed. Then what you have answered is"
        " handed in by itself. If you need more time, ask your trainer before you start."
    ) % {"time": in_words(quiz.limit_minutes)}


def _answers(quiz: Quiz) -> str:
    if quiz.feedback == Feedback.EACH:
        return _("you see after each question what was right; then that answer can't be changed")
    if quiz.feedback == Feedback.PASSED:
        return _("you see what was right once you have passed, or when no tries are left")
    return _("you see what was right, and why, when you have handed in")


def in_words(minutes: int) -> str:
    """A stretch of time as one says it: days or hours where they are whole, else minutes."""
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    if rest:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    days, rest = divmod(hours, HOURS_A_DAY)
    if rest or not days:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d day and night", "%(count)d days and nights", days) % {"count": days}
