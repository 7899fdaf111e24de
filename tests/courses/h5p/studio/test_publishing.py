"""What readers meet is changed by whoever may publish the pages where they meet it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from courses.h5p.store.actions import NotTheirs, import_package, rename_content
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.h5p.store.queries import published_with
from courses.modules.groundwork import LOCAL_TRAINERS_GROUP, TRAINERS_GROUP, lay_groundwork
from courses.pages.models import LessonPage
from tests.courses.h5p.packages import library, make_package
from tests.courses.h5p.store.makers import NOW, bring
from tests.courses.h5p.studio.uploads import SCRIPT
from tests.courses.makers import make_course, make_lesson, screen, signed_in
from tests.factories import person, trainer
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def her() -> User:
    """A trainer where no group publishes anything."""
    lay_groundwork()
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    return trainer(person("lärare"))


@pytest.fixture
def content(tmp_path: Path) -> H5PContent:
    return bring(make_package(tmp_path)).content


def lesson_with(content: H5PContent, **given: Any) -> LessonPage:
    said = {"content": content, "requirement": "shown", "percent": None}
    return make_lesson(make_course(lessons=0), body=[screen("Öva", ("interactive", said))], **given)


def newer(folder: Path) -> Path:
    return make_package(folder, name="ny.h5p", content={"question": "Något helt annat"})


def replace(client: Client, content: H5PContent, folder: Path, **headers: str) -> Any:
    file = SimpleUploadedFile("ny.h5p", newer(folder).read_bytes())
    where = reverse("h5p_replace", args=[content.public_id])
    return client.post(where, {"file": file}, headers=headers)


def versions() -> int:
    return H5PVersion.objects.count()


def test_what_readers_meet_is_replaced_by_nobody_who_may_not_publish_it(
    her: User, content: H5PContent, tmp_path: Path
) -> None:
    lesson = lesson_with(content)
    answer = replace(signed_in(her), content, tmp_path)
    assert answer.status_code == 403
    assert f"“{lesson.title}”" in answer.text
    assert "administratören" in answer.text  # no group may publish it
    assert "Ladda upp som nytt innehåll" in answer.text
    assert versions() == 1


def test_the_script_of_the_upload_is_told_the_same(
    her: User, content: H5PContent, tmp_path: Path
) -> None:
    lesson = lesson_with(content)
    answer = replace(signed_in(her), content, tmp_path, **SCRIPT)
    (refused,) = answer.json()["files"]
    assert (answer.status_code, refused["taken"]) == (403, False)
    assert lesson.title in refused["says"]
    assert versions() == 1


def test_the_groups_that_may_publish_are_named(
    her: User, content: H5PContent, tmp_path: Path
) -> None:
    lesson = lesson_with(content)
    group = her.groups.model.objects.get(name=LOCAL_TRAINERS_GROUP)
    permission = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=lesson.get_parent(), permission=permission)
    assert LOCAL_TRAINERS_GROUP in replace(signed_in(her), content, tmp_path).text


def test_the_right_to_publish_is_enough_for_all_of_its_pages_only(
    her: User, content: H5PContent, tmp_path: Path
) -> None:
    mine, other = lesson_with(content), lesson_with_another_course(content)
    group = her.groups.get(name=TRAINERS_GROUP)
    permission = Permission.objects.get(codename="publish_page")
    for page, status, count in ((mine, 403, 1), (other, 302, 2)):
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
        assert replace(signed_in(her), content, tmp_path).status_code == status
        assert versions() == count


def lesson_with_another_course(content: H5PContent) -> LessonPage:
    said = {"content": content, "requirement": "shown", "percent": None}
    course = make_course("MOD-ANNAN", slug="annan", lessons=0)
    return make_lesson(course, body=[screen("Öva", ("interactive", said))])


def test_drafts_hinder_nobody(her: User, content: H5PContent, tmp_path: Path) -> None:
    lesson = lesson_with(content)
    lesson.live = False
    lesson.save()
    assert replace(signed_in(her), content, tmp_path).status_code == 302
    assert versions() == 2


def test_a_draft_that_leaves_it_out_lets_nobody_replace_what_is_published(
    her: User, content: H5PContent, tmp_path: Path
) -> None:
    lesson = lesson_with(content)
    lesson.body = [screen("Öva")]
    lesson.save_revision(user=her)
    assert replace(signed_in(her), content, tmp_path).status_code == 403


def test_what_is_to_be_published_at_a_moment_that_is_set_is_published(
    content: H5PContent,
) -> None:
    lesson = lesson_with(content)
    body = lesson.body
    lesson.body = [screen("Öva")]
    lesson.save()
    assert published_with(content) == []
    lesson.body = body
    lesson.save_revision()  # a draft that nobody has decided on
    assert published_with(content) == []
    lesson.go_live_at = timezone.now() + timedelta(days=1)
    lesson.save_revision(approved_go_live_at=lesson.go_live_at)
    lesson.save_revision()
    assert published_with(content) == [LessonPage.objects.get(pk=lesson.pk)]


def test_points_that_a_lesson_demands_and_the_new_version_never_reports_are_told_of(
    content: H5PContent, tmp_path: Path
) -> None:
    lay_groundwork()
    demands = {"content": content, "requirement": "score", "percent": 80}
    lesson = make_lesson(make_course(lessons=0), body=[screen("Öva", ("interactive", demands))])
    client = signed_in(User.objects.create_superuser("administratör"))
    where = reverse("h5p_content", args=[content.public_id])
    assert "kräver poäng" not in client.get(where).text
    shown = [library("H5P.Accordion")]
    package = make_package(tmp_path, name="x.h5p", main="H5P.Accordion 1.0", libraries=shown)
    file = SimpleUploadedFile("x.h5p", package.read_bytes())
    replaced = reverse("h5p_replace", args=[content.public_id])
    (said,) = client.post(replaced, {"file": file}, headers=SCRIPT).json()["files"]
    assert said["taken"]
    for words in (said["says"], client.get(where).text):
        assert f"“{lesson.title}” kräver poäng" in words
    # Of a draft it is said when that is published.
    lesson.live = False
    lesson.save()
    assert "kräver poäng" not in client.get(where).text


def test_the_title_that_readers_meet_is_theirs_too(her: User, content: H5PContent) -> None:
    where = reverse("h5p_title", args=[content.public_id])
    client = signed_in(her)
    client.post(where, {"title": "Min egen"})
    lesson_with(content)
    said = client.post(where, {"title": "Ett fult ord"}, follow=True).text
    content.refresh_from_db()
    assert content.title == "Min egen"
    assert "Läsare möter innehållet" in said


def test_actions_answer_as_the_pages_do_and_the_command_line_decides_for_itself(
    her: User, content: H5PContent, tmp_path: Path
) -> None:
    lesson_with(content)
    with pytest.raises(NotTheirs):
        rename_content(content=content, title="Annat", actor=her)
    with pytest.raises(NotTheirs):
        import_package(path=newer(tmp_path), actor=her, now=NOW, content=content)
    assert not H5PVersion.objects.exclude(number=1).exists()
    bring(newer(tmp_path), content=content)
    assert versions() == 2


def test_the_page_of_the_content_says_so_before_anything_is_sent(
    her: User, content: H5PContent
) -> None:
    client, where = signed_in(her), reverse("h5p_content", args=[content.public_id])
    form = reverse("h5p_replace", args=[content.public_id])
    assert f'action="{form}"' in client.get(where).text
    lesson = lesson_with(content)
    page = client.get(where).text
    assert f'action="{form}"' not in page
    assert f"“{lesson.title}”" in page
    assert f'action="{form}"' not in client.get(form).text


def test_who_may_only_add_changes_nothing_of_what_is_there(
    content: H5PContent, tmp_path: Path
) -> None:
    user = User.objects.create_user("ny")
    may = Permission.objects.filter(codename__in=["access_admin", "add_h5pcontent"])
    user.user_permissions.add(*may)
    client = signed_in(user)
    assert replace(client, content, tmp_path).status_code in (302, 403)
    client.post(reverse("h5p_title", args=[content.public_id]), {"title": "Annat"})
    content.refresh_from_db()
    assert (content.title, versions()) == ("Ett möte", 1)
    page = client.get(reverse("h5p_content", args=[content.public_id]))
    assert reverse("h5p_replace", args=[content.public_id]) not in page.text
