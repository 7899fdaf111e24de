"""What partly right answers are worth, and which questions can't be asked: computed by hand."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.types import TYPES, Content, InvalidContent, InvalidResponse
from tests.quizzes.types.contents import (
    EXAMPLES,
    cases,
    contents,
    of,
    options,
    pairs,
    steps,
    stop,
    typed,
    way,
)


def score(content: Content, choice: Any) -> Fraction:
    kind = TYPES[content["type"]]
    return kind.grade(content, kind.read(content, {"choice": choice})).score


# Options o0 and o1 are right, o2 and o3 wrong.
@pytest.mark.parametrize(
    ("chosen", "all_or_nothing", "per_part", "right_minus_wrong"),
    [
        ([], 0, 0, 0),
        (["o0"], 0, Fraction(3, 4), Fraction(1, 2)),
        (["o0", "o1"], 1, 1, 1),
        (["o0", "o2"], 0, Fraction(1, 2), 0),
        (["o0", "o1", "o2"], 0, Fraction(3, 4), Fraction(1, 2)),
        (["o0", "o1", "o2", "o3"], 0, Fraction(1, 2), 0),
        (["o2"], 0, Fraction(1, 4), 0),
        (["o2", "o3"], 0, 0, 0),
    ],
)
def test_several_right_answers(
    chosen: list[str], all_or_nothing: Any, per_part: Any, right_minus_wrong: Any
) -> None:
    four = options(True, True, False, False)
    found = [
        score(of("multiple", options=four, rule=rule), chosen)
        for rule in ("all_or_nothing", "per_part", "right_minus_wrong")
    ]
    assert found == [all_or_nothing, per_part, right_minus_wrong]
    # Questions from before there were rules are judged as they were.
    assert score(of("multiple", options=four), chosen) == all_or_nothing


# Three pairs: p0 with m-a, p1 with m-b, p2 with m-c; a distractor.
@pytest.mark.parametrize(
    ("answer", "all_or_nothing", "per_part", "right_minus_wrong"),
    [
        ({}, 0, 0, 0),
        ({"p0": "m-a"}, 0, Fraction(1, 3), Fraction(1, 3)),
        ({"p0": "m-a", "p1": "d"}, 0, Fraction(1, 3), 0),
        ({"p0": "m-a", "p1": "m-b", "p2": "m-a"}, 0, Fraction(2, 3), Fraction(1, 3)),
        ({"p0": "m-a", "p1": "m-b", "p2": "m-c"}, 1, 1, 1),
        ({"p0": "m-b", "p1": "m-c", "p2": "m-a"}, 0, 0, 0),
    ],
)
def test_matching(
    answer: dict[str, str], all_or_nothing: Any, per_part: Any, right_minus_wrong: Any
) -> None:
    found = [
        score(
            of(
                "matching",
                pairs=pairs("a", "b", "c"),
                distractors=[{"id": "d", "text": "D"}],
                rule=rule,
            ),
            answer,
        )
        for rule in ("all_or_nothing", "per_part", "right_minus_wrong")
    ]
    assert found == [all_or_nothing, per_part, right_minus_wrong]


def test_two_things_that_belong_to_the_same_are_right_with_it() -> None:
    content = of("matching", pairs=pairs("a", "a", "b"), distractors=[], rule="per_part")
    TYPES["matching"].check(content)
    assert score(content, {"p0": "m-a", "p1": "m-a", "p2": "m-b"}) == 1
    assert len(TYPES["matching"].public(content, {})["matches"]) == 2


@pytest.mark.parametrize(
    ("order", "per_part", "all_or_nothing"),
    [
        ([], 0, 0),
        (["s0"], 0, 0),
        (["s0", "s1", "s2", "s3"], 1, 1),
        (["s1", "s2", "s3", "s0"], Fraction(2, 3), 0),  # all but one come after the right one
        (["s0", "s1", "s3", "s2"], Fraction(1, 3), 0),
        (["s3", "s2", "s1", "s0"], 0, 0),
        (["s2", "s3"], Fraction(1, 3), 0),
    ],
)
def test_ordering(order: list[str], per_part: Any, all_or_nothing: Any) -> None:
    found = [
        score(of("ordering", steps=steps(4), rule=rule), order)
        for rule in ("per_part", "all_or_nothing")
    ]
    assert found == [per_part, all_or_nothing]


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        ({"c0": "x"}, Fraction(1, 3)),
        ({"c0": "x", "c1": "x"}, Fraction(1, 3)),
        ({"c0": "x", "c1": "y", "c2": "x"}, 1),
    ],
)
def test_categorise(answer: dict[str, str], worth: Any) -> None:
    assert score(EXAMPLES["categorise"], answer) == worth


def test_gaps_with_words() -> None:
    assert score(EXAMPLES["gap_choice"], {"g0": "a0", "g1": "b0"}) == Fraction(1, 2)
    with pytest.raises(InvalidResponse):  # an option of another gap
        score(EXAMPLES["gap_choice"], {"g0": "b2"})


@pytest.mark.parametrize(
    ("written", "case", "accents", "right"),
    [
        ("Idé", True, False, True),
        ("IDÉ", True, False, True),
        ("IDÉ", False, False, False),
        ("ide", True, False, False),
        ("ide", True, True, True),
        ("Ide", False, True, True),
        ("  Idé ", False, False, True),
        ("Ide\u0301", False, False, True),  # the same letter, written in two
        ("idea", True, True, False),
    ],
)
def test_case_and_accents_are_forgiven_as_the_author_says(
    written: str, case: bool, accents: bool, right: bool
) -> None:
    gap = typed("g0", "Idé", case=case, accents=accents)
    content = of("gap_typed", passage=[{"text": "En "}, gap])
    assert score(content, {"g0": written}) == int(right)


@pytest.mark.parametrize(("accepted", "written"), [("våld", "vald"), ("mål", "mal"), ("ö", "o")])
def test_swedish_letters_are_letters_and_not_accents(accepted: str, written: str) -> None:
    content = of("gap_typed", passage=[{"text": "x"}, typed("g0", accepted, accents=True)])
    assert score(content, {"g0": written}) == 0
    assert score(content, {"g0": accepted.upper()}) == 1


@pytest.mark.parametrize("written", ["a\x00b", "\ud800", "x" * 201, "x" * 100_000])
def test_what_no_database_keeps_cannot_be_typed(written: str) -> None:
    with pytest.raises(InvalidResponse):
        TYPES["gap_typed"].read(EXAMPLES["gap_typed"], {"choice": {"g0": written}})


# The best path of the example is k0, k2, k4: 50 + 30 + 100.
@pytest.mark.parametrize(
    ("path", "points"),
    [([], 0), (["k0"], 50), (["k0", "k3"], 50), (["k1", "k4"], 100), (["k0", "k2", "k4"], 180)],
)
def test_a_case_is_worth_the_points_of_its_path(path: list[str], points: int) -> None:
    assert score(EXAMPLES["case"], path) == Fraction(points, 180)


@pytest.mark.parametrize(
    ("before", "path", "answer"),
    [
        (["k0"], ["k0", "k2"], ["k0", "k2"]),
        (["k0", "k2"], ["k0"], ["k0", "k2"]),  # a page from before says nothing new
        (["k0", "k2"], [], ["k0", "k2"]),
        (["k0"], ["k1"], None),
        (["k0", "k2"], ["k0", "k3"], None),
        ([], ["k2"], None),
        ([], ["k1", "k4", "k4"], None),
    ],
)
def test_a_path_once_walked_is_not_changed(
    before: list[str], path: list[str], answer: list[str] | None
) -> None:
    kind, content = TYPES["case"], EXAMPLES["case"]
    if answer is None:
        with pytest.raises(InvalidResponse):
            kind.read(content, {"choice": path}, before)
    else:
        assert kind.read(content, {"choice": path}, before) == answer


PER_PART = [kind for kind in TYPES if isinstance(TYPES[kind].nothing(), dict)]


@pytest.mark.parametrize("kind", PER_PART)
@given(data=st.data())
def test_putting_a_part_right_never_costs(kind: str, data: st.DataObject) -> None:
    content = data.draw(contents(kind))
    of_kind = TYPES[kind]
    key: dict[str, str] = of_kind.key(content)
    offered = of_kind.possible(content)
    answer = {
        part: data.draw(st.sampled_from([one.value for one in offered if one.part == part] + [""]))
        for part in key
    }
    part = data.draw(st.sampled_from(sorted(key)))
    assert score(content, answer | {part: key[part]}) >= score(content, answer)


@given(data=st.data())
def test_with_several_right_answers_another_right_one_never_costs(data: st.DataObject) -> None:
    content: Any = data.draw(contents("multiple"))
    chosen = data.draw(st.sets(st.sampled_from([one["id"] for one in content["options"]])))
    right = data.draw(st.sampled_from(TYPES["multiple"].key(content)))
    assert score(content, [*(chosen - {right}), right]) >= score(content, sorted(chosen))
    wrong = {one["id"] for one in content["options"] if not one["correct"]}
    assert score(content, sorted(chosen | wrong)) <= score(content, sorted(chosen - wrong)) or (
        not chosen - wrong
    )


@given(data=st.data())
def test_walking_on_in_a_case_never_costs(data: st.DataObject) -> None:
    content, kind, path = data.draw(contents("case")), TYPES["case"], []
    worth = Fraction(0)
    while step := kind.public(content, path)["step"]:
        path = [*path, data.draw(st.sampled_from(step["options"]))["id"]]
        assert score(content, path) >= worth
        worth = score(content, path)
    assert kind.is_answered(content, path)


FALSE_ONLY = [{"gap": "g", "options": options(False, False)}]
REFUSED = {
    "two right answers": of("single", options=options(True, True)),
    "no right answer": of("single", options=options(False, False)),
    "one option": of("single", options=options(True)),
    "an option without text": of("single", options=[{**options(True)[0], "text": " "}] * 2),
    "none of several": of("multiple", options=options(False, False)),
    "an unknown rule": of("multiple", options=options(True, False), rule="guess"),
    "three truths": of("true_false", options=options(True, False, False)),
    "one pair": of("matching", pairs=pairs("a"), distractors=[]),
    "one thing on the right": of("matching", pairs=pairs("a", "a"), distractors=[]),
    "a distractor that is right": of(
        "matching", pairs=pairs("a", "b"), distractors=[{"id": "d", "text": "a"}]
    ),
    "one step": of("ordering", steps=steps(1)),
    "two steps alike": of("ordering", steps=[{"id": x, "text": "y"} for x in "ab"]),
    "a text without gaps": of("gap_choice", passage=[{"text": "bara text"}]),
    "a gap without text": of("gap_typed", passage=[typed("g", "a")]),
    "a gap without a right word": of("gap_choice", passage=[{"text": "x"}, *FALSE_ONLY]),
    "a gap that accepts nothing": of("gap_typed", passage=[{"text": "x"}, typed("g")]),
    "a gap that accepts a blank": of("gap_typed", passage=[{"text": "x"}, typed("g", " ")]),
    "ordering with a rule of others": of("ordering", steps=steps(3), rule="right_minus_wrong"),
    "one group": of("categorise", groups=[{"id": "x", "text": "X"}], cases=cases("x", "x")),
    "a group that there is not": of(
        "categorise",
        groups=[{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}],
        cases=cases("x", "z"),
    ),
    "no steps": of("case", steps=[]),
    "a circle": of(
        "case",
        steps=[
            stop("a", way("1", 1, "b"), way("2", 1)),
            stop("b", way("3", 1, "a"), way("4", 1)),
        ],
    ),
    "a step that leads to itself": of("case", steps=[stop("a", way("1", 1, "a"), way("2", 1))]),
    "a step nobody reaches": of(
        "case",
        steps=[stop("a", way("1", 1), way("2", 1)), stop("b", way("3", 1), way("4", 1))],
    ),
    "a way to nowhere": of("case", steps=[stop("a", way("1", 1, "bort"), way("2", 1))]),
    "a dead end": of("case", steps=[stop("a", way("1", 1, "b"), way("2", 1)), stop("b")]),
    "no points anywhere": of("case", steps=[stop("a", way("1", 0), way("2", 0))]),
    "too many points": of("case", steps=[stop("a", way("1", 101), way("2", 0))]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_question_that_cannot_be_asked_is_refused(what: str) -> None:
    content = REFUSED[what]
    with pytest.raises(InvalidContent):
        TYPES[content["type"]].check(content)


def test_the_message_names_the_steps_of_the_circle() -> None:
    with pytest.raises(InvalidContent, match="a, b"):
        TYPES["case"].check(REFUSED["a circle"])


def test_two_answers_to_a_question_with_one_are_refused() -> None:
    with pytest.raises(InvalidResponse):
        TYPES["single"].read(EXAMPLES["single"], {"choice": ["o0", "o1"]})
