"""What another version of a question makes of the answers that were given. Changes nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from quizzes.types import Answer, Content, InvalidResponse, type_of


class NotComparable(ValueError):
    """The two versions are questions of different types."""


@dataclass(slots=True)
class Judge:
    """Judges answers by a version; the same answer once."""

    content: Content
    _known: dict[str, Fraction | None] = field(default_factory=dict)

    def score(self, answer: Answer | None) -> Fraction | None:
        """The score; None when the answer names what the version does not have."""
        name = json.dumps(answer, sort_keys=True)
        if name not in self._known:
            self._known[name] = self._score(answer)
        return self._known[name]

    def _score(self, answer: Answer | None) -> Fraction | None:
        kind = type_of(self.content)
        if answer is None or kind.is_empty(answer):
            return kind.grade(self.content, kind.nothing()).score
        try:
            read = kind.read(self.content, {"choice": answer})
        except InvalidResponse:
            return None
        return kind.grade(self.content, read).score


def as_asked(asked: Mapping[str, Any], version: Mapping[str, Any]) -> dict[str, Any]:
    """The version's content, its options in the order in which they were asked.

    Only what is in an order that says nothing is moved: the order of steps is their key. What
    shuffling wrote beside the content (`shown`) comes along where it names the same things.
    """
    content = dict(version)
    if "options" in asked and "options" in content:
        place = {one["id"]: at for at, one in enumerate(asked["options"])}
        content["options"] = sorted(
            content["options"], key=lambda one: place.get(one["id"], len(place))
        )
    if "shown" in asked and sorted(asked["shown"]) == sorted(_things(content)):
        content["shown"] = asked["shown"]
    return content


def _things(content: Mapping[str, Any]) -> Iterable[str]:
    """The ids that `shown` orders: steps, or the right-hand sides of pairs."""
    if "pairs" in content:
        yield from (pair["match_id"] for pair in content["pairs"])
        yield from (one["id"] for one in content.get("distractors", ()))
    else:
        yield from (step["id"] for step in content.get("steps", ()))


def judge_of(before: Content, after: Content) -> Judge:
    """Judges answers to `before` by `after`; raises NotComparable."""
    if before["type"] != after["type"]:
        raise NotComparable
    return Judge(after)
