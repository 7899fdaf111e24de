"""Courses, people and targets for tests, made with the actions the platform itself uses."""

from datetime import date
from typing import Any

from django.test import Client
from wagtail.models import Page, Site

from courses.pages.models import CatalogueIndexPage, CoursePage, LessonPage
from courses.sources.models import LegalReference, Source
from foundation.facts import open_batch
from quizzes.bank.models import Quiz
from tests.quizzes.makers import make_quiz
from tracking.organisation.models import Employment, Person, Unit, UnitKind, User
from tracking.targets.models import Target

CODE = "MOD-PROV"


def make_source(key: str = "bok", title: str = "En bok", **fields: Any) -> Source:
    said = {"title": title, "publisher": "Förlaget", "year": 2023} | fields
    return Source.objects.get_or_create(key=key, defaults=said)[0]


def make_law(
    key: str, number: str, paragraph: str = "", *, act: str = "enlagen", **fields: Any
) -> LegalReference:
    said = {"act": act, "number": number, "paragraph": paragraph, "topic": "Något"} | fields
    return LegalReference.objects.create(key=key, **said)


def text(html: str) -> tuple[str, Any]:
    return ("text", html)


def screen(heading: str, *content: tuple[str, Any]) -> tuple[str, dict[str, Any]]:
    return ("screen", {"heading": heading, "content": list(content)})


def make_catalogue() -> CatalogueIndexPage:
    found = CatalogueIndexPage.objects.first()
    if found:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    catalogue: CatalogueIndexPage = home.add_child(
        instance=CatalogueIndexPage(title="Kurser", slug="kurser")
    )
    return catalogue


def make_course(
    code: str = CODE,
    *,
    slug: str = "provkurs",
    lessons: int = 2,
    screens: int = 3,
    quiz: Quiz | None = None,
    publish: bool = True,
    **fields: Any,
) -> CoursePage:
    """A course of `lessons` lessons with `screens` screens each, published as a trainer would."""
    course = make_catalogue().add_child(
        instance=CoursePage(
            title=f"Kursen {slug}",
            slug=slug,
            course_code=code,
            summary="Vad kursen ger.",
            minutes=30,
            quiz=quiz,
            sources=[
                ("source", make_source()),
                ("source", make_source("lag", "En lag", publisher="SFS", year=2025)),
            ],
            live=False,
            **fields,
        )
    )
    for number in range(1, lessons + 1):
        make_lesson(course, number, screens=screens)
    if publish:
        course.save_revision().publish()
        course.refresh_from_db()
    return course


def make_lesson(
    course: CoursePage, number: int = 1, *, screens: int = 3, body: list[Any] | None = None
) -> LessonPage:
    body = body or [
        screen(f"Rubrik {number}.{at}", text(f"<p>Text {number}.{at} i lektionen.</p>"))
        for at in range(1, screens + 1)
    ]
    lesson: LessonPage = course.add_child(
        instance=LessonPage(
            title=f"Lektion {number}",
            slug=f"lektion-{number}",
            objective="Du kan något nytt.",
            minutes=10,
            body=body,
        )
    )
    return lesson


def make_course_with_quiz(code: str = CODE, *, questions: int = 3, **fields: Any) -> CoursePage:
    return make_course(code, quiz=make_quiz(questions), **fields)


def make_user(name: str = "anna") -> User:
    return User.objects.create_user(name)


def make_person(name: str = "anna", *, since: date = date(2020, 1, 1)) -> Person:
    """Somebody with an account, employed as handläggare in the unit E1."""
    batch = open_batch(origin="test")
    if not Unit.objects.filter(code="STAD").exists():
        for code, kind, parent in (
            ("STAD", UnitKind.CITY, ""),
            ("N1", UnitKind.DISTRICT_COMMITTEE, "STAD"),
            ("E1", UnitKind.UNIT, "N1"),
        ):
            Unit.objects.create(
                code=code,
                name=f"Enhet {code}",
                kind=kind,
                parent_code=parent,
                valid_from=date(2010, 1, 1),
                batch_in=batch,
            )
    person = Person.objects.create(
        person_id=f"P-{name}", first_name=name.title(), last_name="Provsson", user=make_user(name)
    )
    Employment.objects.create(
        person=person,
        unit_code="E1",
        position="handläggare",
        business_area="ekonomiskt bistånd",
        valid_from=since,
        batch_in=batch,
    )
    return person


def make_target(code: str, courses: str, **fields: Any) -> Target:
    """A target of everybody, unless `audience` says otherwise."""
    return Target.objects.create(
        code=code,
        name=fields.pop("name", f"Målet {code}"),
        courses=courses,
        batch_in=open_batch(origin="test"),
        **({"level": "ska", "programme_goal": "3", "source": "Program 2024"} | fields),
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def copied(page: Page, slug: str, **given: Any) -> Page:
    return page.copy(update_attrs={"slug": slug, "title": slug}, **given)
