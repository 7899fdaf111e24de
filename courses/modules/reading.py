"""A module's files, read and judged as a whole before anything is written."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from willow.image import Image as WillowImage

from courses.modules.files import LessonFile, ModuleFiles, QuizFile
from courses.modules.interactive import interactive_problems
from courses.modules.lessons import read_lesson
from courses.modules.library import NAME as SOURCES
from courses.modules.library import LibraryFile, read_library
from courses.modules.manifest import NAME as MANIFEST
from courses.modules.manifest import read_manifest
from courses.modules.questions import NAME as QUESTIONS
from courses.modules.questions import read_questions
from courses.modules.recordings import media_problems
from courses.pages.blocks.keys import KEYED
from courses.pages.citations import cited, texts_of
from courses.pages.drawings import read_drawing
from foundation.problems import FilesRefused, Problem


def read_module(folder: Path, library: LibraryFile | None = None) -> ModuleFiles:
    """A module that can be loaded. Raises FilesRefused with everything that is wrong.

    `library`: the sources it may cite, by default those that stand in the folder above it.
    """
    library = read_library(folder.parent) if library is None else library
    problems: list[Problem] = []
    module = read_manifest(folder, library, problems)
    if module:
        for name in module.lesson_files:
            lesson = read_lesson(module, name, problems)
            if lesson:
                module.lessons.append(lesson)
        module.questions.extend(read_questions(module, problems))
        _judge_together(module, problems)
    if module is None or problems:
        raise FilesRefused(problems)
    return module


def _judge_together(module: ModuleFiles, problems: list[Problem]) -> None:
    """What only shows when the files are read beside each other."""
    slugs: set[str] = set()
    for lesson in module.lessons:
        if lesson.slug in slugs:
            problems.append(
                Problem(lesson.file, "slug", lesson.slug, _("a slug no other lesson has"))
            )
        slugs.add(lesson.slug)
        _judge_sources(module, lesson, problems)
        _judge_checks(module, lesson, problems)
        _judge_practice(module, lesson, problems)
        _judge_images(module, lesson, problems)
    _judge_keys(module, problems)
    problems.extend(media_problems(module))
    problems.extend(interactive_problems(module))
    manifest = f"{module.folder.name}/{MANIFEST}"
    problems.extend(_judge_named(manifest, "sources", module.sources, module))
    _judge_questions(module, problems)
    _judge_teaching(module, problems)
    file = f"{module.folder.name}/{MANIFEST}"
    if module.quiz is not None:
        _judge_quiz(module.quiz, "quiz", file, module, problems)
    for number, quiz in enumerate(module.practice.values(), start=1):
        _judge_quiz(quiz, f"practice {number}", file, module, problems)


def _judge_practice(module: ModuleFiles, lesson: LessonFile, problems: list[Problem]) -> None:
    expected = _("the key of a quiz under practice in %(file)s") % {"file": MANIFEST}
    for screen in lesson.screens:
        for block in screen.blocks:
            if block.kind == "quiz" and block.value["quiz"] not in module.practice:
                problems.append(Problem(lesson.file, block.place, block.value["quiz"], expected))


def _judge_keys(module: ModuleFiles, problems: list[Problem]) -> None:
    """A tool and a district's note are known by their keys, through the whole module."""
    seen: set[tuple[str, str]] = set()
    for lesson in module.lessons:
        for screen in lesson.screens:
            for block in screen.blocks:
                if block.kind not in KEYED:
                    continue
                name = (block.kind, block.value["key"])
                if name in seen:
                    expected = _("a key that no other block of the module has")
                    problems.append(Problem(lesson.file, block.place, name[1], expected))
                seen.add(name)


def _judge_quiz(
    quiz: QuizFile, place: str, file: str, module: ModuleFiles, problems: list[Problem]
) -> None:
    final = {one.key: one for one in module.questions if one.use != "check"}
    expected = _("a question of %(file)s whose use is final or both, once") % {"file": QUESTIONS}
    always: list[str] = []
    for part in quiz.parts:
        if part.question and (part.question not in final or part.question in always):
            at = f"{place} › always {len(always) + 1}"
            problems.append(Problem(file, at, part.question, expected))
        always += [part.question] if part.question else []
    for part in quiz.parts:
        others = [one for key, one in final.items() if key not in always]
        drawn = [one for one in others if set(part.tags) <= set(one.tags)]
        if part.draw and len(drawn) < part.draw:
            told = {"number": len(drawn), "tag": ", ".join(part.tags)}
            enough = _(
                "at most %(number)d: so many questions for the final quiz are tagged %(tag)s"
            )
            problems.append(Problem(file, f"{place} › draw", part.draw, enough % told))


