"""Whatever a browser sends is graded within bounds or refused as no answer."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.types import TYPES, Content, InvalidContent, InvalidResponse


def content(kind: str, correct: list[bool]) -> Content:
    return {
        "type": kind,
        "text": "<p>?</p>",
        "options": [
            {"id": f"o{at}", "text": str(at), "correct": right, "feedback": ""}
            for at, right in enumerate(correct)
        ],
        "explanation": "",
        "teaches": "",
    }


QUESTIONS = {
    "single": content("single", [False, True, False]),
    "multiple": content("multiple", [True, True, False, False]),
    "true_false": content("true_false", [False, True]),
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["choice", "x"]), inner, max_size=2)
    ),
    max_leaves=8,
)
choices = st.lists(st.sampled_from(["o0", "o1", "o2", "o3", "o9"]), max_size=6)


@pytest.mark.parametrize("kind", TYPES)
@given(response=json_values | st.fixed_dictionaries({"choice": choices}))
def test_any_json_is_graded_within_bounds_or_refused(kind: str, response: Any) -> None:
    question, of_kind = QUESTIONS[kind], TYPES[kind]
    with contextlib.suppress(InvalidResponse):
        graded = of_kind.grade(question, of_kind.read(question, response))
        assert 0 <= graded.points <= graded.max_points


@pytest.mark.parametrize("kind", TYPES)
def test_the_keys_own_answer_gets_full_points(kind: str) -> None:
    question, of_kind = QUESTIONS[kind], TYPES[kind]
    key = of_kind.read(question, {"choice": of_kind.key(question)})
    assert of_kind.grade(question, key).is_correct


@pytest.mark.parametrize("chosen", [[], ["o0"], ["o1"], ["o0", "o1", "o2"], ["o2", "o3"]])
def test_several_right_answers_need_all_of_them_and_nothing_else(chosen: list[str]) -> None:
    question, of_kind = QUESTIONS["multiple"], TYPES["multiple"]
    assert not of_kind.grade(question, of_kind.read(question, {"choice": chosen})).points


def test_two_answers_to_a_question_with_one_are_refused() -> None:
    with pytest.raises(InvalidResponse):
        TYPES["single"].read(QUESTIONS["single"], {"choice": ["o0", "o1"]})


@pytest.mark.parametrize("kind", TYPES)
def test_what_a_page_shows_before_answering_holds_nothing_of_the_key(kind: str) -> None:
    for option in TYPES[kind].public_options(QUESTIONS[kind]):
        assert set(option) == {"id", "text"}


@pytest.mark.parametrize(
    ("kind", "correct"),
    [
        ("single", [True, True]),
        ("single", [False, False]),
        ("single", [True]),
        ("multiple", [False, False]),
        ("true_false", [True, False, False]),
        ("true_false", [True, True]),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(kind: str, correct: list[bool]) -> None:
    with pytest.raises(InvalidContent):
        TYPES[kind].check(content(kind, correct))
