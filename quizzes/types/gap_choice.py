"""A text with gaps; for each, words to choose from."""

from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import (
    Ids,
    file_options,
    option_items,
    options_block,
    options_in_file,
    options_of,
)
from quizzes.types.base import Choice, InvalidResponse, Option
from quizzes.types.choosing import as_choice, check_one_right, check_options
from quizzes.types.gaps import Gap, GapContent, InGaps, is_gap


class ChoiceGap(Gap):
    """A gap with what can be chosen for it."""

    options: list[Option]


class GapChoice(InGaps[ChoiceGap]):
    """Choose what fits each gap; the answer is the option of each gap's id."""

    name = "gap_choice"
    label = gettext_lazy("Gaps with words to choose")
    hint = gettext_lazy("Choose what fits in each gap.")

    def gap_form(self) -> list[tuple[str, Block]]:
        return [("options", options_block(6))]

    def gap_from_block(self, name: str, value: StructValue) -> ChoiceGap:
        return {"gap": name, "options": options_of(value)}

    def gap_to_block(self, gap: ChoiceGap) -> dict[str, Any]:
        return {"options": option_items(gap["options"])}

    def gap_from_file(self, fields: Fields, number: int, ids: Ids) -> ChoiceGap:
        options = file_options(fields, ids, "gap", number)
        return {"gap": ids("gap", number), "options": options}

    def gap_to_file(self, gap: ChoiceGap) -> dict[str, Any]:
        return {"options": options_in_file(gap["options"])}

    def check_gap(self, gap: ChoiceGap) -> None:
        check_options(gap["options"])
        check_one_right(gap["options"])

    def value(self, content: GapContent[ChoiceGap], part: str, given: str) -> str:
        if given not in {option["id"] for option in self.gap(content, part)["options"]}:
            raise InvalidResponse(_("The answer names an option that the question does not have."))
        return given

    def key(self, content: GapContent[ChoiceGap]) -> dict[str, str]:
        return {gap["gap"]: _right(gap)["id"] for gap in self.gaps(content)}

    def public(self, content: GapContent[ChoiceGap], answer: dict[str, str]) -> dict[str, Any]:
        def fill(gap: ChoiceGap) -> dict[str, Any]:
            given = answer.get(gap["gap"], "")
            options = [{"id": one["id"], "text": one["text"]} for one in gap["options"]]
            return {"value": given, "options": options}

        return {"passage": self.filled(content, fill)}

    def judged(self, content: GapContent[ChoiceGap], answer: dict[str, str]) -> dict[str, Any]:
        def fill(gap: ChoiceGap) -> dict[str, Any]:
            by_id = {option["id"]: option for option in gap["options"]}
            given = by_id.get(answer.get(gap["gap"], ""))
            right = _right(gap)
            return {
                "given": given["text"] if given else "",
                "right": right["text"],
                "correct": given is right,
                "feedback": (given or right)["feedback"],
            }

        return {"passage": self.filled(content, fill)}

    def shuffled(self, content: GapContent[ChoiceGap], random: Random) -> GapContent[ChoiceGap]:
        def other(gap: ChoiceGap) -> ChoiceGap:
            return {**gap, "options": random.sample(gap["options"], len(gap["options"]))}

        pieces = [other(one) if is_gap(one) else one for one in content["passage"]]
        return {**content, "passage": pieces}

    def possible(self, content: GapContent[ChoiceGap]) -> list[Choice]:
        return [
            as_choice(option, gap["gap"]) for gap in self.gaps(content) for option in gap["options"]
        ]

    def as_choice(self, content: GapContent[ChoiceGap], part: str, value: str) -> Choice:
        options = self.gap(content, part)["options"]
        return next(as_choice(option, part) for option in options if option["id"] == value)


def _right(gap: ChoiceGap) -> Option:
    return next(option for option in gap["options"] if option["correct"])
