"""The editor's form and the files say every question that can be asked, and say it back alike."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.problems import Fields, Problem
from quizzes.types import TYPES, Content, InvalidContent
from quizzes.types.authoring import Ids, form_of
from tests.quizzes.types.contents import EXAMPLES, contents

kinds = pytest.mark.parametrize("kind", TYPES)
enough = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def own(content: Content) -> dict[str, Any]:
    """What the type adds."""
    return {k: v for k, v in content.items() if k not in ("type", "text", "explanation", "teaches")}


def from_file(kind: str, said: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    problems: list[Problem] = []
    fields = Fields.of(said, "questions.yaml", "question 1", problems)
    read = TYPES[kind].from_file(fields, Ids("fraga-1"))
    fields.done()
    return read, problems


@kinds
@enough
@given(data=st.data())
def test_the_form_stores_a_question_and_gives_it_back(kind: str, data: st.DataObject) -> None:
    of_kind = TYPES[kind]
    form = form_of(of_kind)

    def stored_and_back(content: Any) -> dict[str, Any]:
        value = form.to_python(of_kind.to_block(content))
        form.clean(value)
        return of_kind.from_block(form.to_python(form.get_prep_value(value)))

    content: Any = data.draw(contents(kind))
    once = stored_and_back(content)
    assert stored_and_back({**content, **once}) == once
    # Nothing is lost of what is asked and what is right; the form makes some ids anew.
    assert of_kind.to_file({**content, **once}) == of_kind.to_file(content)


@kinds
@enough
@given(data=st.data())
def test_a_file_says_a_question_and_reads_it_back(kind: str, data: st.DataObject) -> None:
    of_kind = TYPES[kind]
    content: Any = data.draw(contents(kind))
    said = of_kind.to_file(content)
    read, problems = from_file(kind, said)
    assert problems == []
    of_kind.check({**content, **read})
    if kind != "gap_typed":  # what is typed is tidied when a file is read
        assert of_kind.to_file({**content, **read}) == said
    assert from_file(kind, said)[0] == read  # the same ids each time


@kinds
def test_an_id_says_nothing_of_the_place_in_the_file(kind: str) -> None:
    """Turned around, the parts keep their ids, so no id tells which part comes first."""
    said = TYPES[kind].to_file(EXAMPLES[kind])
    name = next(iter(said))
    if kind not in ("matching", "ordering", "categorise"):
        return
    turned, _problems = from_file(kind, {**said, name: said[name][::-1]})
    read, _problems = from_file(kind, said)
    name = "cases" if kind == "categorise" else name
    assert {p["text"]: p["id"] for p in turned[name]} == {p["text"]: p["id"] for p in read[name]}


@pytest.mark.parametrize(
    ("kind", "said", "place"),
    [
        ("matching", {"pairs": [{"text": "a"}]}, "question 1 › pairs 1 › match"),
        ("ordering", {"steps": ["a", ""]}, "question 1 › steps › 2"),
        ("ordering", {"steps": ["a", "b"], "rule": "x"}, "question 1 › rule"),
        ("gap_choice", {"passage": "[[1]] x"}, "question 1 › gaps"),
        (
            "gap_typed",
            {"passage": "[[1]] x", "gaps": [{"accepted": "ja"}]},
            "question 1 › gaps 1 › accepted",
        ),
        ("categorise", {"groups": [{"cases": []}]}, "question 1 › groups 1 › text"),
        (
            "case",
            {"steps": [{"name": "a", "text": "b", "options": [{"text": "c", "points": 101}]}]},
            "question 1 › steps 1 › options 1 › points",
        ),
        (
            "case",
            {
                "steps": [
                    {"name": "a", "text": "b", "options": [{"text": "c", "points": 1, "nxt": ""}]}
                ]
            },
            "question 1 › steps 1 › options 1 › nxt",
        ),
        (
            "true_false",
            {"correct": True, "feedback": {"sant": "x"}},
            "question 1 › feedback › sant",
        ),
    ],
)
def test_a_mistake_in_a_file_is_told_at_its_place(
    kind: str, said: dict[str, Any], place: str
) -> None:
    try:
        _read, problems = from_file(kind, said)
    except InvalidContent:
        problems = []
        fields = Fields.of(said, "questions.yaml", "question 1", problems)
        with pytest.raises(InvalidContent):
            TYPES[kind].from_file(fields, Ids("x"))
    assert place in [problem.place for problem in problems]


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("[[1]] och [[3]]", "[[3]]"),
        ("[[1]] och [[1]]", "[[1]]"),
        ("bara [[1]]", "[[2]]"),
    ],
)
def test_marks_and_gaps_that_do_not_fit_are_told(passage: str, said: str) -> None:
    gaps = [{"accepted": ["a"]}, {"accepted": ["b"]}]
    with pytest.raises(InvalidContent) as error:
        from_file("gap_typed", {"passage": passage, "gaps": gaps})
    assert said in str(error.value)
    assert error.value.place == ("passage",)
