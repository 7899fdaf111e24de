"""One right option among several."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.types.base import Content, InvalidContent, QuestionType


class SingleChoice(QuestionType):
    """Choose one; one is right."""

    name = "single"
    label = gettext_lazy("One right answer")
    hint = gettext_lazy("Choose one answer.")

    def check(self, content: Content) -> None:
        super().check(content)
        if len(self.key(content)) != 1:
            raise InvalidContent(_("Mark exactly one option as right."))
