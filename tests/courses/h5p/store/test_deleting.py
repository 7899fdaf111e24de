"""Content is deleted unless it is used, with all of its versions; and what is told of who brought
what, as long as they have an account."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group

from courses.h5p.store.actions import (
    ContentUsed,
    approve_library,
    block_library,
    delete_content,
)
from courses.h5p.store.models import H5PContent, H5PLibrary, H5PVersion
from courses.h5p.store.privacy import forget_uploader
from courses.h5p.store.queries import pages_with
from courses.h5p.store.rules import may_approve, may_delete, may_upload
from courses.modules.groundwork import TRAINERS_GROUP, lay_groundwork
from courses.pages.models import LessonPage
from foundation.intervals import today
from tests.courses.h5p.packages import make_package
from tests.courses.h5p.store.makers import NOW, bring, package_of, thing
from tests.courses.makers import make_course, make_lesson, screen, text
from tracking.audit.models import AuditEntry
from tracking.organisation.models import User
from tracking.privacy.sections import SECTIONS, Owner

pytestmark = pytest.mark.django_db


def plays(content: H5PContent) -> tuple[str, object]:
    value = {"content": content, "requirement": "shown", "percent": None}
    return screen("Öva", ("interactive", value))


def test_deleted_content_takes_its_versions_and_leaves_the_libraries(tmp_path: Path) -> None:
    boss = User.objects.create_superuser("boss")
    content = bring(make_package(tmp_path)).content
    bring(make_package(tmp_path, title="Andra"), content=content)
    public_id = str(content.public_id)
    delete_content(content=content, actor=boss, now=NOW)
    assert (H5PContent.objects.count(), H5PVersion.objects.count()) == (0, 0)
    assert H5PLibrary.objects.count() == 1
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.actor) == ("h5p_borttaget", boss)
    assert entry.detail == {"content": public_id, "versions": 2}


def test_content_that_a_lesson_shows_is_not_deleted(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path)).content
    other = bring(make_package(tmp_path, title="Andra")).content
    lesson = make_lesson(make_course(lessons=0), body=[plays(content)])
    assert pages_with(content) == [LessonPage.objects.get(pk=lesson.pk)]
    assert pages_with(other) == []
    with pytest.raises(ContentUsed):
        delete_content(content=content, actor=None, now=NOW)
    lesson.delete()
    delete_content(content=content, actor=None, now=NOW)


def test_nor_one_that_stands_in_a_draft_only(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path)).content
    lesson = make_lesson(make_course(lessons=0))
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.body.append(plays(content))
    lesson.save_revision()
    assert [page.pk for page in pages_with(content)] == [lesson.pk]
    with pytest.raises(ContentUsed):
        delete_content(content=content, actor=None, now=NOW)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.body = [screen("Öva", text("<p>Utan.</p>"))]
    lesson.save_revision()
    delete_content(content=content, actor=None, now=NOW)


def test_nor_one_that_is_to_be_published_at_a_set_moment_and_is_not_in_the_draft_since(
    tmp_path: Path,
) -> None:
    content = bring(make_package(tmp_path)).content
    lesson = make_lesson(make_course(lessons=0))
    lesson = LessonPage.objects.get(pk=lesson.pk)
    without = list(lesson.body.raw_data)
    lesson.body.append(plays(content))
    lesson.go_live_at = NOW + timedelta(days=1)
    lesson.save_revision(approved_go_live_at=lesson.go_live_at)
    lesson.body = without
    lesson.save_revision()
    assert [page.pk for page in pages_with(content)] == [lesson.pk]
    with pytest.raises(ContentUsed):
        delete_content(content=content, actor=None, now=NOW)


def test_trainers_have_the_rights_that_the_groundwork_gives() -> None:
    lay_groundwork()
    trainer = User.objects.create_user("tova")
    trainer.groups.add(Group.objects.get(name=TRAINERS_GROUP))
    trainer = User.objects.get(pk=trainer.pk)
    assert (may_upload(trainer), may_delete(trainer), may_approve(trainer)) == (True, True, False)
    group = Group.objects.get(name=TRAINERS_GROUP)
    group.permissions.remove(*group.permissions.filter(codename="delete_h5pcontent"))
    lay_groundwork()
    assert not may_delete(User.objects.get(pk=trainer.pk))


def rows(code: str, user: User) -> list[tuple[object, ...]]:
    return [tuple(row) for row in SECTIONS[code].rows(Owner(user, None, today()))]


def test_somebody_is_told_what_they_have_brought_and_decided(tmp_path: Path) -> None:
    anna, boss = User.objects.create_user("anna"), User.objects.create_superuser("boss")
    came = bring(package_of(tmp_path, thing(3)), actor=anna, file_name="Annas möte.h5p")
    approve_library(library=came.brought[0], actor=boss, now=NOW)
    assert rows("h5p_uppladdningar", anna) == [
        (NOW, "Ett möte", 1, "Test.Thing 1.0", "Annas möte.h5p")
    ]
    assert rows("h5p_bibliotek", anna) == [(NOW, "Test.Thing 1.0.3", "togs in", "Annas möte.h5p")]
    assert rows("h5p_bibliotek", boss) == [(NOW, "Test.Thing 1.0.3", "godkänt", "")]
    block_library(library=came.brought[0], actor=boss, now=NOW)
    assert rows("h5p_bibliotek", boss) == [(NOW, "Test.Thing 1.0.3", "spärrat", "")]
    assert rows("h5p_uppladdningar", boss) == []


def test_who_has_left_is_forgotten_and_their_content_plays_on(tmp_path: Path) -> None:
    anna = User.objects.create_user("anna")
    came = bring(make_package(tmp_path), actor=anna, file_name="Anna Andersson.h5p")
    approve_library(library=came.brought[0], actor=anna, now=NOW)
    forget_uploader(anna, "x-1")
    for code in ("h5p_uppladdningar", "h5p_bibliotek"):
        assert rows(code, anna) == []
    content, version, one = H5PContent.objects.get(), H5PVersion.objects.get(), came.brought[0]
    one.refresh_from_db()
    assert (content.created_by, version.uploaded_by, version.file_name) == (None, None, "")
    assert (one.brought_in_by, one.origin, one.decided_by) == (None, "", None)
    assert (version.state, one.state) == ("ready", "approved")
