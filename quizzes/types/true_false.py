"""A statement that is true or false."""

from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from wagtail import blocks
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import LONGEST_TEXT, Ids, feedback_block, said, text_block
from quizzes.types.base import InvalidContent
from quizzes.types.choosing import ChoiceContent
from quizzes.types.single import SingleChoice

TRUE, FALSE = "true", "false"
# The ids of the two options, in their order, and what they are called unless the author says so.
# Content, and so in the language of the modules.
WORDS = {TRUE: "Sant", FALSE: "Falskt"}


class TrueFalse(SingleChoice):
    """Two options, one right."""

    name = "true_false"
    label = gettext_lazy("True or false")
    hint = gettext_lazy("Is it true or false?")
    icon = "tick-inverse"

    def form(self) -> list[tuple[str, Block]]:
        return [
            (
                "correct",
                blocks.ChoiceBlock(
                    choices=[(TRUE, gettext_lazy("true")), (FALSE, gettext_lazy("false"))],
                    label=gettext_lazy("The statement is"),
                ),
            ),
            *_side(TRUE, gettext_lazy("What “true” is called"), WORDS[TRUE]),
            *_side(FALSE, gettext_lazy("What “false” is called"), WORDS[FALSE]),
        ]

    def from_block(self, value: StructValue) -> dict[str, Any]:
        return {
            "options": [
                {
                    "id": side,
                    "text": value[f"{side}_word"],
                    "correct": value["correct"] == side,
                    "feedback": value[f"{side}_feedback"] or "",
                }
                for side in WORDS
            ]
        }

    def to_block(self, content: ChoiceContent) -> dict[str, Any]:
        true, false = content["options"]
        return {
            "correct": TRUE if true["correct"] else FALSE,
            "true_word": true["text"],
            "true_feedback": true["feedback"],
            "false_word": false["text"],
            "false_feedback": false["feedback"],
        }

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        """`correct` says which; feedback, if any, to those who chose `true` and `false`."""
        correct = fields.flag("correct")
        place, data = fields.at("feedback"), fields.get("feedback")
        feedback = Fields.of({} if data is None else data, fields.file, place, fields.problems)
        options = [
            {
                "id": side,
                "text": fields.text(f"{side}_word", longest=LONGEST_TEXT, needed=False) or word,
                "correct": correct is (side == TRUE),
                "feedback": feedback.text(side == TRUE, needed=False),
            }
            for side, word in WORDS.items()
        ]
        feedback.done()
        return {"options": options}

    def to_file(self, content: ChoiceContent) -> dict[str, Any]:
        true, false = content["options"]
        words = {
            f"{side}_word": "" if option["text"] == word else option["text"]
            for (side, word), option in zip(WORDS.items(), content["options"], strict=True)
        }
        feedback = {True: true["feedback"], False: false["feedback"]}
        told = {side: text for side, text in feedback.items() if text}
        return {"correct": true["correct"]} | said(**words) | ({"feedback": told} if told else {})

    def check(self, content: ChoiceContent) -> None:
        if len(content["options"]) != 2:
            raise InvalidContent(_("A statement has two options: true and false."))
        super().check(content)

    def shuffled(self, content: ChoiceContent, random: Random) -> ChoiceContent:
        """True comes first, always: who looks for it should find it."""
        return content


def _side(side: str, label: StrOrPromise, word: str) -> list[tuple[str, Block]]:
    shown = gettext_lazy("Shown to whoever chose this option: why it is right or wrong.")
    return [
        (f"{side}_word", text_block(label, default=word)),
        (f"{side}_feedback", feedback_block(shown)),
    ]
