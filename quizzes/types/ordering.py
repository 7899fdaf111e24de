"""Steps to be put in order."""

from itertools import pairwise
from random import Random
from typing import Any, NotRequired, TypedDict

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import (
    LONGEST_TEXT,
    Ids,
    children,
    file_rule,
    items,
    list_of,
    rule_block,
    text_block,
)
from quizzes.types.base import (
    TICKED,
    Choice,
    Content,
    Graded,
    InvalidContent,
    InvalidResponse,
    QuestionType,
    Rule,
    ids_in,
    out_of_order,
    refuse_blank,
    refuse_twins,
    score_of,
)


class Step(TypedDict):
    """One thing of those to put in order."""

    id: str
    text: str


class OrderingContent(Content):
    """The steps stand in their right order; `shown` is how a page shows them once shuffled."""

    steps: list[Step]
    rule: NotRequired[str]
    shown: NotRequired[list[str]]


class Ordering(QuestionType[OrderingContent, list[str]]):
    """Put the steps in order; the answer is their ids, all or so far."""

    name = "ordering"
    label = gettext_lazy("Put in order")
    hint = gettext_lazy("Put the steps in order.")
    icon = "list-ol"
    rules = (Rule.PER_PART, Rule.ALL_OR_NOTHING)

    def form(self) -> list[tuple[str, Block]]:
        return [
            (
                "steps",
                list_of(
                    text_block(gettext_lazy("Step")),
                    gettext_lazy("Steps"),
                    low=2,
                    high=12,
                    help_text=gettext_lazy("In their right order. They are shown in another."),
                ),
            ),
            ("rule", rule_block(self.rules)),
        ]

    def from_block(self, value: StructValue) -> dict[str, Any]:
        steps = [{"id": name, "text": text} for name, text in children(value, "steps")]
        return {"steps": steps, "rule": value["rule"]}

    def to_block(self, content: OrderingContent) -> dict[str, Any]:
        steps = items((step["id"], step["text"]) for step in content["steps"])
        return {"steps": steps, "rule": self.rule(content).value}

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        texts = fields.texts("steps", longest=LONGEST_TEXT)
        return {
            "steps": [{"id": ids("step", text), "text": text} for text in texts],
            "rule": file_rule(fields, self.rules),
        }

    def to_file(self, content: OrderingContent) -> dict[str, Any]:
        steps = [step["text"] for step in content["steps"]]
        return {"steps": steps, "rule": self.rule(content).value}

    def check(self, content: OrderingContent) -> None:
        steps = content["steps"]
        if len(steps) < 2:
            raise InvalidContent(_("There is nothing to order with fewer than two steps."))
        refuse_twins([step["id"] for step in steps], _("Two steps are the same."))
        refuse_twins([step["text"] for step in steps], _("Two steps say the same."))
        refuse_blank([step["text"] for step in steps], _("A step has no text."))
        self.check_rule(content)

    def read(
        self, content: OrderingContent, response: object, before: list[str] | None = None
    ) -> list[str]:
        order = ids_in(response)
        known = self.key(content)
        if len(order) > len(known) or not set(order) <= set(known):
            raise InvalidResponse(_("The answer names a step that the question does not have."))
        if len(set(order)) < len(order):
            raise InvalidResponse(_("The answer names a step twice."))
        return order

    def from_form(
        self, content: OrderingContent, data: QueryDict, name: str
    ) -> dict[str, Any] | None:
        """Each step says its place, from 1; steps that share one have none yet."""
        by_place: dict[int, list[str]] = {}
        for step in self.key(content):
            place = data.get(f"{name}-{step}", "").strip()
            if place.isascii() and place.isdecimal() and len(place) <= 4:
                by_place.setdefault(int(place), []).append(step)
        if not by_place and f"{name}-{TICKED}" not in data:
            return None
        alone = [steps[0] for _place, steps in sorted(by_place.items()) if len(steps) == 1]
        return {"choice": alone}

    def nothing(self) -> list[str]:
        return []

    def is_answered(self, content: OrderingContent, answer: list[str]) -> bool:
        return len(answer) == len(content["steps"])

    def grade(self, content: OrderingContent, answer: list[str]) -> Graded:
        """A part is right when a step comes straight after the one it should come after."""
        right, of = self.counted(content, answer)
        return Graded(score_of(self.rule(content), right=right, wrong=0, of=of))

    def counted(self, content: OrderingContent, answer: list[str]) -> tuple[int, int]:
        follows = set(pairwise(self.key(content)))
        return sum(pair in follows for pair in pairwise(answer)), len(follows)

    def key(self, content: OrderingContent) -> list[str]:
        return [step["id"] for step in content["steps"]]

    def public(self, content: OrderingContent, answer: list[str]) -> dict[str, Any]:
        """Those that have been placed first, in their order, then the others."""
        texts = {step["id"]: step["text"] for step in content["steps"]}
        others = [one for one in self._shown(content) if one not in answer]
        places: list[int | None] = [*range(1, len(answer) + 1), *(None for _other in others)]
        return {
            "steps": [
                {"id": one, "text": texts[one], "place": place}
                for one, place in zip([*answer, *others], places, strict=True)
            ],
            "places": list(range(1, len(texts) + 1)),
        }

    def judged(self, content: OrderingContent, answer: list[str]) -> dict[str, Any]:
        """The right order, each step with the place it was given; and the order that was given.

        There a step is right that comes straight after the one it should come after.
        """
        key = self.key(content)
        before = dict(pairwise(["", *key]))
        texts = {step["id"]: step["text"] for step in content["steps"]}
        return {
            "given": [
                {"text": texts[step], "correct": before.get(previous) == step}
                for previous, step in pairwise(["", *answer])
            ],
            "steps": [
                {
                    **step,
                    "place": at + 1,
                    "given": answer.index(step["id"]) + 1 if step["id"] in answer else None,
                    "correct": answer[at : at + 1] == key[at : at + 1],
                }
                for at, step in enumerate(content["steps"])
            ],
        }

    def shuffled(self, content: OrderingContent, random: Random) -> OrderingContent:
        key = self.key(content)
        return {**content, "shown": out_of_order(key, key, random)}

    def _shown(self, content: OrderingContent) -> list[str]:
        key = self.key(content)
        return content.get("shown") or out_of_order(key, key, None)

    def possible(self, content: OrderingContent) -> list[Choice]:
        places = range(len(content["steps"]))
        return [
            Choice(step["id"], str(place + 1), step["text"], place == at)
            for at, step in enumerate(content["steps"])
            for place in places
        ]

    def responses(self, content: OrderingContent, answer: list[str]) -> list[Choice]:
        """A step's part is its id, and its value the place it was given."""
        right = {step["id"]: (at, step["text"]) for at, step in enumerate(content["steps"])}
        return [
            Choice(step, str(place + 1), right[step][1], place == right[step][0])
            for place, step in enumerate(answer)
        ]
