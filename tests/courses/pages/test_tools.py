"""A tool of a lesson has a page of its own, for whoever may read the lesson."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from courses.pages.blocks.tools import ToolBlock
from courses.pages.models import LessonPage
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in, text

pytestmark = pytest.mark.django_db


def tool(key: str = "enrum", **other: Any) -> dict[str, Any]:
    sections = [
        {"heading": "Före mötet", "items": ["Boka ett rum.", "Boka <tolk>."]},
        {"heading": "Efter mötet", "items": ["Skriv ner det."]},
    ]
    return {
        "key": key,
        "kind": "checklist",
        "title": "Fråga i enrum",
        "when": "Inför ett besök.",
        "sections": sections,
    } | other


@pytest.fixture
def lesson() -> LessonPage:
    course = make_course(lessons=0)
    body = [screen("Ett", text("<p>Text.</p>")), screen("Två", ("tool", tool()))]
    return make_lesson(course, body=body)


@pytest.fixture
def reader() -> Client:
    return signed_in(make_user())


def test_it_is_printed_from_its_screen_and_leads_back_to_it(
    reader: Client, lesson: LessonPage
) -> None:
    address = f"{lesson.url}verktyg/enrum/"
    for _kept in range(2):
        assert f'href="{address}"' in reader.get(lesson.screen_url(2)).content.decode()
    response = reader.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<h1" in page
    assert "Boka &lt;tolk&gt;." in page
    assert "Checklista" in page
    assert f'href="{lesson.url}2/#verktyg-enrum"' in page
    assert "Text." not in page


def test_the_same_tool_in_two_lessons_leads_to_the_page_of_each(reader: Client) -> None:
    course = make_course(lessons=0)
    for number in (1, 2):
        lesson = make_lesson(course, number, body=[screen("Ett", ("tool", tool()))])
        assert f'href="{lesson.url}verktyg/enrum/"' in reader.get(lesson.url).content.decode()


@pytest.mark.parametrize("path", ["verktyg/", "verktyg/annat/", "verktyg/enrum/2/", "2/verktyg/"])
def test_other_addresses_below_a_lesson_are_none(
    reader: Client, lesson: LessonPage, path: str
) -> None:
    assert reader.get(f"{lesson.url}{path}").status_code == 404


def test_who_may_not_read_the_lesson_may_not_print_its_tool(lesson: LessonPage) -> None:
    address = f"{lesson.url}verktyg/enrum/"
    assert Client().get(address).status_code == 302
    restriction = PageViewRestriction.objects.create(
        page=lesson.course, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Några"))
    reader = signed_in(make_user())
    assert reader.get(address).status_code == reader.get(lesson.url).status_code != 200


def test_the_tool_of_a_lesson_that_is_taken_down_is_gone(
    reader: Client, lesson: LessonPage
) -> None:
    lesson.unpublish()
    assert reader.get(f"{lesson.url}verktyg/enrum/").status_code == 404


def many(number: int) -> list[dict[str, Any]]:
    return [{"heading": "Före", "items": ["Punkt."] * number}, {"heading": "Efter", "items": ["x"]}]


@pytest.mark.parametrize(("number", "fits"), [(15, True), (16, False)])
def test_more_than_a_page_holds_is_refused(number: int, fits: bool) -> None:
    block = ToolBlock()
    value = block.normalize(tool(sections=many(number)))
    if fits:
        block.clean(value)
    else:
        with pytest.raises(ValidationError):
            block.clean(value)
