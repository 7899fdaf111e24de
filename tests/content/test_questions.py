"""The questions decide situations, teach what a screen says, and don't give themselves away."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from quizzes.types import TYPES
from tests.content.modules import Module, all_modules, question_texts

each_module = pytest.mark.parametrize("module", all_modules(), ids=lambda module: module.slug)
SITUATION = "situation"


def finals(module: Module) -> list[dict[str, Any]]:
    return [one for one in module.questions if one["use"] in {"final", "both"}]


@each_module
def test_the_bank_is_large_and_varied_enough(module: Module) -> None:
    keys = [question["key"] for question in module.questions]
    assert len(set(keys)) == len(keys)
    assert len(finals(module)) >= 25
    assert len({one["type"] for one in finals(module)}) >= 5
    taught = {one["teaches"].partition("#")[0] for one in finals(module)}
    assert taught == {lesson.front["slug"] for lesson in module.lessons}


def test_every_type_is_asked_somewhere() -> None:
    assert {one["type"] for module in all_modules() for one in module.questions} == set(TYPES)


@each_module
def test_most_questions_decide_a_situation(module: Module) -> None:
    decide = [one for one in module.questions if SITUATION in one["tags"]]
    assert len(decide) >= 0.6 * len(module.questions)


@each_module
def test_no_question_asks_for_a_year_a_count_or_a_share(module: Module) -> None:
    asks = re.compile(
        r"\b(?:vilket år|hur många|hur stor (?:del|andel)|vilken andel|hur mycket|"
        r"hur lång tid|vad heter|vad kallas)\b",
        re.IGNORECASE,
    )
    # Answers that are a number and nothing else; the emergency number is to be known by heart.
    bare_number = re.compile(r"^(?:cirka |ungefär |omkring )?\d[\d ]*(?: procent| %)?\.?$")
    asking = [(one["key"], one["text"]) for one in module.questions if asks.search(one["text"])]
    assert asking == []
    assert [
        (one["key"], text)
        for one in module.questions
        for text in question_texts(one)
        if bare_number.match(text.strip()) and text.strip() != "112"
    ] == []


@each_module
def test_a_question_teaches_a_screen_that_exists(module: Module) -> None:
    screens = {lesson.front["slug"]: len(lesson.screens) for lesson in module.lessons}
    for one in module.questions:
        slug, _, number = one["teaches"].partition("#")
        assert 1 <= int(number) <= screens[slug], one["key"]
        assert module.slug in one["tags"], one["key"]
        assert any(re.fullmatch(r"mal-[1-6]", tag) for tag in one["tags"]), one["key"]


@each_module
def test_checks_are_used_once_each_where_they_teach(module: Module) -> None:
    by_key = {one["key"]: one for one in module.questions}
    asked = [
        (lesson.front["slug"], block.fields["question"])
        for lesson in module.lessons
        for block in lesson.blocks("check")
    ]
    assert {by_key[key]["use"] for _slug, key in asked} <= {"check", "both"}
    assert all(by_key[key]["teaches"].startswith(slug + "#") for slug, key in asked)
    meant = {one["key"] for one in module.questions if one["use"] in {"check", "both"}}
    assert meant == {key for _slug, key in asked}
    assert max(Counter(key for _slug, key in asked).values()) == 1


@each_module
def test_every_answer_gets_feedback_that_explains(module: Module) -> None:
    for one in module.questions:
        assert one["explanation"], one["key"]
        if one["type"] == "true_false":
            assert set(one["feedback"]) == {True, False}, one["key"]
        else:
            assert all(answer["feedback"] for answer in answers_in(one)), one["key"]


def answers_in(question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything that can be answered with a sentence of its own to say why it is right or not.

    Steps to put in order have none: the explanation says why they come in that order.
    """
    for name in ("options", "pairs", "cases"):
        yield from question.get(name, [])
    for name in ("gaps", "groups", "steps"):
        for part in question.get(name, []):
            if isinstance(part, dict):
                yield from [part] if "accepted" in part else answers_in(part)


@each_module
def test_length_and_place_do_not_give_the_right_answer_away(module: Module) -> None:
    singles = [one["options"] for one in module.questions if one["type"] == "single"]
    longest = sum(max(options, key=lambda o: len(o["text"]))["correct"] for options in singles)
    first = sum(options[0]["correct"] for options in singles)
    assert 0.1 <= longest / len(singles) <= 0.4
    assert 0.1 <= first / len(singles) <= 0.4


@each_module
def test_a_case_is_short_and_has_a_good_a_fair_and_a_poor_choice_in_all(module: Module) -> None:
    for one in module.questions:
        if one["type"] == "case":
            points = [way["points"] for step in one["steps"] for way in step["options"]]
            assert 3 <= len(one["steps"]) <= 5, one["key"]
            assert min(points) == 0 < sorted(set(points))[1] < max(points), one["key"]
