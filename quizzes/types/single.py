"""One right option among several."""

from fractions import Fraction

from django.utils.translation import gettext_lazy

from quizzes.types.base import Graded
from quizzes.types.choosing import ChoiceContent, Choosing, check_one_right


class SingleChoice(Choosing):
    """Choose one; one is right."""

    name = "single"
    label = gettext_lazy("One right answer")
    hint = gettext_lazy("Choose one answer.")
    icon = "radio-full"

    def check(self, content: ChoiceContent) -> None:
        super().check(content)
        check_one_right(content["options"])

    def grade(self, content: ChoiceContent, answer: list[str]) -> Graded:
        return Graded(Fraction(int(answer == self.key(content))))
