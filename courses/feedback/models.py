"""What a course was thought of, as counts: there is no row that is one person's answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CourseFeedback(models.Model):
    """How many have answered about a course: those that are shown, and those that still wait."""

    course_code = models.CharField(_("course"), max_length=64, unique=True)
    shown = models.PositiveIntegerField(_("answers shown"), default=0)
    waiting = models.PositiveSmallIntegerField(_("answers waiting"), default=0)

    class Meta:
        verbose_name = _("course feedback")
        verbose_name_plural = _("course feedback")

    def __str__(self) -> str:
        return self.course_code


class FeedbackCount(models.Model):
    """How often something was answered, shown and waiting."""

    feedback = models.ForeignKey(CourseFeedback, on_delete=models.CASCADE, related_name="counts")
    question = models.CharField(max_length=20)
    choice = models.CharField(max_length=20)
    shown = models.PositiveIntegerField(default=0)
    waiting = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "question", "choice"], name="feedback_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.choice}"


class FeedbackGiven(models.Model):
    """That somebody has answered for a completion: a mark nobody can read a person from.

    It says that, never what: the answers are counts, and have no order.
    """

    mark = models.CharField(max_length=64, primary_key=True)

    class Meta:
        verbose_name = _("mark of given feedback")
        constraints = [models.CheckConstraint(condition=~Q(mark=""), name="feedback_mark_is_one")]

    def __str__(self) -> str:
        return "…"
