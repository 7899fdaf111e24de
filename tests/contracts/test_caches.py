"""What processes remember: nothing of anybody, nothing that others could change unseen."""

from typing import Any

import pytest
from django.core.cache.backends import locmem
from django.urls import reverse

from courses.pages.models import LessonPage, SupportInformation
from foundation.intervals import today
from tests.courses.makers import (
    CODE,
    make_course_with_quiz,
    make_person,
    make_target,
    screen,
    signed_in,
    text,
)
from tests.factories import duty
from tracking.organisation.models import DutyRole, Person

pytestmark = pytest.mark.django_db


def remember_as(settings: Any, process: str) -> None:
    """From here on the cache is that of this process; each has one of its own."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": process}
    }


def remembered(process: str) -> dict[str, bytes]:
    """Every value as it is stored, by its key."""
    stored = locmem._caches.get(process, {})  # type: ignore[attr-defined]
    return {key.split(":", 2)[-1]: value for key, value in stored.items()}


def reader(name: str, role: DutyRole | None = None, unit: str = "E1") -> Person:
    person = make_person(name)
    if role:
        duty(person, role, unit)
    return person


def test_what_a_trainer_publishes_in_one_process_is_read_in_the_other_at_once(
    settings: Any,
) -> None:
    lesson = make_course_with_quiz().lessons()[0]
    client = signed_in(reader("anna").user)
    for process in ("first", "second"):
        remember_as(settings, process)
        assert "Text 1.1" in client.get(lesson.url).content.decode()
    edited = LessonPage.objects.get(pk=lesson.pk)
    edited.body = [screen("Ny", text("<p>Ändrat av en utbildare.</p>"))]
    edited.save_revision().publish()
    SupportInformation.objects.create(
        title="Stöd här", body="<p>Ring.</p>", reviewed_on=today(), source="Handboken"
    )
    remember_as(settings, "first")
    page = client.get(lesson.url).content.decode()
    assert "Ändrat av en utbildare." in page
    assert "Stöd här" in page
    assert "Text 1.1" not in page


def test_a_duty_that_ends_in_one_process_is_over_in_the_other_at_once(settings: Any) -> None:
    manager = reader("chefen", DutyRole.MANAGER)
    client = signed_in(manager.user)
    staff = reverse("reports:staff")
    remember_as(settings, "first")
    assert client.get(staff).status_code == 200
    remember_as(settings, "second")
    manager.duties.update(valid_to=today())
    remember_as(settings, "first")
    assert client.get(staff).status_code == 403
    assert staff not in client.get(reverse("learning:my_training")).content.decode()


def test_nothing_that_is_remembered_is_about_anybody(settings: Any) -> None:
    remember_as(settings, "only")
    course = make_course_with_quiz()
    make_target("T", CODE)
    anna = reader("anna")
    manager = reader("chefen", DutyRole.MANAGER)
    coordinator = reader("samordnaren", DutyRole.COORDINATOR, "STAD")
    learner = signed_in(anna.user)
    for url in (course.url, course.lessons()[0].url, reverse("learning:my_training")):
        assert learner.get(url).status_code == 200
    assert signed_in(manager.user).get(reverse("reports:staff")).status_code == 200
    assert signed_in(coordinator.user).get(reverse("reports:overview")).status_code == 200
    kept = remembered("only")
    assert sorted(kept) == ["tracking.quality.has_findings", "wagtail_site_root_paths"]
    said = b"".join(kept.values())
    for who in (anna, manager, coordinator):
        for name in (who.first_name, who.person_id, who.user.username):
            assert name.encode() not in said
        assert who.public_id.bytes not in said
