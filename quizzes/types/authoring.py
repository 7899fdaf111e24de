"""What the types have in common where questions are written: the editor's form and the files.

Both say a question in the same words, and both become `Content`. In the form every part keeps the
id it got when it was made; in files ids are made of what the parts say, so that an id tells nobody
which part is right or in which place it stands.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from foundation.problems import Fields
from quizzes.types.base import InvalidContent, Option, QuestionType, Rule

OPTION_IDS = uuid.UUID("5f1c7f0e-6d0b-4a86-9a3e-6a1d5c0b7f11")
LONGEST_TEXT = 400
RULES: dict[Rule, StrOrPromise] = {
    Rule.ALL_OR_NOTHING: _("all or nothing"),
    Rule.PER_PART: _("each part counts for itself"),
    Rule.RIGHT_MINUS_WRONG: _("right minus wrong, never below zero"),
}


class Ids:
    """Makes the ids of a question's parts, the same ones each time its file is read."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, *said: object) -> str:
        return str(uuid.uuid5(OPTION_IDS, "/".join([self._key, *map(str, said)])))


class TypeBlock(blocks.StructBlock):
    """The form of a type. What can't be asked is refused at the place where it stands."""

    kind: QuestionType[Any, Any]

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned: blocks.StructValue = super().clean(value)
        if not self.is_deferred_validation:  # a draft may be half-finished
            try:
                self.kind.check(content_of(self.kind, self.kind.from_block(cleaned)))
            except InvalidContent as error:
                raise _at(error.place, str(error)) from error
        return cleaned


def form_of(kind: QuestionType[Any, Any]) -> TypeBlock:
    """The form of a type."""
    block = TypeBlock(
        kind.form(), label=kind.label, icon=kind.icon, description=kind.hint, collapsed=False
    )
    block.kind = kind
    return block


def content_of(kind: QuestionType[Any, Any], own: Mapping[str, Any]) -> Any:
    """A question that has only what its type adds, to be checked."""
    return {"type": kind.name, "text": "", "explanation": "", "teaches": "", **own}


def _at(place: Sequence[str | int], message: str) -> Any:
    """The error of a form, at a part of it."""
    if not place:
        return StructBlockValidationError(non_block_errors=[message])
    first, rest = place[0], place[1:]
    inner = _at(rest, message) if rest else ValidationError(message)
    if isinstance(first, int):
        return ListBlockValidationError(block_errors={first: inner})
    return StructBlockValidationError(block_errors={first: inner})


def list_of(
    child: blocks.Block, label: StrOrPromise, *, low: int, high: int, **kwargs: Any
) -> blocks.ListBlock:
    """A list of parts; the form refuses fewer or more."""
    return blocks.ListBlock(child, label=label, min_num=low, max_num=high, **kwargs)


def text_block(label: StrOrPromise, **kwargs: Any) -> blocks.CharBlock:
    """A short plain text."""
    return blocks.CharBlock(label=label, max_length=LONGEST_TEXT, **kwargs)


def feedback_block(help_text: StrOrPromise | None = None) -> blocks.TextBlock:
    """What is told after the answer."""
    return blocks.TextBlock(
        required=False,
        rows=2,
        label=_("Feedback"),
        help_text=help_text or _("Shown after the answer: why it is right or wrong."),
    )


def rule_block(rules: Sequence[Rule]) -> blocks.ChoiceBlock:
    """How an answer right in part is scored."""
    return blocks.ChoiceBlock(
        choices=[(rule.value, RULES[rule]) for rule in rules],
        default=rules[0].value,
        label=_("Points for an answer that is right in part"),
    )


def options_block(high: int = 10) -> blocks.ListBlock:
    """Options to choose among."""
    option = blocks.StructBlock(
        [
            ("text", text_block(_("Text"))),
            ("correct", blocks.BooleanBlock(required=False, label=_("Right answer"))),
            (
                "feedback",
                feedback_block(_("Shown to whoever chose this option: why it is right or wrong.")),
            ),
        ],
        label=_("Option"),
    )
    return list_of(option, _("Options"), low=2, high=high)


def children(value: blocks.StructValue, name: str) -> list[tuple[str, Any]]:
    """The parts of a list in a form, each with its id."""
    return [(child.id, child.value) for child in value[name].bound_blocks]


def items(parts: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """The parts of a list, with their ids, as the form stores them."""
    return [{"type": "item", "id": name, "value": value} for name, value in parts]


def options_of(value: blocks.StructValue) -> list[Option]:
    """The options of a form."""
    return [
        {
            "id": name,
            "text": option["text"],
            "correct": bool(option["correct"]),
            "feedback": option["feedback"] or "",
        }
        for name, option in children(value, "options")
    ]


def option_items(options: Iterable[Option]) -> list[dict[str, Any]]:
    """Options as the form stores them."""
    return items(
        (
            one["id"],
            {"text": one["text"], "correct": one["correct"], "feedback": one["feedback"]},
        )
        for one in options
    )


def file_options(fields: Fields, ids: Ids, *within: object) -> list[Option]:
    """Options of a file."""
    options: list[Option] = []
    for number, one in enumerate(fields.mappings("options")):
        text = one.text("text", longest=LONGEST_TEXT)
        options.append(
            {
                "id": ids(*within, text) if within else ids(number),
                "text": text,
                "correct": one.flag("correct"),
                "feedback": one.text("feedback", needed=False),
            }
        )
        one.done()
    return options


def options_in_file(options: Iterable[Option]) -> list[dict[str, Any]]:
    """Options as a file says them."""
    return [
        {"text": one["text"], "correct": one["correct"]} | said(feedback=one["feedback"])
        for one in options
    ]


def file_rule(fields: Fields, rules: Sequence[Rule]) -> str:
    """The scoring rule of a file: the type's first where it says none."""
    return fields.choice("rule", [rule.value for rule in rules], needed=False) or rules[0].value


def said(**values: Any) -> dict[str, Any]:
    """The values that say something; a file leaves the others out."""
    return {name: value for name, value in values.items() if value not in ("", [], None)}
