"""One or more right options; the author says what a part of them is worth."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import Ids, file_rule, rule_block
from quizzes.types.base import Graded, Rule, score_of
from quizzes.types.choosing import ChoiceContent, Choosing


class MultipleChoice(Choosing):
    """Choose all that are right."""

    name = "multiple"
    label = gettext_lazy("Several right answers")
    hint = gettext_lazy("Choose all that are right.")
    several = True
    icon = "check"
    rules = (Rule.ALL_OR_NOTHING, Rule.PER_PART, Rule.RIGHT_MINUS_WRONG)

    def form(self) -> list[tuple[str, Block]]:
        return [*super().form(), ("rule", rule_block(self.rules))]

    def from_block(self, value: StructValue) -> dict[str, Any]:
        return super().from_block(value) | self._told(value["rule"])

    def to_block(self, content: ChoiceContent) -> dict[str, Any]:
        return {**super().to_block(content), "rule": self.rule(content).value}

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        return super().from_file(fields, ids) | self._told(file_rule(fields, self.rules))

    def to_file(self, content: ChoiceContent) -> dict[str, Any]:
        return super().to_file(content) | self._told(self.rule(content))

    def _told(self, rule: str) -> dict[str, Any]:
        """Nothing of the first rule: questions from before there were rules say none."""
        return {} if rule == self.rules[0] else {"rule": str(rule)}

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
