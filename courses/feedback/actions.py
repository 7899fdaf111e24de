"""Taking in what somebody thought of a course. Nothing of it says who."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from courses.feedback.models import CourseFeedback, FeedbackCount, FeedbackGiven
from courses.feedback.queries import mark_of
from courses.feedback.questions import FEWEST, QUESTIONS
from tracking.ledger.models import Completion


class AlreadyGiven(Exception):
    """These questions were answered for this completion before."""


@transaction.atomic
def give_feedback(*, completion: Completion, answers: Mapping[str, str]) -> None:
    """Count the answers, once a completion; by five at a time they are added to what is shown.

    There is no audit row and no moment: either would tell who answered what. Raises AlreadyGiven,
    and KeyError for an answer that is none.
    """
    feedback, _new = CourseFeedback.objects.select_for_update().get_or_create(
        course_code=completion.course_code
    )
    _mark, first = FeedbackGiven.objects.get_or_create(mark=mark_of(completion))
    if not first:
        raise AlreadyGiven
    for question in QUESTIONS:
        choice = answers[question.name]
        question.choices[choice]
        count, _new = FeedbackCount.objects.get_or_create(
            feedback=feedback, question=question.name, choice=choice
        )
        FeedbackCount.objects.filter(pk=count.pk).update(waiting=F("waiting") + 1)
    feedback.waiting += 1
    if feedback.waiting >= FEWEST:
        feedback.counts.update(shown=F("shown") + F("waiting"), waiting=0)
        feedback.shown += feedback.waiting
        feedback.waiting = 0
    feedback.save()
