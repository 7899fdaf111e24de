"""Blocks that ask the reader something: a knowledge check, a quiz to practise on, a reflection."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from foundation.prepared import PreparedObjects
from quizzes.bank.models import Question

_QUESTIONS = PreparedObjects(Question)


class QuestionChooserBlock(SnippetChooserBlock):
    """Wagtail's chooser; the questions of a screen are found by a prepared query."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("quizzes.Question", **kwargs)

    def bulk_to_python(self, values: Iterable[Any]) -> list[Question | None]:
        """The questions of these keys, in their order; None for one that is gone."""
        return _QUESTIONS.in_order(values)

    def deconstruct(self) -> tuple[str, object, object]:
        """Migrations name Wagtail's block, so that none imports this module."""
        _path, _args, kwargs = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", ("quizzes.Question",), kwargs


class CheckBlock(blocks.StructBlock):
    """A question of the bank, judged at once; the answer is not kept."""

    question = QuestionChooserBlock(label=_("Question"))

    class Meta:
        icon = "help"
        label = _("Knowledge check")
        description = _("A question from the bank, with feedback at once. Nothing is stored.")
        template = "courses/blocks/check.html"


class QuizBlock(blocks.StructBlock):
    """A quiz of the bank, taken for practice: its attempts are kept, and complete nothing."""

    quiz = SnippetChooserBlock("quizzes.Quiz", label=_("Quiz"))

    class Meta:
        icon = "tasks"
        label = _("Quiz to practise on")
        description = _(
            "A quiz from the bank, taken in the lesson. It does not count as the course's."
        )
        template = "courses/blocks/quiz.html"


class ReflectionBlock(blocks.StructBlock):
    """Something to think about in writing; what is written never leaves the page."""

    prompt = blocks.TextBlock(
        rows=3,
        label=_("What to think about"),
        help_text=_("Remind the reader not to name any client."),
    )

    class Meta:
        icon = "edit"
        label = _("Reflection")
        description = _("A box to write in. What is written is neither sent nor stored.")
        template = "courses/blocks/reflection.html"
        preview_value = {"prompt": "Skriv din egen första mening. Nämn inga klienter."}
