"""A course that counts toward a knowledge target is passed by a quiz that is graded here.

What plays in a lesson (H5P) works out its score in the reader's browser, where it can be made up.
It is practice, and no proof of what somebody knows.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.pages.checks.findings import Finding, Weight
from quizzes.bank.models import Quiz
from tracking.targets.queries import targets_counting

NAMED = 3


def counts_without_quiz(*, course_code: str, quiz: Quiz | None, on: date) -> Iterator[Finding]:
    """A target asks for the course, and there is no published quiz to pass it by."""
    if quiz is not None and quiz.live:
        return
    targets = targets_counting(course_code, on=on)
    if not targets:
        return
    named = ", ".join(target.name for target in targets[:NAMED])
    words = ngettext(
        "The course counts toward the knowledge target %(targets)s.",
        "The course counts toward the knowledge targets %(targets)s.",
        len(targets),
    ) % {"targets": named + ("…" if len(targets) > NAMED else "")}
    lacking = (
        _("Choose a final quiz: what counts must be graded here, and not in the reader's browser.")
        if quiz is None
        else _("Its final quiz is a draft: publish the quiz first.")
    )
    yield Finding(f"{words} {lacking}", "quiz", weight=Weight.BLOCKS)
