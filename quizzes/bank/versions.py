"""Every wording of a question that was ever published, for as long as anybody may ask about it.

An attempt keeps a copy of its own and names the version by its fingerprint; statistics, regrading
and whoever wonders what was asked then look it up here. Nothing deletes a version.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.bank.models import Question


class QuestionVersion(models.Model):
    """A wording of a question, from when it was first published."""

    # Not a relation: versions outlive their question.
    question_key = models.SlugField(_("question"), max_length=80, allow_unicode=False)
    digest = models.CharField(_("version"), max_length=64)
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("first published"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question_key", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question_key", "digest"], name="question_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_key} {self.digest[:8]}"


def record_version(*, question: Question, by: Any) -> QuestionVersion:
    """The version that a question is published as; the same wording twice is one version."""
    content = question.content()
    version, _new = QuestionVersion.objects.get_or_create(
        question_key=question.key,
        digest=question.version,
        defaults={"content": content, "made_at": question.last_published_at, "made_by": by},
    )
    return version


def on_published(*, instance: Question, revision: Any, **_more: Any) -> None:
    """Wagtail has published a question."""
    record_version(question=instance, by=revision.user)
