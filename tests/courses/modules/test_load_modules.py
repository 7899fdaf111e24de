"""Loading modules: the same files twice change nothing, and a trainer's work is never lost."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Site, Workflow

from courses.modules.models import LoadedPage
from courses.pages.citations import as_data
from courses.pages.models import CatalogueIndexPage, CoursePage, LessonPage
from foundation.facts import FactBatch
from quizzes.bank.models import Question, Quiz
from quizzes.bank.queries import draw
from tests.courses.modules.tiny import SVG, edit
from tracking.ledger.models import Course

pytestmark = pytest.mark.django_db
Load = Callable[[], dict[str, list[str]]]
EVERYTHING = [
    "image linje.svg",
    "file samtal.mp4",
    "file samtal.vtt",
    "file rost.mp3",
    "the content prova",
    "question liten-001",
    "question liten-002",
    "the final quiz",
    "the course page",
    "the lesson Först",
    "the lesson Sedan",
]


def course() -> CoursePage:
    return CoursePage.objects.get()


def lesson(slug: str) -> LessonPage:
    return LessonPage.objects.get(slug=slug)


def blocks(slug: str) -> list[str]:
    return [child.block_type for screen in lesson(slug).body for child in screen.value["content"]]


def test_a_module_becomes_published_pages_questions_a_quiz_and_images(load: Load) -> None:
    assert load() == {"new": EVERYTHING}
    page = course()
    assert (page.course_code, page.live, page.url) == ("MOD-LITEN", True, "/kurser/liten/")
    assert [one.title for one in page.lessons()] == ["Först", "Sedan"]
    assert list(Question.objects.filter(live=True).values_list("key", flat=True)) == [
        "liten-001",
        "liten-002",
    ]
    assert (page.quiz, page.quiz.draw, page.quiz.live) == (Quiz.objects.get(), 2, True)
    assert get_image_model().objects.get().is_svg()
    assert Course.objects.known_now().get().code == "MOD-LITEN"


def test_the_final_quiz_asks_some_questions_always_and_draws_the_others(
    load: Load, folder: Path
) -> None:
    edit(folder, "module.yaml", "draw: 2", "always: [liten-002], draw: 1")
    load()
    assert [str(part).partition(":")[0] for part in Quiz.objects.get().parts.all()] == [
        "liten-002",
        "1 × liten",
    ]
    assert [question.key for question in draw(Quiz.objects.get())] == ["liten-002", "liten-001"]
    assert Quiz.objects.get().minutes == 2
    assert load() == {"unchanged": EVERYTHING}


def test_a_course_takes_what_its_lessons_and_its_quiz_take(load: Load, folder: Path) -> None:
    load()
    assert (course().minutes, course().content_minutes()) == (5 + 7 + 2, 5 + 7 + 2)
    edit(folder, "02-sedan.md", "minutes: 7", "minutes: 9")
    assert load()["updated"] == ["the course page", "the lesson Sedan"]
    assert (course().minutes, course().content_minutes()) == (16, 16)
    assert Course.objects.known_now().get().minutes == 16


def test_the_command_says_what_it_did_in_swedish(folder: Path) -> None:
    said = StringIO()
    call_command("load_modules", "liten", directory=folder.parent, stdout=said)
    assert said.getvalue() == (
        "Källor och lagrum: 3 nya, 0 uppdaterade, 0 oförändrade.\n"
        "En liten modul (MOD-LITEN): 11 nya, 0 uppdaterade, 0 oförändrade.\n"
    )


def test_every_kind_of_block_arrives(load: Load) -> None:
    load()
    assert blocks("forst") == ["text", "figure", "text", "reflection", "text", "note"]
    assert blocks("sedan") == [
        *("text", "case", "text", "check", "text", "sayings", "text", "steps"),
        *("text", "tool", "text", "dialogue", "text", "quote", "text", "accordion"),
        *("text", "table", "text", "local", "text", "note", "text", "film"),
        *("text", "audio", "text", "interactive", "text", "support"),
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", ["Linjen", "Slut"]), ("\nlabels: [En linje, Målet]", ["En linje", "Målet"])],
)
def test_the_words_in_a_drawing_are_kept_as_labels(
    load: Load, folder: Path, given: str, kept: list[str]
) -> None:
    edit(folder, "01-forst.md", "image: linje.svg", f"image: linje.svg{given}")
    load()
    figure = lesson("forst").body[0].value["content"][1].value
    assert list(figure["labels"]) == kept


def test_loading_again_writes_nothing(load: Load) -> None:
    load()
    before = (Revision.objects.count(), FactBatch.objects.count(), Page.objects.count())
    assert load() == {"unchanged": EVERYTHING}
    assert (Revision.objects.count(), FactBatch.objects.count(), Page.objects.count()) == before


def test_changed_files_update_what_nobody_has_edited(load: Load, folder: Path) -> None:
    load()
    edit(folder, "01-forst.md", "Text med", "Ny text med")
    edit(folder, "questions.yaml", "Jorden är rund.", "Jorden är nästan rund.")
    edit(folder, "images/linje.svg", "h40", "h30")
    assert load()["updated"] == ["image linje.svg", "question liten-002", "the lesson Först"]
    assert "Ny text med" in json.dumps(as_data(lesson("forst").body))
    assert "nästan" in Question.objects.get(key="liten-002").text
    image = get_image_model().objects.get()
    assert image.file.read().decode() == SVG.replace("h40", "h30")


def test_what_a_trainer_has_edited_is_kept_and_named(load: Load, folder: Path) -> None:
    load()
    edited = lesson("forst")
    edited.title = "Mycket först"
    edited.save_revision().publish()
    edit(folder, "01-forst.md", "Text med", "Ny text med")
    assert load()["kept"] == ["the lesson Först"]
    assert lesson("forst").title == "Mycket först"
    assert "Ny text" not in json.dumps(as_data(lesson("forst").body))


def test_a_trainers_draft_is_kept_too(load: Load, folder: Path) -> None:
    load()
    draft = course()
    draft.summary = "Ett utkast."
    draft.save_revision()
    edit(folder, "module.yaml", "i litet format", "i mycket litet format")
    assert load()["kept"] == ["the course page"]
    page = course()
    assert page.get_latest_revision_as_object().summary == "Ett utkast."
    assert page.summary == "Allt en modul kan ha, i litet format."


def test_opening_and_saving_without_a_change_is_no_edit(load: Load, folder: Path) -> None:
    load()
    lesson("forst").save_revision().publish()
    edit(folder, "01-forst.md", "Text med", "Ny text med")
    assert load()["updated"] == ["the lesson Först"]


def test_what_was_deleted_here_is_not_brought_back(load: Load) -> None:
    load()
    lesson("sedan").delete()
    assert load()["removed"] == ["the lesson Sedan"]
    assert not LessonPage.objects.filter(slug="sedan").exists()


def test_what_was_taken_down_stays_down(load: Load, folder: Path) -> None:
    load()
    lesson("forst").unpublish()
    edit(folder, "01-forst.md", "Text med", "Ny text med")
    load()
    assert not lesson("forst").live


def test_a_page_that_is_nobodys_file_keeps_its_address(load: Load) -> None:
    load()
    Page.objects.get(pk=course().pk).delete()
    LoadedPage.objects.all().delete()
    catalogue = CatalogueIndexPage.objects.get(locale__language_code="sv")
    catalogue.add_child(
        instance=CoursePage(
            title="Egen", slug="liten", summary="x", minutes=1, course_code="EGEN", live=False
        )
    )
    assert load()["taken"] == ["the course page"]
    assert course().title == "Egen"


def test_a_new_lesson_comes_where_the_files_have_it(load: Load, folder: Path) -> None:
    load()
    text = (folder / "02-sedan.md").read_text().replace("sedan", "mellan").replace("Sedan", "Mell")
    for key in ("fallet", "lista", "har"):
        text = text.replace(f"key: {key}", f"key: ny-{key}")
    (folder / "03-mellan.md").write_text(text)
    edit(folder, "module.yaml", "[01-forst.md,", "[01-forst.md, 03-mellan.md,")
    load()
    assert [one.title for one in course().lessons()] == ["Först", "Mell", "Sedan"]


def test_the_ground_is_laid_once(load: Load) -> None:
    for _time in range(2):
        load()
    assert [one.url for one in CatalogueIndexPage.objects.all()] == ["/kurser/"] * 2
    assert Site.objects.count() == 1
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Workflow.objects.filter(name="Granskning").count() == 1
    group = Group.objects.get(name="Utbildare")
    assert group.permissions.filter(codename="access_admin").exists()
    assert not group.permissions.filter(content_type__app_label="tracking").exists()
    assert not group.permissions.filter(content_type__app_label="auth").exists()


def test_an_administrators_change_of_the_group_stays(load: Load) -> None:
    load()
    group = Group.objects.get(name="Utbildare")
    group.permissions.filter(codename="add_quiz").delete()
    group.permissions.remove(*group.permissions.filter(codename="change_quiz"))
    load()
    assert not group.permissions.filter(codename="change_quiz").exists()
