"""What holds for every type, whatever a browser sends and however the question looks."""

import contextlib
import json
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.types import TYPES, Content, InvalidResponse
from quizzes.types.base import response_of
from tests.quizzes.types.contents import CANARY, EXAMPLES, contents, parts_of

kinds = pytest.mark.parametrize("kind", TYPES)
enough = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(max_size=6) | st.sampled_from(
    ["\x00", "\ud800", "9" * 5000, "1", "02", "²", "e\u0301"]
)


def json_values(ids: list[str]) -> st.SearchStrategy[Any]:
    """Any JSON, of any nesting, that names the question's own parts more often than chance."""
    names = st.sampled_from(ids)
    leaves = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**400) | texts | names
    )
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=6) | st.dictionaries(names | texts, inner, max_size=6)
        ),
        max_leaves=12,
    )


def responses(content: Content) -> st.SearchStrategy[Any]:
    """Anything, and answers of the right shape with ids of the question and of others."""
    ids = parts_of(content)
    names = st.sampled_from(ids)
    shaped = (
        st.lists(names, max_size=9)
        | st.lists(names, max_size=9, unique=True)
        | st.dictionaries(names, names | texts, max_size=9)
        | json_values(ids)
    )
    return json_values(ids) | st.fixed_dictionaries({"choice": shaped})


def forms(content: Content) -> st.SearchStrategy[QueryDict]:
    """Any form: inputs of this question, of others, given once or many times."""
    suffixes = st.sampled_from([*parts_of(content), "ticked", "path"])
    names = st.just("q1") | suffixes.map("q1-{}".format) | texts
    values = st.sampled_from(parts_of(content)) | texts | st.integers(-1, 9).map(str)

    def form(fields: dict[str, list[str]]) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, several in fields.items():
            data.setlist(name, several)
        return data

    return st.dictionaries(names, st.lists(values, max_size=4), max_size=8).map(form)


def holds(content: Content, answer: Any) -> None:
    """What is true of every answer that was read."""
    kind = TYPES[content["type"]]
    assert 0 <= kind.grade(content, answer).score <= 1
    assert json.loads(json.dumps(answer).encode()) == answer  # can be kept
    assert "\x00" not in json.dumps(answer, ensure_ascii=False).encode().decode()
    assert kind.read(content, response_of(answer)) == answer
    assert kind.read(content, response_of(answer), answer) == answer
    if kind.is_empty(answer):
        assert answer == kind.nothing()
        assert not kind.is_answered(content, answer)
        assert kind.grade(content, answer).score == 0
    json.dumps([kind.public(content, answer), kind.judged(content, answer)])
    offered = {(choice.part, choice.value): choice for choice in kind.possible(content)}
    for choice in kind.responses(content, answer):
        if (choice.part, choice.value) in offered:
            assert choice == offered[choice.part, choice.value]


@kinds
@enough
@given(data=st.data())
def test_any_json_is_graded_within_bounds_or_refused(kind: str, data: st.DataObject) -> None:
    content = data.draw(contents(kind))
    TYPES[kind].check(content)
    with contextlib.suppress(InvalidResponse):
        holds(content, TYPES[kind].read(content, data.draw(responses(content))))


@kinds
@enough
@given(data=st.data())
def test_any_form_is_graded_within_bounds_or_refused(kind: str, data: st.DataObject) -> None:
    content = data.draw(contents(kind))
    response = TYPES[kind].from_form(content, data.draw(forms(content)), "q1")
    with contextlib.suppress(InvalidResponse):
        if response is not None:
            holds(content, TYPES[kind].read(content, response))


@kinds
@enough
@given(data=st.data())
def test_the_key_gets_the_full_score_and_is_complete(kind: str, data: st.DataObject) -> None:
    content = data.draw(contents(kind))
    of_kind = TYPES[kind]
    key = of_kind.read(content, response_of(of_kind.key(content)))
    assert key == of_kind.key(content)
    assert of_kind.grade(content, key).is_correct
    assert of_kind.is_answered(content, key)
    assert all(choice.correct for choice in of_kind.responses(content, key))
    holds(content, key)


@kinds
@enough
@given(data=st.data())
def test_shuffled_it_is_the_same_question(kind: str, data: st.DataObject) -> None:
    content = data.draw(contents(kind))
    before = json.dumps(content)
    of_kind = TYPES[kind]
    other = of_kind.shuffled(content, Random(data.draw(st.integers(0, 99))))
    assert json.dumps(content) == before  # left as it was
    of_kind.check(other)
    key = of_kind.read(content, response_of(of_kind.key(other)))
    assert of_kind.grade(content, key).is_correct
    assert set(of_kind.possible(other)) == set(of_kind.possible(content))
    with contextlib.suppress(InvalidResponse):
        answer = of_kind.read(content, data.draw(responses(content)))
        again = of_kind.read(other, response_of(answer))
        assert of_kind.grade(other, again) == of_kind.grade(content, answer)


@kinds
def test_nothing_of_the_key_stands_in_what_a_page_shows_before(kind: str) -> None:
    content = EXAMPLES[kind]
    of_kind = TYPES[kind]
    of_kind.check(content)
    key = of_kind.key(content)
    walked = [key[:at] for at in range(len(key) + 1)] if kind == "case" else [of_kind.nothing()]
    for answer in walked:
        for one in (content, of_kind.shuffled(content, Random(1))):
            shown = json.dumps(of_kind.public(one, answer))
            assert CANARY not in shown
            for word in ("correct", "points", "feedback", "accepted", "match_id", "rule"):
                assert f'"{word}"' not in shown
            assert CANARY in json.dumps(one)  # or the test would prove nothing


def test_a_case_shows_only_the_steps_walked_and_the_present_one() -> None:
    content, of_kind = EXAMPLES["case"], TYPES["case"]
    shown = json.dumps(of_kind.public(content, ["k0"]), ensure_ascii=False)
    assert "läge start" in shown
    assert "läge mitt" in shown
    assert "läge slut" not in shown
    assert "val k1" not in shown


@pytest.mark.parametrize("kind", ["matching", "ordering"])
@given(data=st.data())
@enough
def test_what_is_to_be_ordered_never_arrives_in_order(kind: str, data: st.DataObject) -> None:
    content: Any = data.draw(contents(kind))
    of_kind = TYPES[kind]
    shuffled = of_kind.shuffled(content, Random(data.draw(st.integers(0, 99))))
    for one in (content, shuffled):
        shown: Any = of_kind.public(one, of_kind.nothing())
        if kind == "ordering":
            assert [step["id"] for step in shown["steps"]] != of_kind.key(content)
        else:
            key = list(dict.fromkeys(of_kind.key(content).values()))
            assert [match["id"] for match in shown["matches"] if match["id"] in key] != key
