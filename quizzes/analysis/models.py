"""What is kept of answers once they are deleted: sums, of nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.attempts.models import Attempt
from quizzes.bank.models import Quiz


class Counted(models.Model):
    """This attempt is in the kept sums, and must not be counted again."""

    attempt = models.OneToOneField(
        Attempt, on_delete=models.CASCADE, primary_key=True, related_name="counted"
    )

    class Meta:
        verbose_name = _("attempt in the kept statistics")
        verbose_name_plural = _("attempts in the kept statistics")

    def __str__(self) -> str:
        return f"attempt {self.attempt_id}"


class KeptQuiz(models.Model):
    """Sums of a quiz over attempts whose answers are gone (quizzes.analysis.kept)."""

    quiz = models.OneToOneField(Quiz, on_delete=models.CASCADE, related_name="kept_statistics")
    sums = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("kept statistics of a quiz")
        verbose_name_plural = _("kept statistics of quizzes")

    def __str__(self) -> str:
        return f"kept statistics of quiz {self.quiz_id}"


class KeptItem(models.Model):
    """Sums of a version of a question in a quiz, and the question as it was asked."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="kept_items")
    question_key = models.CharField(_("question"), max_length=80)
    question_version = models.CharField(_("version"), max_length=64)
    content = models.JSONField(_("content"))
    sums = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("kept statistics of a question")
        verbose_name_plural = _("kept statistics of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "question_key", "question_version"], name="kept_item_once"
            )
        ]

    def __str__(self) -> str:
        return f"kept statistics of {self.question_key}"
