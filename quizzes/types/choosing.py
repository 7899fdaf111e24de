"""What the types have in common that choose among options."""

from random import Random
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
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
from quizzes.types.base import (
    TICKED,
    Choice,
    Content,
    InvalidContent,
    InvalidResponse,
    Option,
    QuestionType,
    ids_in,
    refuse_blank,
    refuse_twins,
)


class ChoiceContent(Content):
    """A question with options. `rule` is there where it is not the type's first."""

    options: list[Option]


class Choosing(QuestionType[ChoiceContent, list[str]]):
    """Choosing among options; the answer is the ids chosen, in the order of the options."""

    # Whether one may choose several.
    several: ClassVar[bool] = False

    def form(self) -> list[tuple[str, Block]]:
        return [("options", options_block())]

    def from_block(self, value: StructValue) -> dict[str, Any]:
        return {"options": options_of(value)}

    def to_block(self, content: ChoiceContent) -> dict[str, Any]:
        return {"options": option_items(content["options"])}

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        return {"options": file_options(fields, ids)}

    def to_file(self, content: ChoiceContent) -> dict[str, Any]:
        return {"options": options_in_file(content["options"])}

    def check(self, content: ChoiceContent) -> None:
        check_options(content["options"])

    def read(
        self, content: ChoiceContent, response: object, before: list[str] | None = None
    ) -> list[str]:
        chosen = ids_in(response)
        known = [option["id"] for option in content["options"]]
        if len(chosen) > len(known) or not set(chosen) <= set(known):
            raise InvalidResponse(_("The answer names an option that the question does not have."))
        if len(set(chosen)) > 1 and not self.several:
            raise InvalidResponse(_("Only one option can be chosen."))
        return [one for one in known if one in chosen]

    def from_form(
        self, content: ChoiceContent, data: QueryDict, name: str
    ) -> dict[str, Any] | None:
        """A browser sends nothing for boxes without a tick.

        That is an answer taken back where the page came with a tick, and otherwise a question that
        was not answered on this page but may have been on another.
        """
        if name not in data and f"{name}-{TICKED}" not in data:
            return None
        return {"choice": data.getlist(name)}

    def nothing(self) -> list[str]:
        return []

    def is_answered(self, content: ChoiceContent, answer: list[str]) -> bool:
        return bool(answer)

    def key(self, content: ChoiceContent) -> list[str]:
        return [option["id"] for option in content["options"] if option["correct"]]

    def public(self, content: ChoiceContent, answer: list[str]) -> dict[str, Any]:
        return {
            "several": self.several,
            "options": [
                {"id": option["id"], "text": option["text"], "checked": option["id"] in answer}
                for option in content["options"]
            ],
        }

    def judged(self, content: ChoiceContent, answer: list[str]) -> dict[str, Any]:
        return {
            "several": self.several,
            "options": [
                {**option, "checked": option["id"] in answer} for option in content["options"]
            ],
        }

    def shuffled(self, content: ChoiceContent, random: Random) -> ChoiceContent:
        return {**content, "options": random.sample(content["options"], len(content["options"]))}

    def possible(self, content: ChoiceContent) -> list[Choice]:
        return [as_choice(option) for option in content["options"]]

    def responses(self, content: ChoiceContent, answer: list[str]) -> list[Choice]:
        return [as_choice(option) for option in content["options"] if option["id"] in answer]


def check_options(options: list[Option]) -> None:
    """Refuse options that can't be chosen among."""
    if len(options) < 2:
        raise InvalidContent(_("A question needs at least two options."), "options")
    refuse_twins([option["id"] for option in options], _("Two options are the same."))
    refuse_blank([option["text"] for option in options], _("An option has no text."))
    if not any(option["correct"] for option in options):
        raise InvalidContent(_("Mark at least one option as right."), "options")


def check_one_right(options: list[Option]) -> None:
    """Refuse more than one right option."""
    if sum(option["correct"] for option in options) != 1:
        raise InvalidContent(_("Mark exactly one option as right."), "options")


def as_choice(option: Option, part: str = "") -> Choice:
    """An option, for the statistics."""
    return Choice(part, option["id"], option["text"], option["correct"])
