"""Pairs to be put together: to each thing on the left belongs one on the right."""

import uuid
from random import Random
from typing import Any, NotRequired, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import (
    LONGEST_TEXT,
    Ids,
    children,
    feedback_block,
    file_rule,
    items,
    list_of,
    rule_block,
    said,
    text_block,
)
from quizzes.types.base import (
    Choice,
    Content,
    InvalidContent,
    InvalidResponse,
    out_of_order,
    refuse_blank,
    refuse_twins,
)
from quizzes.types.in_parts import InParts

MATCH_IDS = uuid.UUID("0b1f4f7c-8d57-4cf4-9a63-6b0f3b6f7c2e")


class Pair(TypedDict):
    """A thing, and what belongs to it. Pairs may share what belongs to them, and its id then."""

    id: str
    text: str
    match_id: str
    match: str
    feedback: str


class Distractor(TypedDict):
    """Something on the right that belongs to nothing."""

    id: str
    text: str


class MatchingContent(Content):
    """`shown` is the order of the right-hand side, once it has been shuffled."""

    pairs: list[Pair]
    distractors: list[Distractor]
    rule: NotRequired[str]
    shown: NotRequired[list[str]]


class Matching(InParts[MatchingContent]):
    """Choose what belongs to each; the answer is the match of each pair's id."""

    name = "matching"
    label = gettext_lazy("Match")
    hint = gettext_lazy("Choose what belongs to each.")
    icon = "link"

    def form(self) -> list[tuple[str, Block]]:
        pair = blocks.StructBlock(
            [
                ("text", text_block(gettext_lazy("On the left"))),
                ("match", text_block(gettext_lazy("Belongs to it"))),
                ("feedback", feedback_block()),
            ],
            label=gettext_lazy("Pair"),
        )
        extra = text_block(gettext_lazy("On the right"))
        return [
            ("pairs", list_of(pair, gettext_lazy("Pairs"), low=2, high=12)),
            (
                "distractors",
                list_of(
                    extra,
                    gettext_lazy("More to choose among"),
                    low=0,
                    high=8,
                    default=[],
                    help_text=gettext_lazy("Things on the right that belong to nothing."),
                ),
            ),
            ("rule", rule_block(self.rules)),
        ]

    def from_block(self, value: StructValue) -> dict[str, Any]:
        return {
            "pairs": [
                _pair(name, pair["text"], pair["match"], pair["feedback"] or "")
                for name, pair in children(value, "pairs")
            ],
            "distractors": [
                {"id": name, "text": text} for name, text in children(value, "distractors")
            ],
            "rule": value["rule"],
        }

    def to_block(self, content: MatchingContent) -> dict[str, Any]:
        return {
            "pairs": items(
                (
                    pair["id"],
                    {"text": pair["text"], "match": pair["match"], "feedback": pair["feedback"]},
                )
                for pair in content["pairs"]
            ),
            "distractors": items((one["id"], one["text"]) for one in content["distractors"]),
            "rule": self.rule(content).value,
        }

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        pairs = []
        for one in fields.mappings("pairs"):
            text = one.text("text", longest=LONGEST_TEXT)
            match = one.text("match", longest=LONGEST_TEXT)
            feedback = one.text("feedback", needed=False)
            one.done()
            pairs.append(_pair(ids("pair", text), text, match, feedback))
        extra = fields.texts("distractors", longest=LONGEST_TEXT, needed=False)
        return {
            "pairs": pairs,
            "distractors": [{"id": ids("extra", text), "text": text} for text in extra],
            "rule": file_rule(fields, self.rules),
        }

    def to_file(self, content: MatchingContent) -> dict[str, Any]:
        pairs = [
            {"text": pair["text"], "match": pair["match"]} | said(feedback=pair["feedback"])
            for pair in content["pairs"]
        ]
        extra = [one["text"] for one in content["distractors"]]
        return {"pairs": pairs, **said(distractors=extra), "rule": self.rule(content).value}

    def check(self, content: MatchingContent) -> None:
        pairs, distractors = content["pairs"], content["distractors"]
        if len(pairs) < 2:
            raise InvalidContent(_("There is nothing to match with fewer than two pairs."))
        refuse_twins([pair["id"] for pair in pairs], _("Two pairs are the same."))
        refuse_twins([pair["text"] for pair in pairs], _("Two pairs ask about the same."))
        texts = [text for pair in pairs for text in (pair["text"], pair["match"])]
        texts += [one["text"] for one in distractors]
        refuse_blank(texts, _("A pair has no text on one of its sides."))
        matches = {(pair["match_id"], pair["match"]) for pair in pairs}
        sides = [*matches, *((one["id"], one["text"]) for one in distractors)]
        for at in (0, 1):
            refuse_twins([side[at] for side in sides], _("Two things on the right are the same."))
        if len(sides) < 2:
            raise InvalidContent(_("There must be at least two things on the right."))
        self.check_rule(content)

    def parts(self, content: MatchingContent) -> list[str]:
        return [pair["id"] for pair in content["pairs"]]

    def value(self, content: MatchingContent, part: str, given: str) -> str:
        if given not in _sides(content):
            raise InvalidResponse(_("The answer names an option that the question does not have."))
        return given

    def key(self, content: MatchingContent) -> dict[str, str]:
        return {pair["id"]: pair["match_id"] for pair in content["pairs"]}

    def public(self, content: MatchingContent, answer: dict[str, str]) -> dict[str, Any]:
        sides = _sides(content)
        return {
            "pairs": [
                {"id": pair["id"], "text": pair["text"], "value": answer.get(pair["id"], "")}
                for pair in content["pairs"]
            ],
            "matches": [{"id": one, "text": sides[one]} for one in _shown(content)],
        }

    def judged(self, content: MatchingContent, answer: dict[str, str]) -> dict[str, Any]:
        sides = _sides(content)
        return {
            "pairs": [
                {
                    "id": pair["id"],
                    "text": pair["text"],
                    "given": sides.get(answer.get(pair["id"], ""), ""),
                    "right": pair["match"],
                    "correct": answer.get(pair["id"]) == pair["match_id"],
                    "feedback": pair["feedback"],
                }
                for pair in content["pairs"]
            ]
        }

    def shuffled(self, content: MatchingContent, random: Random) -> MatchingContent:
        sides = list(_sides(content))
        return {**content, "shown": out_of_order(sides, _right_order(content), random)}

    def possible(self, content: MatchingContent) -> list[Choice]:
        return [
            self.as_choice(content, pair["id"], side)
            for pair in content["pairs"]
            for side in _sides(content)
        ]

    def as_choice(self, content: MatchingContent, part: str, value: str) -> Choice:
        right = self.key(content)[part]
        return Choice(part, value, _sides(content)[value], value == right)


def _pair(name: str, text: str, match: str, feedback: str) -> Pair:
    """What belongs to it has an id made of what it says: it tells nothing, and twins share it."""
    match_id = str(uuid.uuid5(MATCH_IDS, match.strip()))
    return {"id": name, "text": text, "match_id": match_id, "match": match, "feedback": feedback}


def _sides(content: MatchingContent) -> dict[str, str]:
    """The texts of the right-hand side, by id."""
    matches = {pair["match_id"]: pair["match"] for pair in content["pairs"]}
    return matches | {one["id"]: one["text"] for one in content["distractors"]}


def _right_order(content: MatchingContent) -> list[str]:
    return list(dict.fromkeys(pair["match_id"] for pair in content["pairs"]))


def _shown(content: MatchingContent) -> list[str]:
    """The order in which a page shows the right-hand side."""
    known = content.get("shown")
    return known or out_of_order(list(_sides(content)), _right_order(content), None)