def _judge_named(file: str, place: str, keys: list[str], module: ModuleFiles) -> list[Problem]:
    """Keys in a list of sources that are none, or stand there twice."""
    expected = _("a source or a law of %(file)s, once") % {"file": SOURCES}
    return [
        Problem(file, place, key, expected)
        for at, key in enumerate(keys)
        if key not in module.library or key in keys[:at]
    ]


def _judge_sources(module: ModuleFiles, lesson: LessonFile, problems: list[Problem]) -> None:
    expected = _("a source or a law of %(file)s") % {"file": SOURCES}
    problems.extend(_judge_named(lesson.file, "sources", lesson.sources, module))
    for screen in lesson.screens:
        for block in screen.blocks:
            for text in texts_of(block.value):
                for key, _place in cited(text):
                    if key not in module.library:
                        problems.append(Problem(lesson.file, block.place, f"[@{key}]", expected))
                    elif key not in lesson.sources:
                        problems.append(
                            Problem(
                                lesson.file,
                                block.place,
                                f"[@{key}]",
                                _("one of the lesson's sources, as its front matter lists them"),
                            )
                        )


def _judge_checks(module: ModuleFiles, lesson: LessonFile, problems: list[Problem]) -> None:
    asked = {one.key for one in module.questions if one.use != "final"}
    for screen in lesson.screens:
        for block in screen.blocks:
            if block.kind == "check" and block.value["question"] not in asked:
                problems.append(
                    Problem(
                        lesson.file,
                        block.place,
                        block.value["question"],
                        _("a question of %(file)s whose use is check or both")
                        % {"file": QUESTIONS},
                    )
                )


def _judge_images(module: ModuleFiles, lesson: LessonFile, problems: list[Problem]) -> None:
    for screen in lesson.screens:
        for block in screen.blocks:
            name = block.value["poster"] if block.kind == "film" else ""
            name = block.value["image"] if block.kind == "figure" else name
            if not name and block.kind != "figure":
                continue
            expected = _image_fault(module.folder / "images", name)
            if expected:
                problems.append(Problem(lesson.file, block.place, name, expected))
            elif block.value.get("labels"):
                drawing = read_drawing((module.folder / "images" / name).read_bytes())
                number = len(drawing.labels) if drawing else 0
                if number != len(block.value["labels"]):
                    expected = _("as many labels as the drawing has texts, its name first: %(n)d")
                    labels = ", ".join(block.value["labels"])
                    problems.append(
                        Problem(lesson.file, block.place, labels, expected % {"n": number})
                    )


def _image_fault(folder: Path, name: str) -> str:
    """What is expected of an image that isn't there or can't be shown; "" when it can."""
    path = folder / name
    if path.parent != folder or not path.is_file():
        return _("a file in images/")
    kinds = settings.WAGTAILIMAGES_EXTENSIONS
    if path.suffix.lstrip(".").lower() not in kinds:
        return _("a file that ends in one of %(kinds)s") % {"kinds": ", ".join(kinds)}
    try:
        with path.open("rb") as file:
            WillowImage.open(file).get_size()
    except Exception as error:
        # Whatever a stranger's file makes the image libraries raise, it can't be shown.
        return _("an image that can be opened (%(error)s)") % {"error": error}
    return ""


def _judge_questions(module: ModuleFiles, problems: list[Problem]) -> None:
    """What a question rests on is written "key" or "key: place"."""
    for question in module.questions:
        if question.source.partition(":")[0].strip() not in module.library:
            place = f"{question.place} › source"
            expected = _("a source or a law of %(file)s") % {"file": SOURCES}
            file = f"{module.folder.name}/{QUESTIONS}"
            problems.append(Problem(file, place, question.source, expected))


def _judge_teaching(module: ModuleFiles, problems: list[Problem]) -> None:
    screens = {lesson.slug: len(lesson.screens) for lesson in module.lessons}
    for question in module.questions:
        slug, _hash, number = question.content["teaches"].partition("#")
        exists = slug in screens and (
            not number or (number.isdecimal() and 1 <= int(number) <= screens[slug])
        )
        if not exists:
            problems.append(
                Problem(
                    f"{module.folder.name}/{QUESTIONS}",
                    f"{question.place} › teaches",
                    question.content["teaches"],
                    _("the slug of a lesson, and # with the number of one of its screens"),
                )
            )
