"""Brings modules from files into Wagtail; what was edited here since is left as it is."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.modules.bringing import bring
from courses.modules.files import ModuleFiles
from courses.modules.groundwork import lay_groundwork
from courses.modules.interactive import load_interactive
from courses.modules.library import load_library
from courses.modules.models import LoadedImage
from courses.modules.recordings import load_media
from courses.modules.report import Fate, Report
from courses.modules.stream import Loaded, LoadedFigure, body_of, chosen, stream_of
from courses.modules.texts import COURSE, QUIZ, lesson_key, practice_key, question_key, told_apart
from courses.pages.drawings import read_drawing
from courses.pages.models import CoursePage, LessonPage
from courses.sources.queries import current_library
from foundation.problems import FilesRefused, Problem
from quizzes.bank.actions import load_question, load_quiz
from quizzes.bank.models import Question, Quiz

Rows = Mapping[str, tuple[str, int]]


@transaction.atomic
def load_module(module: ModuleFiles, *, now: datetime) -> Report:
    """Create or update the module's pages, questions, quiz and images, and publish them.

    The same files loaded twice change nothing the second time. Raises FilesRefused, with nothing
    written, when what stands here already makes it impossible.
    """
    report = Report(module.title, module.code)
    catalogue = lay_groundwork()
    sources = _sources(module)
    images = _load_images(module, report)
    documents = load_media(module, report)
    contents = load_interactive(module, report, now=now)
    try:
        questions = _load_questions(module, report)
        quiz = _load_quiz(module, report)
        practice = _load_practice(module, report)
        course = _load_course(module, catalogue, quiz, sources, report)
        if course is not None:
            chosen_by = Loaded(images, documents, contents, questions, practice)
            _load_lessons(module, course, chosen_by, sources, report)
            report.apart = told_apart(module, course, report)
    except ValidationError as error:
        said = "; ".join(error.messages)
        raise FilesRefused(
            [Problem(module.folder.name, "", said, _("content that can be published here"))]
        ) from error
    return report


def _sources(module: ModuleFiles) -> Rows:
    """Where the sources are that the module names; brought in when there are any missing."""
    named = set(module.sources).union(*(lesson.sources for lesson in module.lessons))
    known = current_library().by_key
    if not named <= known.keys():
        load_library(module.library)
        known = current_library().by_key
    return {key: (known[key].kind, known[key].pk) for key in named}


def _load_images(module: ModuleFiles, report: Report) -> dict[str, LoadedFigure]:
    figures = {}
    for name, alt in module.images().items():
        key = f"{module.slug}/{name}"
        content = (module.folder / "images" / name).read_bytes()
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        row = LoadedImage.objects.select_related("image").filter(key=key).first()
        image = row.image if row else None
        if image is None:
            image, fate = get_image_model()(), Fate.NEW
        elif image.file_hash != row.digest:  # type: ignore[union-attr]
            fate = Fate.KEPT
        else:
            fate = Fate.UNCHANGED if digest == image.file_hash else Fate.UPDATED
        if fate in (Fate.NEW, Fate.UPDATED):
            image.title = f"{module.title}: {name}"[:255]
            image.description = alt[:255]
            image.file = ContentFile(content, name=f"{module.slug}-{name}")
            image.file_size, image.file_hash = len(content), digest
            image.save()
            image.renditions.all().delete()
            LoadedImage.objects.update_or_create(
                key=key, defaults={"image": image, "digest": digest}
            )
        drawing = read_drawing(content)
        figures[name] = LoadedFigure(image.pk, drawing.labels if drawing else ())
        report.met(_("image %(name)s") % {"name": name}, fate)
    return figures


def _load_questions(module: ModuleFiles, report: Report) -> dict[str, int]:
    for question in module.questions:
        outcome = load_question(
            key=question.key,
            content=question.content,
            tags=question.tags,
            difficulty=question.difficulty,
            source=question.source,
            use=question.use,
        )
        name = _("question %(key)s") % {"key": question.key}
        report.met(name, Fate(outcome.value), question_key(question.key))
    keys = [question.key for question in module.questions]
    return dict(Question.objects.filter(key__in=keys).values_list("key", "pk"))


def _load_quiz(module: ModuleFiles, report: Report) -> Quiz | None:
    if module.quiz is None:
        return None
    outcome = load_quiz(
        key=module.slug,
        title=module.quiz_title,
        parts=module.quiz.parts,
        shuffle=module.quiz.shuffle,
        settings=module.quiz.settings,
    )
    report.met(_("the final quiz"), Fate(outcome.value), QUIZ)
    return Quiz.objects.get(key=module.slug)


def _load_practice(module: ModuleFiles, report: Report) -> dict[str, int]:
    for key, quiz in module.practice.items():
        outcome = load_quiz(
            key=key,
            title=quiz.title,
            parts=quiz.parts,
            shuffle=quiz.shuffle,
            settings=quiz.settings,
        )
        report.met(_("the quiz %(key)s") % {"key": key}, Fate(outcome.value), practice_key(key))
    return dict(Quiz.objects.filter(key__in=module.practice).values_list("key", "pk"))


def _load_course(
    module: ModuleFiles, catalogue: Page, quiz: Quiz | None, sources: Rows, report: Report
) -> CoursePage | None:
    fields = {
        "title": module.title,
        "course_code": module.code,
        "summary": module.summary,
        "summary_en": module.summary_en,
        "objectives": stream_of("objective", module.objectives, module.slug),
        "audience": module.audience,
        "prepares_for": module.prepares_for,
        "minutes": module.minutes,
        "authors": ", ".join(module.authors),
        "reviewed_on": module.reviewed_on,
        "reviewer": module.reviewer,
        "content_warning": module.content_warning,
        "sources": chosen([sources[key] for key in module.sources], module.slug),
        "quiz": quiz,
    }
    page, fate = bring(CoursePage, module.slug, module.slug, fields, parent=catalogue)
    report.met(_("the course page"), fate, COURSE)
    return page


def _load_lessons(
    module: ModuleFiles,
    course: CoursePage,
    loaded: Loaded,
    sources: Rows,
    report: Report,
) -> None:
    before: Page | None = None
    for lesson in module.lessons:
        key = f"{module.slug}/{lesson.slug}"
        fields = {
            "title": lesson.title,
            "objective": lesson.objective,
            "minutes": lesson.minutes,
            "body": body_of(lesson, key, loaded),
            "sources": chosen([sources[one] for one in lesson.sources], key),
        }
        page, fate = bring(LessonPage, key, lesson.slug, fields, parent=course, before=before)
        report.met(
            _("the lesson %(title)s") % {"title": lesson.title}, fate, lesson_key(lesson.slug)
        )
        before = page or before
