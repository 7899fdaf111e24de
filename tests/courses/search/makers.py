"""A published course to search in, and a question to it."""

from typing import Any

from django.test import RequestFactory

from courses.pages.models import CoursePage, LessonPage
from courses.search.queries import Found, search
from tests.courses.makers import make_course, make_lesson, make_user, screen, text
from tracking.organisation.models import User

Screens = list[tuple[str, str]]


def published_course(*lessons: Screens, code: str = "MOD-SOK", slug: str = "sokkurs") -> CoursePage:
    """Each lesson a list of (heading, text), published as a trainer would."""
    course = make_course(code, slug=slug, lessons=0)
    for number, screens in enumerate(lessons, start=1):
        body: list[Any] = [screen(heading, text(f"<p>{said}</p>")) for heading, said in screens]
        publish(make_lesson(course, number, body=body))
    return course


def publish(page: CoursePage | LessonPage) -> None:
    page.save_revision().publish()
    page.refresh_from_db()


def look_for(words: str, *, user: User | None = None, language: str = "sv") -> Found:
    request = RequestFactory().get("/sok/")
    request.user = user or User.objects.filter(username="letare").first() or make_user("letare")
    request.session = {}
    return search(words, language=language, request=request)


def headings(words: str, **who: Any) -> list[str]:
    """What a question finds, by the words of the headings without their marks."""
    found = look_for(words, **who)
    return [str(hit.heading).replace("<mark>", "").replace("</mark>", "") for hit in found.hits]
