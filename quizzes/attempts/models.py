"""Attempts: what was asked, what was answered, and what it was judged by, kept as it was."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.bank.models import Quiz
from quizzes.bank.settings import Settings


class Attempt(models.Model):
    """One person's try at a quiz. The questions and the rule are copies: edits never reach them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    context = models.CharField(_("where it is taken"), max_length=120)
    rule = models.JSONField(_("judged by"))
    started_at = models.DateTimeField(_("started"))
    # By the server's clock; None where time does not count.
    deadline_at = models.DateTimeField(_("to be handed in by"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    # Passing is judged by exact fractions; this is what they come to, for pages and statistics.
    points = models.DecimalField(
        _("points"), max_digits=12, decimal_places=6, null=True, blank=True
    )
    max_points = models.PositiveIntegerField(_("of points"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    # The places of questions to come back to, as the person has marked them.
    marked = models.JSONField(_("marked"), default=list, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "quiz", "context"],
                condition=Q(submitted_at=None),
                name="attempt_one_open",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(passed__isnull=False),
                name="attempt_submitted_is_judged",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"

    @property
    def is_open(self) -> bool:
        """Still to be answered and handed in."""
        return self.submitted_at is None

    @property
    def ended_by_the_clock(self) -> bool:
        """Handed in because the time was up."""
        if self.submitted_at is None or self.deadline_at is None:
            return False
        return self.submitted_at >= self.deadline_at

    @property
    def settings(self) -> Settings:
        """How it is taken and judged."""
        return Settings.of(self.rule)

    @property
    def percent(self) -> int:
        """Points of the possible, whole percent rounded down."""
        return int((self.points or 0) * 100 // self.max_points) if self.max_points else 0


class AttemptItem(models.Model):
    """A question of an attempt, as it was when it was asked."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("place in the quiz"))
    question_key = models.CharField(_("question"), max_length=80)
    question_version = models.CharField(_("version"), max_length=64)
    content = models.JSONField(_("content"))
    # From 0 to 1, once the attempt is judged.
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_item_position")
        ]
        indexes = [
            models.Index(fields=["question_key", "question_version"], name="attempt_item_question")
        ]

    def __str__(self) -> str:
        return f"{self.question_key} at {self.position}"


class Answer(models.Model):
    """The latest answer to a question of an attempt, in the canonical form of its type."""

    item = models.OneToOneField(AttemptItem, on_delete=models.CASCADE, related_name="answer")
    chosen = models.JSONField(_("chosen"), default=list)
    # Made by the browser for each change, so that a request sent twice is saved once.
    client_id = models.CharField(max_length=64)
    # Counts up in the browser: an older change that arrives late does not undo a newer one.
    sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved"))
    # Its feedback has been shown: it stands.
    is_locked = models.BooleanField(_("stands"), default=False)

    def __str__(self) -> str:
        return f"answer {self.pk}"


class ExtraTime(models.Model):
    """More time than others get, for one person. Why is nobody's business, and is not kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="extra_times"
    )
    quiz = models.ForeignKey(
        Quiz, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )  # None: every quiz
    percent = models.PositiveSmallIntegerField(_("percent more"), default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes more"), default=0)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")
        constraints = [
            models.UniqueConstraint(fields=["user", "quiz"], name="extra_time_once_a_quiz"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(quiz=None), name="extra_time_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"extra time {self.pk}"
