"""Regradings: what an author had judged again, and what each attempt was before."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.attempts.models import Attempt, AttemptItem


class Scope(models.TextChoices):
    """Whose result a regrading may change."""

    FAVOUR = "favour", _("only in favour")
    ALL = "all", _("all")


class State(models.TextChoices):
    """How far a regrading has come."""

    APPLYING = "applying", _("under way")
    APPLIED = "applied", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class Regrade(models.Model):
    """A question's answers, judged by one version of it, are judged by another."""

    # Made with the page, so that a form sent twice regrades once.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question_key = models.CharField(_("question"), max_length=80)
    from_version = models.CharField(_("judged by"), max_length=64)
    to_version = models.CharField(_("judged anew by"), max_length=64)
    content = models.JSONField(_("content"))
    scope = models.CharField(_("whose"), max_length=10, choices=Scope.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.APPLYING
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    made_at = models.DateTimeField(_("decided"))
    # How many attempts it changed, once it is done: those it can be undone for.
    changed = models.PositiveIntegerField(_("attempts changed"), default=0)

    class Meta:
        verbose_name = _("regrading")
        verbose_name_plural = _("regradings")
        ordering = ["-made_at", "-pk"]
        permissions = [
            ("see_few_regraded", "Can see how few a regrading changes"),
            ("withdraw_completions", "Can withdraw completions after a regrading"),
        ]

    def __str__(self) -> str:
        return f"regrading of {self.question_key}"


class Regraded(models.Model):
    """What an attempt was before a regrading: all it takes to make it so again.

    Goes with the answer, when that is deleted.
    """

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="attempts")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="regraded")
    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="regraded")
    content = models.JSONField(_("content"))
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=6)
    points = models.DecimalField(_("points"), max_digits=12, decimal_places=6)
    passed = models.BooleanField(_("passed"))
    passed_after = models.BooleanField(_("passed by it"))
    undone = models.BooleanField(_("undone"), default=False)
    # Whether the completion that came of having passed was taken back, on somebody's decision.
    withdrawn = models.BooleanField(_("completion withdrawn"), default=False)

    class Meta:
        verbose_name = _("attempt judged again")
        verbose_name_plural = _("attempts judged again")
        constraints = [
            models.UniqueConstraint(fields=["regrade", "item"], name="regraded_once"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.attempt_id} in regrading {self.regrade_id}"
