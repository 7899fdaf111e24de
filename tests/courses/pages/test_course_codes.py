"""A course's code: given once, to one course, in every version of it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from courses.pages.models import CourseCode, CoursePage
from courses.pages.queries import course_page_for
from foundation.facts import open_batch
from tests.courses.makers import copied, make_catalogue, make_course, signed_in
from tracking.ledger.actions import record_completion
from tracking.ledger.models import Completion, CompletionSource, Course, CourseForm
from tracking.organisation.models import Person, User

pytestmark = pytest.mark.django_db


def in_catalogue(code: str = "MOD-PROV") -> Course | None:
    return Course.objects.known_now().filter(code=code).first()


def test_a_draft_registers_nothing() -> None:
    make_course(publish=False)
    assert in_catalogue() is None
    assert not CourseCode.objects.exists()
    assert course_page_for("MOD-PROV") is None


def test_publishing_puts_the_course_into_the_ledgers_catalogue() -> None:
    course = make_course()
    registered = in_catalogue()
    assert registered is not None
    assert (registered.form, registered.name, registered.minutes) == (
        CourseForm.MODULE,
        course.title,
        30,
    )
    assert course_page_for("MOD-PROV") == course


def test_publishing_says_who_did_it() -> None:
    editor = User.objects.create_superuser("redaktor")
    course = make_course(publish=False)
    course.save_revision(user=editor).publish(user=editor)
    registered = in_catalogue()
    assert registered is not None
    assert registered.batch_in.actor == editor


def test_publishing_again_changes_nothing_and_a_new_title_follows() -> None:
    course = make_course()
    course.save_revision().publish()
    assert Course.objects.count() == 1
    course.title = "Ett nytt namn"
    course.save_revision().publish()
    assert Course.objects.known_now().get().name == "Ett nytt namn"
    assert Course.objects.count() == 2


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_what_was_completed_outlives_the_page(how: str) -> None:
    course = make_course()
    person = Person.objects.create(person_id="P1")
    record_completion(
        person=person,
        course_code="MOD-PROV",
        on=course.first_published_at.date(),
        source=CompletionSource.PLATFORM,
        actor=None,
    )
    getattr(CoursePage.objects.get(pk=course.pk), how)()
    assert in_catalogue() is not None
    assert Completion.objects.known_now().count() == 1
    assert course_page_for("MOD-PROV") is None


def test_a_copy_has_no_code_and_leaves_the_first_course_alone() -> None:
    course = make_course()
    copy = copied(course, "kopia", recursive=True, keep_live=False)
    assert copy.specific.course_code == ""
    assert not copy.live
    assert copy.translation_key != course.translation_key
    assert course_page_for("MOD-PROV") == course
    assert CourseCode.objects.count() == 1


def test_a_copy_can_be_published_as_a_course_of_its_own() -> None:
    copy = copied(make_course(), "kopia", keep_live=False).specific
    copy.course_code = "MOD-NY"
    copy.save_revision().publish()
    assert course_page_for("MOD-NY") == copy


def test_the_admin_copies_a_course_only_as_a_draft() -> None:
    course = make_course()
    admin = signed_in(User.objects.create_superuser("admin"))
    asked = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": course.get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on",
        "alias": "on",
    }
    admin.post(reverse("wagtailadmin_pages:copy", args=[course.pk]), asked)
    copy = CoursePage.objects.get(slug="kopia")
    assert (copy.course_code, copy.live, copy.alias_of) == ("", False, None)
    assert copy.get_descendants().count() == 2
    assert not copy.get_descendants().live().exists()


def test_a_page_is_not_published_without_a_code() -> None:
    course = make_course(publish=False)
    course.course_code = ""
    with pytest.raises(ValidationError) as refused:
        course.save_revision().publish()
    assert list(refused.value.message_dict) == ["course_code"]


def test_another_courses_code_is_refused() -> None:
    make_course()
    other = CoursePage(title="Annan", slug="annan", course_code="MOD-PROV", summary="x", minutes=5)
    with pytest.raises(ValidationError) as refused:
        make_catalogue().add_child(instance=other)
    assert list(refused.value.message_dict) == ["course_code"]


def test_the_code_of_a_deleted_course_is_never_given_again() -> None:
    CoursePage.objects.get(pk=make_course().pk).delete()
    with pytest.raises(ValidationError):
        make_course(slug="annan")


def test_a_code_of_a_course_taken_elsewhere_is_refused() -> None:
    Course.objects.create(
        code="WEBB-1",
        name="Webbkurs",
        form=CourseForm.WEB,
        batch_in=open_batch(origin="test"),
    )
    with pytest.raises(ValidationError) as refused:
        make_course("WEBB-1")
    assert list(refused.value.message_dict) == ["course_code"]


def test_a_published_course_keeps_its_code() -> None:
    course = make_course()
    course.course_code = "MOD-ANNAN"
    with pytest.raises(ValidationError) as refused:
        course.full_clean()
    assert list(refused.value.message_dict) == ["course_code"]
