"""What a quiz asks: certain questions, and questions drawn by their tags."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from quizzes.bank.models import Question, QuestionTagName

MOST_DRAWN = 500


class QuizPart(Orderable):
    """Either one question, always asked, or a number of questions drawn anew for each try."""

    quiz = ParentalKey("quizzes.Quiz", on_delete=models.CASCADE, related_name="parts")
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quiz_parts",
        help_text=_("Always asked. Leave it empty to draw questions instead."),
    )
    tags = models.CharField(
        _("drawn from questions tagged"),
        max_length=300,
        blank=True,
        help_text=_(
            "Several tags with commas between: questions that have them all. "
            "Only published questions that may stand in a final quiz are drawn."
        ),
    )
    draw = models.PositiveSmallIntegerField(
        _("number of questions"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWN)],
    )

    panels = [
        FieldPanel("question"),
        FieldRowPanel([FieldPanel("tags"), FieldPanel("draw")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("part of a quiz")
        verbose_name_plural = _("parts of quizzes")
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, draw=None, tags="")
                | (Q(question=None, draw__gte=1) & ~Q(tags="")),
                name="quiz_part_asks_or_draws",
            ),
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_part_question_once"),
        ]

    def __str__(self) -> str:
        return str(self.question) if self.question_id else f"{self.draw} × {self.tags}"

    def clean(self) -> None:
        """Refuse a part that does both or neither, and tags that no question has."""
        super().clean()
        if self.question_id:
            if self.tags or self.draw:
                told = _("Choose a question or draw by tags, not both in one part.")
                raise ValidationError({"question": told})
            return
        missing: dict[str, Any] = {}
        if not self.tag_names:
            missing["tags"] = _("Say which tags to draw by, or choose a question.")
        if not self.draw:
            missing["draw"] = _("Say how many questions to draw.")
        known = set(
            QuestionTagName.objects.filter(name__in=self.tag_names).values_list("name", flat=True)
        )
        for tag in self.tag_names:
            if tag not in known:
                missing["tags"] = _("No question has the tag “%(tag)s”.") % {"tag": tag}
        if missing:
            raise ValidationError(missing)

    @property
    def tag_names(self) -> list[str]:
        """The tags that a drawn question has, all of them."""
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]

    @property
    def count(self) -> int:
        """How many questions it asks."""
        return 1 if self.question_id else self.draw or 0
