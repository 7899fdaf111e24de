"""Courses that targets ask for and nobody can complete are named to those who set the targets."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.modules.groundwork import lay_groundwork
from courses.pages.grading import ungraded_courses
from courses.pages.models import CoursePage
from tests.courses.makers import make_course, make_target
from tests.factories import account, duty, person, unit
from tests.quizzes.makers import make_quiz
from tracking.organisation.models import DutyRole
from tracking.quality.kinds import BY_KEY
from tracking.quality.look import Look

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
LIST = "/datakvalitet/kurser-utan-prov/"
FINDING = BY_KEY["kurser-utan-prov"]


@pytest.fixture
def course() -> CoursePage:
    """Published without a quiz, before any target asks for it."""
    lay_groundwork()
    return make_course("MOD-A", slug="a")


@pytest.fixture
def coordinator() -> Client:
    cache.clear()
    unit("STAD")
    who = person("samordnare")
    duty(who, DutyRole.COORDINATOR, "STAD")
    client = Client()
    client.force_login(account(who))
    return client


def rows(words: str = "") -> list[list[str]]:
    look = Look(DAY)
    found = FINDING.lines(look, list(FINDING.found(look, words)), opens_people=True)
    return [[cell.text for cell in line.cells] for line in found]


def test_a_course_lacks_a_quiz_until_one_is_published(course: CoursePage) -> None:
    codes = ["MOD-A", "KURS"]
    assert {code: one.lacks for code, one in ungraded_courses(codes).items()} == {
        "MOD-A": "den saknar slutprov"
    }
    quiz = make_quiz(1)
    quiz.unpublish()
    course.quiz = quiz
    course.save()
    assert ungraded_courses(codes)["MOD-A"].lacks == "dess slutprov är inte publicerat"
    quiz.save_revision().publish()
    assert ungraded_courses(codes) == {}


def test_what_nobody_can_take_is_not_looked_at(course: CoursePage) -> None:
    course.unpublish()
    assert ungraded_courses(["MOD-A"]) == {}


def test_the_data_quality_names_the_course_and_each_target(course: CoursePage) -> None:
    assert FINDING.count(Look(DAY)) == 0
    make_target("T1", "MOD-B|MOD-A+MOD-A", name="Alla kan fråga")
    make_target("T2", "MOD-A", name="Alla vet")
    make_target("T3", "MOD-A", valid_to=DAY)
    make_target("T4", "MOD-A|")
    lacks = "Den saknar slutprov"
    assert rows() == [
        [course.title, lacks, "Alla kan fråga"],
        [course.title, lacks, "Alla vet"],
    ]
    assert rows("kan fråga") == [[course.title, lacks, "Alla kan fråga"]]
    assert FINDING.count(Look(DAY)) == 1
    course.quiz = make_quiz(1)
    course.save()
    assert rows() == []


def test_the_list_leads_to_the_course_and_to_the_target(
    course: CoursePage, coordinator: Client
) -> None:
    make_target("T1", "MOD-A")
    page = coordinator.get(LIST).content.decode()
    assert f'href="{course.url}"' in page
    assert 'href="/kunskapsmal/mal/T1/"' in page
    assert coordinator.get("/kunskapsmal/mal/T1/").status_code == 200
    assert LIST in coordinator.get("/datakvalitet/").content.decode()


def test_the_list_costs_the_same_however_many_courses_lack_a_quiz(
    course: CoursePage, coordinator: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert coordinator.get(LIST).status_code == 200
        return len(asked)

    make_target("T1", "MOD-A")
    coordinator.get(LIST)
    one = queries()
    for letter in "BCD":
        make_course(f"MOD-{letter}", slug=letter.lower(), lessons=0)
        make_target(f"T{letter}", f"MOD-A+MOD-{letter}")
    assert queries() == one


def typed(**more: object) -> dict[str, object]:
    return {"namn": "Fråga", "grupp": ["0"], "kursval": ["0"], "gor": "visa", **more}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (["MOD-A"], ["ingen kan bli klar med ”Kursen a” än: den saknar slutprov"]),
        (["MOD-B"], []),
        (["MOD-A", "MOD-B"], ["ingen kan bli klar med ”Kursen a” än: den saknar slutprov"]),
    ],
)
def test_who_makes_a_target_is_told_as_soon_as_the_course_is_chosen(
    course: CoursePage,
    coordinator: Client,
    courses_with_quiz: Callable[[str], CoursePage],
    chosen: list[str],
    said: list[str],
) -> None:
    courses_with_quiz("MOD-B")
    begun = coordinator.post("/kunskapsmal/utkast/", {"slag": "ny"}).headers["Location"]
    coordinator.post(begun, typed(**{"k0-kurs": chosen}))
    page = coordinator.get(begun)
    doubts = page.context["builder"].doubts
    assert [doubt.partition(".")[0] for doubt in doubts] == said
    assert all(doubt in unescape(page.content.decode()) for doubt in doubts)


@pytest.fixture
def courses_with_quiz() -> Callable[[str], CoursePage]:
    return lambda code: make_course(code, slug=code.lower(), lessons=0, quiz=make_quiz(1))
