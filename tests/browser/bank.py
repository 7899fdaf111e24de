"""The answers, looked up where the authors wrote them: in the module's questions.yaml.

An answer is words: the options ticked; "part → what it was given"; "2. the step in that place";
"2. what was chosen in the second step of a case".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
TRUE, FALSE = "Sant", "Falskt"
Words = tuple[str, ...]


@dataclass(frozen=True)
class BankQuestion:
    """A question: its text, what gives the full score, and what gives none of it."""

    key: str
    type: str
    text: str
    right: Words
    wrong: Words


def plain(text: str) -> str:
    """Without line breaks and double spaces."""
    return " ".join(text.split())


def pair(part: str, given: str) -> str:
    """What a part was given, in words."""
    return f"{plain(part)} → {plain(given)}"


def in_order(texts: list[str]) -> Words:
    """Texts by their places, in words."""
    return tuple(f"{place}. {plain(text)}" for place, text in enumerate(texts, start=1))


def _options(written: Any) -> tuple[Words, Words]:
    right = tuple(plain(one["text"]) for one in written["options"] if one["correct"])
    wrong = tuple(plain(one["text"]) for one in written["options"] if not one["correct"])
    # One wrong option is enough, and all that a page with radio buttons takes.
    return right, wrong[:1]


def _true_false(written: Any) -> tuple[Words, Words]:
    return ((TRUE,), (FALSE,)) if written["correct"] else ((FALSE,), (TRUE,))


def _matching(written: Any) -> tuple[Words, Words]:
    pairs = written["pairs"]
    turned = [*pairs[1:], pairs[0]]
    return (
        tuple(pair(one["text"], one["match"]) for one in pairs),
        tuple(pair(one["text"], two["match"]) for one, two in zip(pairs, turned, strict=True)),
    )


def _categorise(written: Any) -> tuple[Words, Words]:
    groups = written["groups"]
    turned = [*groups[1:], groups[0]]
    return (
        tuple(pair(one["text"], group["text"]) for group in groups for one in group["cases"]),
        tuple(
            pair(one["text"], other["text"])
            for group, other in zip(groups, turned, strict=True)
            for one in group["cases"]
        ),
    )


def _ordering(written: Any) -> tuple[Words, Words]:
    return in_order(written["steps"]), in_order(written["steps"][::-1])


def _gap_choice(written: Any) -> tuple[Words, Words]:
    gaps = [_options(gap) for gap in written["gaps"]]
    return (
        tuple(pair(f"Lucka {at}", right[0]) for at, (right, _) in enumerate(gaps, start=1)),
        tuple(pair(f"Lucka {at}", wrong[0]) for at, (_, wrong) in enumerate(gaps, start=1)),
    )


def _gap_typed(written: Any) -> tuple[Words, Words]:
    gaps = list(enumerate(written["gaps"], start=1))
    return (
        tuple(pair(f"Lucka {at}", gap["accepted"][0]) for at, gap in gaps),
        tuple(pair(f"Lucka {at}", "något annat") for at, _ in gaps),
    )


def _case(written: Any) -> tuple[Words, Words]:
    steps = {step["name"]: step for step in written["steps"]}

    def path(name: str, better: Callable[..., Any]) -> tuple[int, list[str]]:
        """The points and the choices of the best, or the worst, way from a step."""
        ways = []
        for way in steps[name]["options"]:
            points, after = path(way["next"], better) if way.get("next") else (0, [])
            ways.append((way["points"] + points, [way["text"], *after]))
        found: tuple[int, list[str]] = better(ways, key=lambda way: way[0])
        return found

    start = written["steps"][0]["name"]
    return in_order(path(start, max)[1]), in_order(path(start, min)[1])


READ = {
    "single": _options,
    "multiple": _options,
    "true_false": _true_false,
    "matching": _matching,
    "categorise": _categorise,
    "ordering": _ordering,
    "gap_choice": _gap_choice,
    "gap_typed": _gap_typed,
    "case": _case,
}


@cache
def bank(module: str) -> tuple[BankQuestion, ...]:
    """Every question of the module."""
    path = ROOT / "courses" / "modules" / module / "questions.yaml"
    return tuple(
        BankQuestion(
            written["key"],
            written["type"],
            plain(written["text"]),
            *READ[written["type"]](written),
        )
        for written in yaml.safe_load(path.read_text("utf-8"))
    )


def one_of_each(module: str) -> list[BankQuestion]:
    """The first question of each type that the module has."""
    first: dict[str, BankQuestion] = {}
    for question in bank(module):
        first.setdefault(question.type, question)
    return list(first.values())


def asked(module: str, shown: str) -> BankQuestion:
    """The question whose text stands in `shown`, what a page says of it."""
    found = [question for question in bank(module) if question.text in plain(shown)]
    assert found, f"No question of {module} reads: {shown}"
    return max(found, key=lambda question: len(question.text))
