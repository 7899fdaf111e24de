"""Two versions of a lesson: only what differs is shown, by screen, block and field."""

from typing import Any

import pytest
from django.urls import reverse

from courses.modules.groundwork import lay_groundwork
from courses.pages.comparing.changes import screen_changes
from tests.courses.makers import make_course, make_lesson, signed_in
from tests.courses.makers import screen as screen_of
from tests.courses.makers import text as text_of
from tests.courses.pages.checks.making import STREAM, screen
from tests.factories import person, trainer

Screen = dict[str, Any]


def named(**screens: Screen) -> list[Screen]:
    return [{**one, "id": name} for name, one in screens.items()]


def text(html: str) -> tuple[str, str]:
    return ("text", html)


def note(title: str) -> tuple[str, dict[str, str]]:
    return ("note", {"kind": "law", "title": title, "text": "<p>Text.</p>"})


def test_what_is_as_it_was_is_not_shown() -> None:
    same = named(a=screen("A", text("<p>Fråga.</p>")))
    assert screen_changes(STREAM, same, same) == []


def test_a_change_is_named_by_its_block_and_keeps_its_lines() -> None:
    old = named(a=screen("A", text("<p>Fråga.</p><ul><li>ett</li></ul>"), note("Förr")))
    new = named(a=screen("A", text("<p>Fråga alltid.</p><ul><li>ett</li></ul>"), note("Nu")))
    (one,) = screen_changes(STREAM, old, new)
    assert (one.heading, one.before, one.after, one.moved) == ("A", 1, 1, False)
    assert [(change.before, change.after) for change in one.changes] == [
        ("Fråga.\nett", "Fråga alltid.\nett"),
        ("Förr", "Nu"),
    ]
    assert [change.label for change in one.changes] == ["Text", "Ruta: Rubrik"]


def test_screens_come_go_and_move() -> None:
    a, b, c, d = (screen(one, text(f"<p>{one}.</p>")) for one in "ABCD")
    found = screen_changes(STREAM, named(a=a, b=b, c=c), named(d=d, b=b, a=a))
    assert [(one.heading, one.before, one.after, one.moved) for one in found] == [
        ("D", 0, 1, False),
        ("A", 1, 3, True),
        ("C", 3, 0, False),
    ]


def test_a_screen_that_only_makes_room_has_not_moved() -> None:
    a, b = screen("A", text("<p>A.</p>")), screen("B", text("<p>B.</p>"))
    found = screen_changes(STREAM, named(b=b), named(a=a, b=b))
    assert [one.heading for one in found] == ["A"]


@pytest.mark.django_db
def test_the_admin_s_comparison_shows_it() -> None:
    lay_groundwork()
    lesson = make_lesson(make_course(lessons=0), body=[screen_of("Först", text_of("<p>Ett.</p>"))])
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    lesson.body[0].value["content"][0] = ("text", "<p>Två.</p>")
    lesson.body[0].value["heading"] = "Sedan"
    lesson.save_revision()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, "live", "latest"])
    page = signed_in(trainer(person("lärare"))).get(compare).content.decode()
    assert "Skärm 1: Sedan" in page
    assert '<span class="deletion">Först</span><span class="addition">Sedan</span>' in page
