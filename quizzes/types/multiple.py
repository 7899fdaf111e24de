"""One or more right options; the author says what a part of them is worth."""

from fractions import Fraction

from django.utils.translation import gettext_lazy

from quizzes.types.base import Graded, Rule, score_of
from quizzes.types.choosing import ChoiceContent, Choosing


class MultipleChoice(Choosing):
    """Choose all that are right."""

    name = "multiple"
    label = gettext_lazy("Several right answers")
    hint = gettext_lazy("Choose all that are right.")
    several = True
    rules = (Rule.ALL_OR_NOTHING, Rule.PER_PART, Rule.RIGHT_MINUS_WRONG)

    def check(self, content: ChoiceContent) -> None:
        super().check(content)
        self.check_rule(content)

    def grade(self, content: ChoiceContent, answer: list[str]) -> Graded:
        """Per part, each option is judged: chosen when right, left when wrong.

        Right minus wrong counts what was chosen, of those that are right. Nothing chosen is worth
        nothing by every rule.
        """
        chosen, right = set(answer), set(self.key(content))
        rule = self.rule(content)
        if not chosen:
            return Graded(Fraction(0))
        if rule is Rule.PER_PART:
            of = len(content["options"])
            return Graded(Fraction(of - len(chosen ^ right), of))
        hits = len(chosen & right)
        return Graded(score_of(rule, right=hits, wrong=len(chosen - right), of=len(right)))
