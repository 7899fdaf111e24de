"""A course's pages, questions, quiz and images as the files they could have been loaded from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from courses.modules.files import (
    BlockFile,
    LessonFile,
    ModuleFiles,
    QuestionFile,
    QuizFile,
    ScreenFile,
)
from courses.modules.library import LibraryFile
from courses.modules.models import LoadedImage
from courses.modules.stream import without_ids
from courses.pages.citations import as_data
from courses.pages.models import CoursePage, LessonPage
from quizzes.bank.asked import Asked
from quizzes.bank.models import Question, Quiz
from quizzes.bank.queries import asked_by

# What a lesson may hold that its file has no way to say.
UNWRITTEN = frozenset({"quiz"})


@dataclass(slots=True)
class Written:
    """A module as files, its images by name, and what was left out, in words."""

    module: ModuleFiles
    images: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def module_of(course: CoursePage, lessons: list[LessonPage]) -> Written:
    """A course and its lessons as these objects say it: as published, or as drafts."""
    names = _Names(course.slug)
    written = [_lesson(page, number, names) for number, page in enumerate(lessons, start=1)]
    quiz = _quiz(course.quiz) if course.quiz else None
    asked = asked_by(course.quiz) if course.quiz else set()
    module = ModuleFiles(
        folder=Path(course.slug),
        code=course.course_code,
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        summary_en=course.summary_en,
        audience=course.audience,
        prepares_for=course.prepares_for,
        objectives=[str(child.value) for child in course.objectives],
        authors=[name for name in course.authors.split(", ") if name],
        reviewed_on=course.reviewed_on,
        reviewer=course.reviewer,
        content_warning=course.content_warning,
        sources=[source.key for source in course.named_sources()],
        quiz=quiz,
        lesson_files=[lesson.file for lesson in written],
        library=LibraryFile(),
        lessons=written,
        questions=_questions(asked | set(names.questions)),
    )
    return Written(module, names.contents(), names.left_out)


@dataclass(slots=True)
class _Names:
    """What a block names by its row, by the name that files have for it."""

    slug: str
    images: dict[int, str] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def image(self, pk: int) -> str:
        """The file's name, the same for the same image; none twice."""
        if pk not in self.images:
            loaded = LoadedImage.objects.filter(image=pk).first()
            image = get_image_model().objects.get(pk=pk)
            suffix = PurePath(image.file.name).suffix
            name = PurePath(loaded.key).name if loaded else f"{slugify(image.title)}{suffix}"
            if name in self.images.values():
                name = f"{PurePath(name).stem}-{pk}{suffix}"
            self.images[pk] = name
        return self.images[pk]

    def question(self, pk: int) -> str:
        """The question's key."""
        if pk not in self.questions:
            self.questions[pk] = Question.objects.values_list("key", flat=True).get(pk=pk)
        return self.questions[pk]

    def contents(self) -> dict[str, bytes]:
        """The images' files, by name."""
        found = get_image_model().objects.in_bulk(list(self.images))
        read = {}
        for pk, name in self.images.items():
            with found[pk].file.open("rb") as file:
                read[name] = file.read()
        return read


def _lesson(page: LessonPage, number: int, names: _Names) -> LessonFile:
    file = f"{number:02}-{page.slug}.md"
    screens = [
        ScreenFile(
            stored["value"]["heading"],
            list(_blocks(stored["value"]["content"], file, names)),
        )
        for stored in as_data(page.body)
    ]
    return LessonFile(
        file=file,
        slug=page.slug,
        title=page.title,
        minutes=page.minutes,
        objective=page.objective,
        sources=[source.key for source in page.named_sources()],
        screens=screens,
    )


def _blocks(content: Iterable[Mapping[str, Any]], file: str, names: _Names) -> Iterable[BlockFile]:
    for stored in content:
        kind, value = stored["type"], without_ids(stored["value"])
        if kind in UNWRITTEN:
            names.left_out.append(_("%(file)s: the block %(kind)s") % {"file": file, "kind": kind})
            continue
        if kind == "figure":
            value = {**value, "image": names.image(value["image"])}
        elif kind == "check":
            value = {"question": names.question(value["question"])}
        yield BlockFile(kind, value, file)


def _quiz(quiz: Quiz) -> QuizFile:
    parts = [
        Asked(question=part.question.key)
        if part.question
        else Asked(tags=tuple(part.tag_names), draw=part.draw or 0)
        for part in quiz.parts.select_related("question")
    ]
    return QuizFile(title=quiz.title, parts=parts, shuffle=quiz.shuffle, settings=quiz.settings)


def _questions(keys: set[int]) -> list[QuestionFile]:
    return [
        QuestionFile(
            key=question.key,
            content=question.content(),
            tags=sorted(question.tags.names()),
            difficulty=question.difficulty,
            source=question.source,
            use=question.use,
            place="",
        )
        for question in Question.objects.filter(pk__in=keys).prefetch_related("tags")
    ]
