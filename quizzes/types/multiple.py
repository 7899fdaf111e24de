"""One or more right options; all of them and nothing else give the point."""

from django.utils.translation import gettext_lazy

from quizzes.types.base import QuestionType


class MultipleChoice(QuestionType):
    """Choose all that are right."""

    name = "multiple"
    label = gettext_lazy("Several right answers")
    hint = gettext_lazy("Choose all that are right.")
    several = True
