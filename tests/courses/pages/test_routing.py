"""An address leads to the page that Wagtail would show; every change is seen at once."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from courses.pages.models import LessonPage
from courses.sources.models import Source
from tests.courses.makers import (
    make_catalogue,
    make_course,
    make_lesson,
    make_user,
    screen,
    signed_in,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return signed_in(make_user())


def status(reader: Client, url: str) -> int:
    return reader.get(url).status_code


def of_pages(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries if "wagtailcore_" in query["sql"]]


@pytest.mark.parametrize("address", ["lesson", "screen"])
def test_a_lesson_is_found_in_one_query(reader: Client, address: str) -> None:
    lesson = make_course().lessons()[0]
    url = lesson.url if address == "lesson" else lesson.screen_url(3)
    reader.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert status(reader, url) == 200
    assert len(of_pages(queries)) == 1


def test_a_course_and_the_catalogue_are_found_where_they_are(reader: Client) -> None:
    course = make_course()
    assert reader.get(course.url).context["page"] == course
    assert reader.get(course.get_parent().url).context["page"] == make_catalogue()


@pytest.mark.parametrize(
    "path", ["/kurser/nej/", "/nej/kurser/", "/kurser/provkurs/nej/1/", "/provkurs/lektion-1/"]
)
def test_what_is_not_there_is_not_found(reader: Client, path: str) -> None:
    make_course()
    assert status(reader, path) == 404


def test_a_page_that_is_no_draft_below_one_that_is_stays_where_it_was(reader: Client) -> None:
    """As Wagtail has it: unpublishing the course leaves its lessons unless one asks otherwise."""
    course = make_course()
    url = course.lessons()[0].url
    course.unpublish()
    assert (status(reader, course.url), status(reader, url)) == (404, 200)


def test_what_is_published_is_seen_at_the_very_next_request(reader: Client) -> None:
    lesson = make_course().lessons()[0]
    assert "Text 1.1" in reader.get(lesson.url).content.decode()
    draft = LessonPage.objects.get(pk=lesson.pk)
    draft.title, draft.body = "Nytt namn", [screen("Ny", text("<p>Ändrat.</p>"))]
    revision = draft.save_revision()
    assert "Ändrat." not in reader.get(lesson.url).content.decode()
    revision.publish()
    page = reader.get(lesson.url).content.decode()
    assert "Ändrat." in page
    assert "Nytt namn" in page
    assert status(reader, f"{lesson.url}2/") == 404


def test_a_source_that_is_corrected_is_seen_in_the_lesson_at_once(reader: Client) -> None:
    course = make_course(lessons=0)
    url = make_lesson(course, body=[screen("En", text("<p>Ett [@bok].</p>"))]).url
    assert "En bok" in reader.get(url).content.decode()
    corrected = Source.objects.get(key="bok")
    corrected.title = "En annan bok"
    corrected.save()
    assert "En annan bok" in reader.get(url).content.decode()


def test_a_new_slug_leads_to_the_page_and_the_old_one_nowhere(reader: Client) -> None:
    course = make_course()
    lesson = course.lessons()[0]
    old = lesson.url
    assert status(reader, old) == 200
    course.slug = "nytt"
    course.save()
    assert status(reader, "/kurser/nytt/lektion-1/") == 200
    assert status(reader, old) == 404


def test_a_restricted_page_is_kept_by_wagtails_own_rules(reader: Client) -> None:
    course = make_course()
    lesson = course.lessons()[0]
    assert "Text 1.1" in reader.get(lesson.url).content.decode()
    PageViewRestriction.objects.create(
        page=course, restriction_type=PageViewRestriction.PASSWORD, password="bara-vi"
    )
    assert "Text 1.1" not in reader.get(lesson.url).content.decode()


def another_site(**given: Any) -> Page:
    root = Page.get_first_root_node()
    assert root is not None
    there = root.add_child(instance=Page(title="Annan", slug="annan"))
    Site.objects.create(hostname="annan.example", root_page=there, **given)
    return there


def test_another_site_has_pages_of_its_own(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "annan.example"]
    course = make_course()
    there = another_site()
    user = make_user()
    here, other = signed_in(user), Client(headers={"host": "annan.example"})
    other.force_login(user)
    assert status(here, "/kurser/provkurs/") == 200
    assert status(other, "/kurser/provkurs/") == 404
    make_catalogue().move(there, pos="last-child")
    assert status(other, "/kurser/provkurs/lektion-1/") == 200
    assert status(here, course.url) == 404


def test_a_site_made_by_another_process_is_seen_at_once(settings: Any) -> None:
    """Its own memory of the sites is an hour old; the database is asked."""
    settings.ALLOWED_HOSTS = ["testserver", "annan.example"]
    make_course()
    other = Client(headers={"host": "annan.example"})
    other.force_login(make_user())
    assert status(other, "/kurser/provkurs/") == 200
    remembered = Site.get_site_root_paths()
    another_site()
    cache.set("wagtail_site_root_paths", remembered, 3600, version=2)
    assert Site.get_site_root_paths() == remembered
    assert status(other, "/kurser/provkurs/") == 404
