"""A lesson is not published with content its readers could not open, or never satisfy."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from courses.h5p.results.models import H5PResult
from courses.h5p.store.actions import Imported, approve_library, block_library, import_package
from courses.pages.checks.findings import Finding
from courses.pages.checks.page import PublishingRefused, findings_of
from courses.pages.models import LessonPage
from tests.courses.h5p.packages import library, make_package
from tests.courses.makers import make_course, make_lesson, make_user, screen

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)


def came(folder: Path, main: str = "Test.Thing 1.0", *, approved: bool = True) -> Imported:
    name = main.partition(" ")[0]
    path = make_package(folder, main=main, title="Samtalet", libraries=[library(name)])
    imported = import_package(path=path, actor=None, now=NOW)
    if approved:
        for one in imported.waits.waiting:
            approve_library(library=one, actor=None, now=NOW)
    return imported


def lesson_with(imported: Imported | None, requirement: str = "shown") -> LessonPage:
    content = imported.content if imported else None
    percent = 80 if requirement == "score" else None
    said = {"content": content, "requirement": requirement, "percent": percent}
    body = [screen("Öva", ("interactive", said))]
    lesson = make_lesson(make_course(lessons=0), body=body)
    lesson.live = False
    lesson.save(clean=False)
    lesson.save_revision(clean=False)
    return LessonPage.objects.get(pk=lesson.pk)


def found_in(lesson: LessonPage) -> list[Finding]:
    parts = (".content", ".requirement")
    return [one for one in findings_of(lesson, on=DAY) if one.path.endswith(parts)]


def test_content_that_plays_is_fine(tmp_path: Path) -> None:
    lesson = lesson_with(came(tmp_path, "H5P.MultiChoice 1.0"), "score")
    assert found_in(lesson) == []
    lesson.get_latest_revision().publish()
    assert LessonPage.objects.get(pk=lesson.pk).live


def test_content_whose_library_waits_is_not_published(tmp_path: Path) -> None:
    imported = came(tmp_path, approved=False)
    lesson = lesson_with(imported)
    (said,) = found_in(lesson)
    assert (said.blocks, said.screen) == (True, 1)
    assert "Test.Thing 1.0.0" in said.says
    with pytest.raises(PublishingRefused):
        lesson.get_latest_revision().publish()
    approve_library(library=imported.waits.waiting[0], actor=None, now=NOW)
    assert found_in(lesson) == []


def test_content_that_lacks_libraries_names_them(tmp_path: Path) -> None:
    path = make_package(tmp_path, libraries=[])
    (said,) = found_in(lesson_with(import_package(path=path, actor=None, now=NOW)))
    assert said.blocks
    assert "Test.Thing 1.0" in said.says


def test_content_whose_library_is_blocked_says_so(tmp_path: Path) -> None:
    imported = came(tmp_path)
    pinned = imported.version.libraries.get()
    block_library(library=pinned, actor=None, now=NOW, reason="Farligt")
    (said,) = found_in(lesson_with(imported))
    assert said.blocks
    assert "spärrat" in said.says


def test_content_that_is_gone_is_told_of(tmp_path: Path) -> None:
    imported = came(tmp_path)
    lesson = lesson_with(imported)
    imported.content.delete()
    (said,) = found_in(LessonPage.objects.get(pk=lesson.pk))
    assert said.blocks


@pytest.mark.parametrize(
    "main", ["H5P.Dialogcards 1.0", "H5P.Accordion 1.0", "H5P.Questionnaire 1.0"]
)
@pytest.mark.parametrize(
    ("requirement", "blocks"), [("opened", []), ("finished", []), ("score", [True])]
)
def test_points_are_not_demanded_of_what_reports_none(
    tmp_path: Path, main: str, requirement: str, blocks: list[bool]
) -> None:
    lesson = lesson_with(came(tmp_path, main), requirement)
    assert [one.blocks for one in found_in(lesson)] == blocks


@pytest.mark.parametrize(
    ("requirement", "blocks"), [("shown", []), ("opened", []), ("finished", [False])]
)
def test_an_end_that_may_never_come_is_warned_of_and_published(
    tmp_path: Path, requirement: str, blocks: list[bool]
) -> None:
    lesson = lesson_with(came(tmp_path), requirement)
    found = found_in(lesson)
    assert [one.blocks for one in found] == blocks
    assert all("Test.Thing" in one.says for one in found)
    lesson.get_latest_revision().publish()
    assert LessonPage.objects.get(pk=lesson.pk).live


@pytest.mark.parametrize(
    ("demanded", "reported", "warned"),
    [
        ("finished", {}, 1),
        ("finished", {"finished_at": NOW}, 0),
        ("score", {"finished_at": NOW}, 1),
        ("score", {"finished_at": NOW, "share": 5000}, 0),
    ],
)
def test_what_somebody_has_finished_can_be_finished(
    tmp_path: Path, demanded: str, reported: dict[str, Any], warned: int
) -> None:
    imported = came(tmp_path)
    H5PResult.objects.create(
        user=make_user("lisa"),
        content=imported.content,
        place="lesson:elsewhere",
        opened_at=NOW,
        number=1,
        **reported,
    )
    assert len(found_in(lesson_with(imported, demanded))) == warned


def test_film_is_reminded_of_captions_and_published(tmp_path: Path) -> None:
    found: Any = found_in(lesson_with(came(tmp_path, "H5P.InteractiveVideo 1.0")))
    assert [one.blocks for one in found] == [False]
    assert "textad" in found[0].says
