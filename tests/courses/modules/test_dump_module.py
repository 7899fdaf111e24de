"""Writing a module back: to the byte what was loaded, and everything that was changed here."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.modules.models import LoadedPage
from courses.modules.reading import read_module
from courses.pages.citations import as_data
from courses.pages.models import CourseCode, CoursePage, LessonPage
from foundation.problems import FilesRefused
from quizzes.bank.actions import load_quiz
from quizzes.bank.asked import Asked
from quizzes.bank.models import Quiz
from quizzes.bank.parts import QuizPart
from quizzes.bank.settings import Settings
from tests.courses.modules.tiny import SVG, edit

pytestmark = pytest.mark.django_db
Load = Callable[[], dict[str, list[str]]]


def dump(directory: Path, *options: str) -> tuple[str, str]:
    said, left_out = StringIO(), StringIO()
    call_command("dump_module", "liten", *options, to=directory, stdout=said, stderr=left_out)
    return said.getvalue(), left_out.getvalue()


def bytes_of(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def written(load: Load, folder: Path) -> Path:
    """The folder of modules, with the tiny one loaded from it and written back once."""
    load()
    dump(folder.parent)
    return folder.parent


def test_what_is_written_loads_as_what_it_was(load: Load, written: Path) -> None:
    assert set(load()) == {"unchanged"}


def test_written_twice_it_is_the_same_to_the_byte(written: Path) -> None:
    before = bytes_of(written)
    assert "nothing to change" in dump(written)[0] or "inget att ändra" in dump(written)[0]
    assert bytes_of(written) == before
    dump(written, "--check")


def test_it_is_written_the_same_into_an_empty_folder(written: Path, tmp_path: Path) -> None:
    dump(tmp_path / "elsewhere")
    there = bytes_of(tmp_path / "elsewhere")
    # The sources there are those it cites; the remark at the top is the first folder's own.
    assert {name: there[name] for name in there if name != "sources.yaml"} == {
        name: content for name, content in bytes_of(written).items() if name != "sources.yaml"
    }
    assert b"key: lag-forr" in there["sources.yaml"]


def test_from_the_other_folder_another_city_loads_it(written: Path, tmp_path: Path) -> None:
    dump(tmp_path / "elsewhere")
    CoursePage.objects.get().delete()
    CourseCode.objects.all().delete()
    LoadedPage.objects.all().delete()
    call_command("load_modules", directory=tmp_path / "elsewhere", stdout=StringIO())
    assert [one.title for one in CoursePage.objects.get().lessons()] == ["Först", "Sedan"]


def test_what_a_trainer_has_published_is_written(written: Path) -> None:
    lesson = LessonPage.objects.get(slug="forst")
    stored = as_data(lesson.body)
    stored[0]["value"]["heading"] = "En ny tanke"
    stored[0]["value"]["content"][0]["value"] = (
        '<p data-block-key="x">Text om <b>1. att</b> skriva *så*.</p>'
        '<p data-block-key="y">## Nej</p>'
    )
    lesson.body = json.dumps(stored)
    lesson.save_revision()
    assert dump(written, "--check")[0].strip().startswith("liten")  # a draft is not written
    lesson.save_revision().publish()
    with pytest.raises(CommandError):
        dump(written, "--check")
    dump(written)
    text = (written / "liten" / "01-forst.md").read_text()
    assert "## En ny tanke\n\nText om **1. att** skriva \\*så\\*.\n\n\\## Nej\n" in text


def test_a_draft_is_written_when_asked_for(written: Path) -> None:
    lesson = LessonPage.objects.get(slug="forst")
    lesson.title = "Ett utkast"
    lesson.save_revision()
    dump(written, "--draft")
    assert "title: Ett utkast" in (written / "liten" / "01-forst.md").read_text()


def test_a_lesson_that_is_no_more_goes_and_strangers_files_stay(written: Path) -> None:
    (written / "liten" / "LÄSMIG.md").write_text("Vår egen anteckning.")
    LessonPage.objects.get(slug="sedan").delete()
    said, _left_out = dump(written)
    assert "liten/02-sedan.md" in said
    assert not (written / "liten" / "02-sedan.md").exists()
    assert (written / "liten" / "LÄSMIG.md").exists()


def test_other_rows_of_the_sources_and_the_remark_stay(written: Path) -> None:
    path = written / "sources.yaml"
    own = "# Vår anmärkning.\n"
    path.write_text(
        own
        + path.read_text()
        + "  - {key: z, act: zlagen, number: '1', topic: Z, paragraph_known: true}\n"
    )
    dump(written)
    text = path.read_text()
    assert text.startswith(own)
    assert "key: z\n" in text
    assert "key: bok\n" in text


def test_a_quiz_of_several_draws_is_written_part_by_part(load: Load, written: Path) -> None:
    quiz = Quiz.objects.get()
    quiz.parts.set(
        [
            QuizPart(sort_order=0, tags="liten", draw=1),
            QuizPart(sort_order=1, tags="liten", draw=1),
        ]
    )
    quiz.title = "Ett eget namn"
    quiz.save()
    quiz.save_revision().publish()
    dump(written)
    manifest = (written / "liten" / "module.yaml").read_text()
    assert "title: Ett eget namn\n" in manifest
    assert manifest.count("draw: 1\n") == 2
    assert load()["kept"] == ["the final quiz"]


def test_a_course_without_quiz_is_written_and_loaded(load: Load, written: Path) -> None:
    page = CoursePage.objects.get()
    page.quiz = None
    page.save_revision().publish()
    dump(written)
    assert "quiz:" not in (written / "liten" / "module.yaml").read_text()
    assert "kept" in load()


def test_an_image_keeps_its_name_and_its_bytes(written: Path) -> None:
    assert (written / "liten" / "images" / "linje.svg").read_text() == SVG


def with_quiz_in_first_lesson(quiz: int) -> None:
    lesson = LessonPage.objects.get(slug="forst")
    stored = as_data(lesson.body)
    stored[0]["value"]["content"].append({"type": "quiz", "value": {"quiz": quiz}})
    lesson.body = json.dumps(stored)
    lesson.save_revision().publish()


def test_a_quiz_to_practise_on_is_written_and_loaded(load: Load, written: Path) -> None:
    load_quiz(
        key="eget",
        title="Öva",
        parts=[Asked(tags=("liten",), draw=1)],
        shuffle=False,
        settings=Settings(pass_percent=50),
    )
    with_quiz_in_first_lesson(Quiz.objects.get(key="eget").pk)
    dump(written)
    manifest = (written / "liten" / "module.yaml").read_text()
    assert "practice:\n  - key: liten-eget\n    title: Öva\n    draw: 1\n" in manifest.replace(
        "    parts:\n      - tags:\n          - liten\n        draw: 1\n", "    draw: 1\n"
    )
    assert "::: quiz\nquiz: liten-eget\n:::" in (written / "liten" / "01-forst.md").read_text()
    assert "the quiz liten-eget" in load()["new"]
    assert Quiz.objects.get(key="liten-eget").settings.pass_percent == 50


RULE = "shuffle: true, pass_percent: 80, max_tries: 0"


RULE = "shuffle: true, pass_percent: 80, max_tries: 0"


@pytest.mark.parametrize(
    ("practice", "expected"),
    [
        ("key: annan-1, title: Öva, draw: 1", "liten-"),
        ("key: liten-1, title: Öva, draw: 9", "practice 1 › draw"),
        ("key: liten-1, draw: 1", "title"),
    ],
)
def test_a_quiz_to_practise_on_that_cannot_be_is_refused(
    folder: Path, practice: str, expected: str
) -> None:
    manifest = folder / "module.yaml"
    manifest.write_text(f"{manifest.read_text()}practice: [{{{practice}, {RULE}}}]\n")
    with pytest.raises(FilesRefused, match=expected):
        read_module(folder)


def test_a_lesson_that_asks_a_quiz_nobody_has_named_is_refused(folder: Path) -> None:
    edit(folder, "01-forst.md", "- två\n", "- två\n\n::: quiz\nquiz: liten-okand\n:::\n")
    with pytest.raises(FilesRefused, match="liten-okand"):
        read_module(folder)


def test_a_block_whose_quiz_is_gone_is_told(load: Load, folder: Path) -> None:
    load()
    with_quiz_in_first_lesson(10**6)
    assert "01-forst.md" in dump(folder.parent)[1]


def test_nothing_is_written_where_the_sources_cannot_be_read(load: Load, folder: Path) -> None:
    load()
    (folder.parent / "sources.yaml").write_text("sources: [")
    before = bytes_of(folder.parent)
    with pytest.raises(CommandError, match=r"sources\.yaml"):
        dump(folder.parent)
    assert bytes_of(folder.parent) == before


def test_a_course_that_is_not_there_is_said_so(load: Load, folder: Path) -> None:
    shutil.rmtree(folder)
    with pytest.raises(CommandError, match="liten"):
        dump(folder.parent)


def test_an_edit_here_and_in_the_files_are_told_apart(load: Load, folder: Path) -> None:
    load()
    lesson = LessonPage.objects.get(slug="forst")
    lesson.objective = "Du kan börja om."
    lesson.save_revision().publish()
    edit(folder, "01-forst.md", "- två", "- tre")
    said = StringIO()
    call_command("load_modules", directory=folder.parent, stdout=said)
    text = said.getvalue()
    assert "  - objective: Du kan börja.\n" in text
    assert "  + objective: Du kan börja om.\n" in text
    assert "  - - två\n" in text
    assert "  + - tre\n" in text
