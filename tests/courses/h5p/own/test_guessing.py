"""Our own contents are answered by reading: neither where an alternative stands nor how long it is
says that it is the right one."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from courses.h5p.own.folders import example_folders
from tests.courses.h5p.own.contents import CHOICE, CONVERSATION, read_json

MODULES = Path(__file__).parents[4] / "courses" / "modules"
FOLDERS = [*example_folders(), *sorted(path.parent for path in MODULES.glob("*/h5p/*/h5p.json"))]

# What somebody who does not read chooses: the place of a reply among those of a step.
Habit = Callable[[list[dict[str, Any]]], int]
HABITS: dict[str, Habit] = {
    "the first": lambda _replies: 0,
    "the second": lambda _replies: 1,
    "the last": lambda replies: len(replies) - 1,
    "the longest": lambda replies: max(range(len(replies)), key=lambda at: _length(replies[at])),
    "the shortest": lambda replies: min(range(len(replies)), key=lambda at: _length(replies[at])),
}


def _length(reply: dict[str, Any]) -> int:
    return len(reply["says"])


def contents_of(machine_name: str) -> list[Any]:
    """Each as a parameter, by the name of its folder."""
    return [
        pytest.param(read_json(folder / "content" / "content.json"), id=folder.name)
        for folder in FOLDERS
        if read_json(folder / "h5p.json")["mainLibrary"] == machine_name
    ]


each_conversation = pytest.mark.parametrize("content", contents_of(CONVERSATION.machine_name))
each_question = pytest.mark.parametrize("content", contents_of(CHOICE.machine_name))


def telling_habits(content: dict[str, Any]) -> list[str]:
    """Those that find the reply that trust grows by in more than about half of the steps."""
    choices = [step["replies"] for step in content["steps"] if step.get("replies")]
    return [
        name
        for name, habit in HABITS.items()
        if sum(reply_of(habit, replies).get("trust") == "up" for replies in choices)
        > (len(choices) + 1) // 2
    ]


def winning_habits(content: dict[str, Any]) -> list[str]:
    """Those that lead from the first step to all the points there are."""
    most = max(step["ending"].get("points", 0) for step in endings(content))
    return [
        name
        for name, habit in HABITS.items()
        if end_of(content, habit).get("ending", {}).get("points") == most
    ]


def reply_of(habit: Habit, replies: list[dict[str, Any]]) -> dict[str, Any]:
    return replies[min(habit(replies), len(replies) - 1)]


def endings(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (step for step in content["steps"] if not step.get("replies"))


def end_of(content: dict[str, Any], habit: Habit) -> dict[str, Any]:
    """The step that somebody with the habit comes to; where they go in a circle, one of it."""
    steps = {step["id"]: step for step in content["steps"]}
    at: dict[str, Any] = content["steps"][0]
    for _step in steps:
        if at.get("replies"):
            at = steps[reply_of(habit, at["replies"])["to"]]
    return at


def is_regular(places: list[int], count: int) -> bool:
    """Whether the right ones stand first, last, or equally far from one another."""
    first, last = list(range(len(places))), list(range(count - len(places), count))
    gaps = {after - before for before, after in pairwise(places)}
    return places in (first, last) or (len(gaps) == 1 and (len(places) > 2 or gaps == {2}))


def test_there_are_contents_of_both_types_to_judge() -> None:
    assert len(contents_of(CONVERSATION.machine_name)) >= 2
    assert len(contents_of(CHOICE.machine_name)) >= 2


@each_conversation
def test_neither_place_nor_length_gives_the_best_reply_away(content: dict[str, Any]) -> None:
    assert telling_habits(content) == []


@each_conversation
def test_nobody_who_does_not_read_reaches_all_the_points(content: dict[str, Any]) -> None:
    assert winning_habits(content) == []


@each_question
def test_right_answers_are_shuffled_or_stand_in_no_regular_places(content: dict[str, Any]) -> None:
    answers = content["answers"]
    right = [place for place, answer in enumerate(answers) if answer["correct"]]
    # A single one stands somewhere; only several can make a pattern.
    assert (
        content.get("behaviour", {}).get("randomAnswers")
        or len(right) == 1
        or not is_regular(right, len(answers))
    )


def test_the_best_reply_first_and_longest_each_time_is_noticed() -> None:
    best, weak = {"says": "En lång replik.", "trust": "up"}, {"says": "Kort.", "trust": "down"}
    content = {
        "steps": [
            {"id": "a", "replies": [best | {"to": "b"}, weak | {"to": "poor"}]},
            {"id": "b", "replies": [best | {"to": "good"}, weak | {"to": "poor"}]},
            {"id": "good", "ending": {"points": 2}},
            {"id": "poor", "ending": {"points": 0}},
        ]
    }
    assert telling_habits(content) == winning_habits(content) == ["the first", "the longest"]


@pytest.mark.parametrize(
    ("places", "count", "regular"),
    [
        ([0, 2, 4], 6, True),
        ([1, 3, 5], 6, True),
        ([0, 3, 6], 8, True),
        ([0, 1], 4, True),
        ([2, 3], 4, True),
        ([0, 2], 4, True),
        ([1, 2], 4, False),
        ([0, 3], 5, False),
        ([1, 2, 5], 6, False),
    ],
)
def test_places_that_somebody_could_guess_are_regular(
    places: list[int], count: int, *, regular: bool
) -> None:
    assert is_regular(places, count) is regular
