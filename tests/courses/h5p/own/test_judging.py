"""A content that can't be played as its author meant is refused, at the place that is wrong."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.h5p.own.conversations import flaws_of_conversation
from courses.h5p.own.judging import flaws_of_content
from courses.h5p.package import LibraryName
from tests.courses.h5p.own.contents import CHOICE, CONVERSATION, example


def places(name: LibraryName, content: Any) -> list[str]:
    return [flaw.place for flaw in flaws_of_content(name, content)]


def test_a_question_has_something_that_is_right() -> None:
    content = example(CHOICE)
    for answer in content["answers"]:
        answer["correct"] = False
    assert places(CHOICE, content) == ["answers"]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["question"], None, "question"),
        (["question"], 3, "question"),
        (["question"], "x" * 501, "question"),
        (["answers"], [], "answers"),
        (["answers"], {}, "answers"),
        (["answers", 1, "correct"], "yes", "answers 2 › correct"),
        (["answers", 1, "right"], True, "answers 2 › right"),
        (["behaviour", "type"], "many", "behaviour › type"),
        (["behaviour", "passPercentage"], 101, "behaviour › passPercentage"),
        (["behaviour", "passPercentage"], True, "behaviour › passPercentage"),
        (["introduction"], "<p>Se<script>x</script></p>", "introduction"),
        (["behaviour"], "none", "behaviour"),
    ],
)
def test_a_question_is_what_its_semantics_ask_for(
    path: list[str | int], value: object, place: str
) -> None:
    content: Any = example(CHOICE)
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert places(CHOICE, content) == [place]


def test_what_an_author_may_leave_out_is_not_missed() -> None:
    content = example(CHOICE)
    assert places(CHOICE, {"question": content["question"], "answers": content["answers"]}) == []


def test_a_content_of_somebody_elses_type_is_not_judged_here() -> None:
    assert flaws_of_content(LibraryName("H5P.Text", 1, 1), {"anything": 1}) == []


def conversation(**ways: str) -> dict[str, Any]:
    """Steps a, b, c … with replies to the letters given; one without letters is an ending."""
    return {
        "steps": [
            {"id": name, "says": "…", "replies": [{"says": "…", "to": to} for to in letters]}
            for name, letters in ways.items()
        ]
    }


@pytest.mark.parametrize(
    ("ways", "found"),
    [
        ({"a": "bc", "b": "c", "c": ""}, []),
        ({"a": "ba", "b": "a", "c": ""}, ["steps 3", "steps 1", "steps 2"]),
        ({"a": "b", "b": "", "c": "b"}, ["steps 3"]),
        ({"a": "bc", "b": "", "c": "d", "d": "c"}, ["steps 3", "steps 4"]),
        ({"a": "bx", "b": ""}, ["steps 1 › replies 2 › to"]),
        ({"a": "", "b": ""}, ["steps 1", "steps 2"]),
        ({"a": "ab", "b": ""}, []),
    ],
)
def test_a_conversation_can_be_held_to_an_end_whatever_is_said(
    ways: dict[str, str], found: list[str]
) -> None:
    assert [flaw.place for flaw in flaws_of_conversation(conversation(**ways))] == found


def test_two_steps_of_one_name_are_told() -> None:
    content = example(CONVERSATION)
    content["steps"].append(dict(content["steps"][-1]))
    assert places(CONVERSATION, content) == ["steps 5 › id"]


def test_a_step_with_replies_is_no_ending() -> None:
    content = example(CONVERSATION)
    content["steps"][0]["ending"] = {"title": "Slut"}
    assert places(CONVERSATION, content) == ["steps 1 › ending"]


GRAPHS = st.integers(2, 6).flatmap(
    lambda count: st.fixed_dictionaries(
        {name: st.text(alphabet="abcdef"[:count], max_size=3) for name in "abcdef"[:count]}
    )
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRAPHS)
def test_whoever_walks_what_is_let_through_comes_to_an_end(ways: dict[str, str]) -> None:
    """Held against walking itself: every step somebody can stand in is some steps from an end."""
    first = next(iter(ways))
    stands_in = {first}
    for _step in ways:
        stands_in |= {to for name in stands_in for to in ways[name]}
    ends = {name for name, to in ways.items() if not to}
    for _step in ways:
        ends |= {name for name, to in ways.items() if set(to) & ends}
    can_be_held = stands_in == set(ways) and stands_in <= ends and ways[first] != ""
    assert (not list(flaws_of_conversation(conversation(**ways)))) == can_be_held
