"""Moving on: as a plain form, as the page's script, and as an address opened after a log-in."""

import pytest
from django.urls import reverse

from courses.learning.models import Enrolment, LessonProgress
from tests.courses.makers import make_course, make_person, signed_in

pytestmark = pytest.mark.django_db


def test_the_script_is_told_where_to_go() -> None:
    lesson = make_course().lessons().first()
    client = signed_in(make_person().user)
    url = reverse("learning:reach", args=[lesson.pk, 1])
    response = client.post(url, headers={"X-Requested-With": "fetch"})
    assert response.json() == {"next": lesson.screen_url(2)}
    assert LessonProgress.objects.get().resume_screen == 2
    assert client.post(url).url == lesson.screen_url(2)


def test_opening_the_address_shows_the_page_and_writes_nothing() -> None:
    course = make_course()
    lesson = course.lessons().first()
    client = signed_in(make_person().user)
    assert client.get(reverse("learning:reach", args=[lesson.pk, 2])).url == lesson.screen_url(2)
    assert client.get(reverse("learning:start", args=[course.pk])).url == course.url
    assert not Enrolment.objects.exists()
    assert not LessonProgress.objects.exists()
