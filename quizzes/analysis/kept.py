"""Sums of a quiz in a form that can be kept as JSON, and added to each other.

Of what people typed themselves only the answers that the author thought of are kept by name: the
rest is one number. Nothing says which attempt gave what.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from quizzes.analysis.loading import ItemKey, Loaded
from quizzes.analysis.sums import (
    CLASSES,
    ITEM_SUMS,
    answer_sums,
    item_sums,
    pair_sums,
    time_sums,
)
from quizzes.types import Content, type_of

# Ten per cent a class; who got everything right is a class of their own.
SHARE_CLASSES = 11
# Not the values of any question: those are ids, and what somebody typed, which is never empty.
NOTHING, OTHER, OTHER_RIGHT = "", "*", "+"
Counts = tuple[int, int, int]  # of all, of the best, of the weakest


@dataclass(slots=True)
class ItemSums:
    """Of a version of a question: ITEM_SUMS, classes of time, and how often what was chosen."""

    content: Content
    sums: dict[str, float] = field(default_factory=lambda: dict.fromkeys(ITEM_SUMS, 0))
    times: list[int] = field(default_factory=lambda: [0] * CLASSES)
    choices: dict[tuple[str, str], Counts] = field(default_factory=dict)

    def add(self, other: "ItemSums") -> None:
        """Make these the sums of both."""
        self.sums = {name: self.sums[name] + other.sums[name] for name in ITEM_SUMS}
        self.times = [a + b for a, b in zip(self.times, other.times, strict=True)]
        for choice, counts in other.choices.items():
            self.choices[choice] = _added(self.choices.get(choice, (0, 0, 0)), counts)

    def as_json(self) -> dict[str, Any]:
        """What `read` reads."""
        choices = [[*choice, *counts] for choice, counts in sorted(self.choices.items())]
        return {"sums": self.sums, "times": self.times, "choices": choices}

    @classmethod
    def read(cls, content: Content, data: Mapping[str, Any]) -> "ItemSums":
        choices = {(part, value): (n, u, low) for part, value, n, u, low in data["choices"]}
        return cls(content, dict(data["sums"]), list(data["times"]), choices)


@dataclass(slots=True)
class QuizSums:
    """Of a quiz: its items, how attempts went, by which try, and which questions met.

    `tries`: by number, how many handed in and how many passed. `shares` (of the points: how many
    got them), `answered` (how many) and `asked` (questions in all) are of first tries. `pairs`: by
    two items, [n, sum of the first's scores, of the second's, of the products]; of an item with
    itself too.
    """

    items: dict[ItemKey, ItemSums] = field(default_factory=dict)
    tries: dict[int, tuple[int, int]] = field(default_factory=dict)
    shares: Counter[float] = field(default_factory=Counter)
    answered: int = 0
    asked: int = 0
    pairs: dict[tuple[ItemKey, ItemKey], tuple[float, ...]] = field(default_factory=dict)

    def add(self, other: "QuizSums") -> None:
        """Make these the sums of both."""
        for key, item in other.items.items():
            self.items.setdefault(key, ItemSums(item.content)).add(item)
        for number, (n, passed) in other.tries.items():
            mine = self.tries.get(number, (0, 0))
            self.tries[number] = (mine[0] + n, mine[1] + passed)
        self.shares.update(other.shares)
        self.answered += other.answered
        self.asked += other.asked
        for pair, sums in other.pairs.items():
            mine_ = self.pairs.get(pair, (0.0, 0.0, 0.0, 0.0))
            self.pairs[pair] = tuple(a + b for a, b in zip(mine_, sums, strict=True))

    @property
    def classes(self) -> list[int]:
        """How many got how much, by classes of ten per cent."""
        found = [0] * SHARE_CLASSES
        for share, n in self.shares.items():
            # Six decimals are kept of points: 9.999999 of 10 is not a class below.
            found[int(share * (SHARE_CLASSES - 1) + 1e-5)] += n
        return found

    def matrix(self) -> np.ndarray:
        """The pairs as quizzes.analysis.figures.alpha takes them, in the order of `items`."""
        place = {key: number for number, key in enumerate(self.items)}
        sums = np.zeros((3, len(place), len(place)))
        for (one, other), (n, first, second, product) in self.pairs.items():
            if one in place and other in place:
                i, j = place[one], place[other]
                sums[0, i, j] = sums[0, j, i] = n
                sums[1, i, j], sums[1, j, i] = first, second
                sums[2, i, j] = sums[2, j, i] = product
        return sums

    def as_json(self) -> dict[str, Any]:
        """What `read` reads; the items are kept apart."""
        return {
            "tries": [[number, *counts] for number, counts in sorted(self.tries.items())],
            "shares": sorted(self.shares.items()),
            "answered": self.answered,
            "asked": self.asked,
            "pairs": [[*one, *other, *sums] for (one, other), sums in sorted(self.pairs.items())],
        }

    @classmethod
    def read(cls, data: Mapping[str, Any], items: dict[ItemKey, ItemSums]) -> "QuizSums":
        if not data:
            return cls(items)
        return cls(
            items,
            {number: (n, passed) for number, n, passed in data["tries"]},
            Counter(dict(data["shares"])),
            data["answered"],
            data["asked"],
            {((a, b), (c, d)): tuple(sums) for a, b, c, d, *sums in data["pairs"]},
        )


def _added(a: Counts, b: Counts) -> Counts:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sums_of(loaded: Loaded, contents: Mapping[ItemKey, Content]) -> QuizSums:
    """The sums of what was loaded."""
    size = len(loaded.items)
    first = loaded.attempts[loaded.attempts["number"] == 1]
    found = item_sums(loaded.responses, first, size)
    table = found[ITEM_SUMS].to_numpy(dtype=float).tolist()
    times = time_sums(loaded.responses, size)
    pairs = pair_sums(loaded.responses, size)
    result = QuizSums()
    for number, key in enumerate(loaded.items):
        if found["n"].iat[number]:  # none, where only second tries met it
            sums = dict(zip(ITEM_SUMS, table[number], strict=True))
            result.items[key] = ItemSums(contents[key], sums, times[number].tolist())
    _count_choices(result, loaded, first)
    for i, j in np.argwhere(pairs[0]).tolist():
        pair = loaded.items[i], loaded.items[j]
        if pair[0] <= pair[1]:  # the same way round whatever was met first
            four = pairs[0, i, j], pairs[1, i, j], pairs[1, j, i], pairs[2, i, j]
            result.pairs[pair] = tuple(float(one) for one in four)
    _count_attempts(result, loaded.attempts, first)
    return result


def _count_attempts(result: QuizSums, attempts: pd.DataFrame, first: pd.DataFrame) -> None:
    for number, some in attempts.groupby("number"):
        result.tries[int(str(number))] = (len(some), int(some["passed"].astype(bool).sum()))
    result.shares.update(first["share"].tolist())
    answered = first[first["count"] > 0]
    result.answered, result.asked = len(answered), int(answered["count"].sum())


def _count_choices(result: QuizSums, loaded: Loaded, first: pd.DataFrame) -> None:
    """Each different answer is read once, however many gave it."""
    given = answer_sums(loaded.responses, first, len(loaded.answers))
    possible: dict[ItemKey, set[tuple[str, str]]] = {}
    chosen: dict[ItemKey, dict[tuple[str, str], Counts]] = defaultdict(dict)
    for item, answer, *numbers in given.to_numpy().tolist():
        key = loaded.items[item]
        content = result.items[key].content
        kind = type_of(content)
        if key not in possible:
            possible[key] = {(one.part, one.value) for one in kind.possible(content)}
        picks = kind.responses(content, json.loads(loaded.answers[answer]))
        for pick in picks:
            choice = pick.part, pick.value
            if choice not in possible[key]:
                choice = pick.part, OTHER_RIGHT if pick.correct else OTHER
            chosen[key][choice] = _added(chosen[key].get(choice, (0, 0, 0)), tuple(numbers))
        if not picks:
            blank = chosen[key].get(("", NOTHING), (0, 0, 0))
            chosen[key]["", NOTHING] = _added(blank, tuple(numbers))
    for key, item in result.items.items():
        item.choices = chosen[key]
    unanswered = loaded.responses[loaded.responses["answer"] < 0]
    for item, some in unanswered.groupby("item"):
        group = first["group"].to_numpy()[first.index.get_indexer(pd.Index(some["attempt"]))]
        key = loaded.items[int(str(item))]
        counts = (len(some), int((group == 2).sum()), int((group == 0).sum()))
        blank = result.items[key].choices.get(("", NOTHING), (0, 0, 0))
        result.items[key].choices["", NOTHING] = _added(blank, counts)
