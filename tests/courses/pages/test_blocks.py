"""Blocks in the editor: each shows a preview and says what it is for; cases must be walkable."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import Block
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.pages.blocks.case_map import drawn_map, map_steps, rows_of
from courses.pages.blocks.cases import CaseBlock, case_problems, in_order
from courses.pages.blocks.screens import ScreenContentBlock
from courses.pages.models import LessonPage
from tests.courses.makers import make_course, make_lesson, screen, signed_in
from tests.quizzes.makers import make_question
from tracking.organisation.models import User

KINDS = dict(ScreenContentBlock().child_blocks)
each_kind = pytest.mark.parametrize("block", KINDS.values(), ids=KINDS)


@each_kind
def test_a_block_says_what_it_is_for(block: Block) -> None:
    assert str(block.get_description())
    assert block.meta.icon


@pytest.mark.django_db
@each_kind
def test_a_block_has_a_preview(block: Block) -> None:
    make_question(1)
    editor = signed_in(User.objects.create_superuser("admin"))
    response = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200


def step(name: str, *to: str, end: bool = False) -> dict[str, Any]:
    return {
        "id": name,
        "text": "x",
        "choices": [{"text": "x", "to": one} for one in to],
        "end": end,
    }


@pytest.mark.parametrize(
    ("steps", "problems"),
    [
        ([step("a", "b"), step("b", end=True)], 0),
        ([step("a", "a", "b"), step("b", end=True)], 0),  # one may be sent back
        ([step("a", "c"), step("b", end=True)], 2),  # c is no step, nobody comes to b
        ([step("a", "b"), step("b")], 1),  # neither an end nor a choice
        ([step("a", "b", end=True), step("b", end=True)], 1),  # both
        ([step("a", "b"), step("b", end=True), step("b", end=True)], 1),  # two of one name
        ([step("x", end=True)], 2),  # begins with a step that is none
        ([step("a", "b"), step("b", "a")], 2),  # round and round
        ([step("a", "b", "c"), step("b", "b"), step("c", end=True)], 1),  # b never gets away
        ([step("a", "b", "c"), step("b", "a"), step("c", end=True)], 0),  # b is sent back, and out
    ],
)
def test_a_case_must_be_walkable_to_an_end(steps: list[dict[str, Any]], problems: int) -> None:
    assert len(list(case_problems("a", steps))) == problems


def refusal(steps: list[dict[str, Any]], start: str = "a") -> StructBlockValidationError:
    block = CaseBlock()
    value = block.to_python({"key": "k", "title": "T", "start": start, "steps": steps})
    with translation.override("en"), pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    return refused.value


def test_an_editor_is_told_at_the_step_what_keeps_a_case_from_ending() -> None:
    circle = [step("a", "b", "c"), step("b", end=True), step("c", "c")]
    said = refusal(circle)
    (place,) = said.block_errors["steps"].block_errors
    assert place == 2
    assert "no way leads to an end" in str(said.as_json_data())
    assert not said.non_block_errors
    assert "which is no step of it" in str(refusal(circle, start="x").non_block_errors)


NAMES = st.sampled_from("abcdef")


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3), min_size=1))
def test_a_case_is_refused_exactly_when_somebody_could_be_stuck_in_it(
    ways: dict[str, list[str]],
) -> None:
    steps = [step(name, *to, end=not to) for name, to in ways.items()]
    whole = "a" in ways and all(to in ways for leads in ways.values() for to in leads)

    def walkable(name: str, turns: int) -> bool:
        return not ways[name] or (turns > 0 and any(walkable(to, turns - 1) for to in ways[name]))

    def met(found: set[str]) -> set[str]:
        more = found | {to for name in found for to in ways[name]}
        return more if more == found else met(more)

    fine = whole and met({"a"}) == set(ways) and all(walkable(name, len(ways)) for name in ways)
    assert (not list(case_problems("a", steps))) == fine


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3), min_size=1), st.text(max_size=20))
def test_a_map_is_drawn_of_whatever_stands_there(ways: dict[str, list[str]], words: str) -> None:
    steps = map_steps([step(name, *to, end=not to) | {"text": words} for name, to in ways.items()])
    drawn = drawn_map("a", steps, words)
    assert sorted(one.name for row in rows_of("a", steps) for one in row) == sorted(ways)
    assert drawn.count("<rect") == len(ways)
    assert drawn.count("<") == drawn.count(">")
    assert len(re.findall("<text", drawn)) == 2 * len(ways)


def test_a_map_has_the_start_on_top_and_each_step_below_what_leads_to_it() -> None:
    steps = map_steps([step("c", end=True), step("a", "b", "c"), step("b", "c", "a")])
    assert [[one.name for one in row] for row in rows_of("a", steps)] == [["a"], ["c", "b"]]
    assert drawn_map("a", steps, "T").count("stroke-dasharray") == 2  # beside and back


@pytest.mark.django_db
def test_the_map_is_the_authors_and_no_readers() -> None:
    case = {
        "key": "k",
        "title": "Fallet",
        "start": "a",
        "steps": [step("a", "b"), step("b", end=True) | {"verdict": "good"}],
    }
    lesson = make_lesson(make_course(lessons=0), body=[screen("Ett", ("case", case))])
    lesson = LessonPage.objects.get(pk=lesson.pk)
    request = lesson.make_preview_request(preview_mode="1")
    assert "Karta över fallet Fallet" in request.render().content.decode()
    reader = signed_in(User.objects.create_user("läsare"))
    for _kept in range(2):
        page = reader.get(lesson.url).content.decode()
        assert "Fallet" in page
        assert "Karta" not in page


def test_steps_are_numbered_as_they_are_met() -> None:
    ordered = in_order("b", [step("a", end=True), step("b", "a")])
    assert [(one["id"], one["number"]) for one in ordered] == [("b", 1), ("a", 2)]
    assert ordered[0]["choices"][0]["number"] == 2
