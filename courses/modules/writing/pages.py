"""A course's pages, questions, quiz and images as the files they could have been loaded from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.h5p.store.models import H5PContent
from courses.modules.files import (
    MEDIA_FIELDS,
    BlockFile,
    LessonFile,
    ModuleFiles,
    QuestionFile,
    QuizFile,
    ScreenFile,
    usual_quiz_title,
)
from courses.modules.library import LibraryFile
from courses.modules.models import LoadedDocument, LoadedImage
from courses.modules.stream import without_ids
from courses.modules.writing.interactive import folder_files, folder_name
from courses.pages.citations import as_data
from courses.pages.drawings import drawing_of
from courses.pages.models import CoursePage, LessonPage
from quizzes.bank.asked import Asked
from quizzes.bank.models import Question, Quiz
from quizzes.bank.queries import asked_by

# Modules are written in Swedish; translations are the editor's.
LANGUAGE = "sv"


@dataclass(slots=True)
class Written:
    """A module as files, its images by name, and what was left out, in words."""

    module: ModuleFiles
    images: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    # Files of contents that play, by their path in h5p/.
    contents: dict[str, bytes] = field(default_factory=dict)


def course_called(slug: str, *, draft: bool = False) -> CoursePage | None:
    """The course at an address, in the language of the modules; drafts only where asked for."""
    found = CoursePage.objects.filter(slug=slug, locale__language_code=LANGUAGE)
    course: CoursePage | None = (found if draft else found.live()).first()
    return course


def module_of(page: CoursePage, *, draft: bool = False) -> Written:
    """A course and its lessons as they are published, or as their latest drafts have them."""
    lessons: list[LessonPage] = list(
        LessonPage.objects.child_of(page).order_by("path") if draft else page.lessons()
    )
    course: CoursePage = page.get_latest_revision_as_object() if draft else page
    if draft:
        lessons = [lesson.get_latest_revision_as_object() for lesson in lessons]
    names = _Names(course.slug)
    written = [_lesson(page, number, names) for number, page in enumerate(lessons, start=1)]
    quiz = _quiz(course.quiz, usual=usual_quiz_title(course.title)) if course.quiz else None
    asked = asked_by(course.quiz) if course.quiz else set()
    asked = asked.union(*(asked_by(one) for one in names.practice.values()))
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
        practice={key: _quiz(names.practice[key], usual="") for key in sorted(names.practice)},
        lesson_files=[lesson.file for lesson in written],
        library=LibraryFile(),
        lessons=written,
        questions=_questions(asked | set(names.questions)),
    )
    return Written(module, names.contents(), names.left_out, names.media(), names.played())


@dataclass(slots=True)
class _Names:
    """What a block names by its row, by the name that files have for it."""

    slug: str
    images: dict[int, str] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)
    interactive: dict[int, str] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)
    practice: dict[str, Quiz] = field(default_factory=dict)
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

    def figure(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """A figure with its image's name; labels only where the drawing itself says others."""
        image = get_image_model().objects.get(pk=value["image"])
        drawing = drawing_of(image.file.name, image.file_hash) if image.is_svg() else None
        own = drawing is not None and list(drawing.labels) == value.get("labels")
        labels = [] if own else value.get("labels") or []
        return {**value, "image": self.image(image.pk), "labels": labels}

    def document(self, pk: int | None) -> str:
        """The file's name, the same for the same file; none twice."""
        if pk is None:
            return ""
        if pk not in self.documents:
            loaded = LoadedDocument.objects.filter(document=pk).first()
            document = get_document_model().objects.get(pk=pk)
            suffix = PurePath(document.file.name).suffix
            name = PurePath(loaded.key).name if loaded else f"{slugify(document.title)}{suffix}"
            if name in self.documents.values():
                name = f"{PurePath(name).stem}-{pk}{suffix}"
            self.documents[pk] = name
        return self.documents[pk]

    def recording(self, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """A film or a recording with the names of its files."""
        named = {name: self.document(value.get(name)) for name in MEDIA_FIELDS[kind]}
        poster = value.get("poster")
        return {**value, **named, "poster": self.image(poster) if poster else ""}

    def content(self, pk: int) -> str:
        """The folder of a content that plays, the same for the same content; none twice."""
        if pk not in self.interactive:
            content = H5PContent.objects.exclude(current=None).get(pk=pk)
            name = folder_name(content, self.slug)
            taken = name in self.interactive.values()
            self.interactive[pk] = f"{name}-{pk}" if taken else name
        return self.interactive[pk]

    def quiz(self, pk: int) -> str:
        """The key of a quiz to practise on, which begins with the module's."""
        quiz = Quiz.objects.get(pk=pk)
        key = quiz.key if quiz.key.startswith(f"{self.slug}-") else f"{self.slug}-{quiz.key}"
        self.practice[key] = quiz
        return key

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

    def played(self) -> dict[str, bytes]:
        """The files of contents that play, by their path in h5p/; never libraries."""
        found = H5PContent.objects.select_related("current__tree").in_bulk(list(self.interactive))
        return {
            f"{name}/{path}": read
            for pk, name in self.interactive.items()
            for path, read in folder_files(found[pk]).items()
        }

    def media(self) -> dict[str, bytes]:
        """The films' and recordings' files, by name."""
        found = get_document_model().objects.in_bulk(list(self.documents))
        read = {}
        for pk, name in self.documents.items():
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
        try:
            yield BlockFile(kind, _named(kind, value, names), file)
        except ObjectDoesNotExist:  # what it shows is deleted: readers see nothing of it either
            names.left_out.append(_("%(file)s: the block %(kind)s") % {"file": file, "kind": kind})


def _named(kind: str, value: Any, names: _Names) -> Any:
    """A block's value with what it chooses by name."""
    if kind == "figure":
        return names.figure(value)
    if kind in MEDIA_FIELDS:
        return names.recording(kind, value)
    if kind == "check":
        return {"question": names.question(value["question"])}
    if kind == "quiz":
        return {"quiz": names.quiz(value["quiz"])}
    if kind == "interactive":
        return {**value, "content": names.content(value["content"])}
    return value


def _quiz(quiz: Quiz, *, usual: str) -> QuizFile:
    parts = [
        Asked(question=part.question.key)
        if part.question
        else Asked(tags=tuple(part.tag_names), draw=part.draw or 0)
        for part in quiz.parts.select_related("question")
    ]
    title = "" if quiz.title == usual else quiz.title
    return QuizFile(title=title, parts=parts, shuffle=quiz.shuffle, settings=quiz.settings)


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
        for question in Question.objects.filter(pk__in=keys)
    ]
