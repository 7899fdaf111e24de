"""A statement that is true or false."""

from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.types.base import InvalidContent
from quizzes.types.choosing import ChoiceContent
from quizzes.types.single import SingleChoice


class TrueFalse(SingleChoice):
    """Two options, one right."""

    name = "true_false"
    label = gettext_lazy("True or false")
    hint = gettext_lazy("Is it true or false?")

    def check(self, content: ChoiceContent) -> None:
        if len(content["options"]) != 2:
            raise InvalidContent(_("A statement has two options: true and false."))
        super().check(content)

    def shuffled(self, content: ChoiceContent, random: Random) -> ChoiceContent:
        """True comes first, always: who looks for it should find it."""
        return content
