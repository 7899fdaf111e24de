"""Blocks in the editor: each shows a preview and says what it is for; cases must be walkable."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import Block

from courses.pages.blocks.cases import CaseBlock, case_problems, in_order
from courses.pages.blocks.screens import ScreenContentBlock
from tests.courses.makers import signed_in
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
    ],
)
def test_a_case_must_be_walkable_to_an_end(steps: list[dict[str, Any]], problems: int) -> None:
    assert len(list(case_problems("a", steps))) == problems


def test_an_editor_is_told_what_keeps_a_case_from_being_walked() -> None:
    block = CaseBlock()
    value = block.to_python(
        {"key": "k", "title": "T", "start": "a", "steps": [step("a", "c"), step("b", end=True)]}
    )
    with pytest.raises(ValidationError):
        block.clean(value)


def test_steps_are_numbered_as_they_are_met() -> None:
    ordered = in_order("b", [step("a", end=True), step("b", "a")])
    assert [(one["id"], one["number"]) for one in ordered] == [("b", 1), ("a", 2)]
    assert ordered[0]["choices"][0]["number"] == 2
