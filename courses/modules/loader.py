"""Brings modules from files into Wagtail; what was edited here since is left as it is."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.modules.files import ModuleFiles
from courses.modules.groundwork import lay_groundwork
from courses.modules.library import load_library
from courses.modules.markdown import BLOCK_KEY
from courses.modules.models import LoadedImage, LoadedPage
from courses.modules.stream import LoadedFigure, body_of, chosen, stream_of
from courses.pages.citations import as_data
from courses.pages.drawings import read_drawing
from courses.pages.models import CoursePage, LessonPage
from courses.sources.queries import current_library
from foundation.problems import FilesRefused, Problem
from quizzes.bank.actions import load_question, load_quiz
from quizzes.bank.models import Question, Quiz

Rows = Mapping[str, tuple[str, int]]
CAME_LATER = frozenset({"prepares_for", "reviewer", "sources", "summary_en"})


class Fate(StrEnum):
    """What became of a thing that the files have."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # edited here since it was loaded
    REMOVED = "removed"  # deleted here since it was loaded: not brought back
    TAKEN = "taken"  # something that never came from files has its address


@dataclass(slots=True)
class Report:
    """What loading a module did, by name of each thing."""

    title: str
    code: str
    fates: list[tuple[str, Fate]] = field(default_factory=list)

    def counts(self) -> Counter[Fate]:
        """How many things met each fate."""
        return Counter(fate for _name, fate in self.fates)

    def left_alone(self) -> list[tuple[str, Fate]]:
        """Things that are not as the files have them."""
        return [
            (name, fate)
            for name, fate in self.fates
            if fate in (Fate.KEPT, Fate.REMOVED, Fate.TAKEN)
        ]


@transaction.atomic
def load_module(module: ModuleFiles) -> Report:
    """Create or update the module's pages, questions, quiz and images, and publish them.

    The same files loaded twice change nothing the second time. Raises FilesRefused, with nothing
    written, when what stands here already makes it impossible.
    """
    report = Report(module.title, module.code)
    catalogue = lay_groundwork()
    sources = _sources(module)
    images = _load_images(module, report)
    try:
        questions = _load_questions(module, report)
        quiz = _load_quiz(module, report)
        course = _load_course(module, catalogue, quiz, sources, report)
        if course is not None:
            _load_lessons(module, course, images, questions, sources, report)
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
        report.fates.append((_("image %(name)s") % {"name": name}, fate))
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
        report.fates.append((name, Fate(outcome.value)))
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
    report.fates.append((_("the final quiz"), Fate(outcome.value)))
    return Quiz.objects.get(key=module.slug)


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
    page, fate = _bring(CoursePage, module.slug, module.slug, fields, parent=catalogue)
    report.fates.append((_("the course page"), fate))
    return page


def _load_lessons(
    module: ModuleFiles,
    course: CoursePage,
    images: Mapping[str, LoadedFigure],
    questions: Mapping[str, int],
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
            "body": body_of(lesson, key, images=images, questions=questions),
            "sources": chosen([sources[one] for one in lesson.sources], key),
        }
        page, fate = _bring(LessonPage, key, lesson.slug, fields, parent=course, before=before)
        report.fates.append((_("the lesson %(title)s") % {"title": lesson.title}, fate))
        before = page or before


def _bring(
    kind: type[Page],
    key: str,
    slug: str,
    fields: Mapping[str, Any],
    *,
    parent: Page,
    before: Page | None = None,
) -> tuple[Page | None, Fate]:
    """Create or update a page; `before` is the sibling that a new one comes after."""
    row = LoadedPage.objects.select_related("page").filter(key=key).first()
    if row is None:
        if Page.objects.child_of(parent).filter(slug=slug).exists():
            return None, Fate.TAKEN
        return _create(kind, key, slug, fields, parent, before), Fate.NEW
    if row.page is None:
        return None, Fate.REMOVED
    page = row.page.specific
    latest = page.get_latest_revision_as_object()
    if _digest(latest, fields) != row.digest:
        return page, Fate.KEPT
    for name, value in fields.items():
        setattr(latest, name, value)
    present = _digest(latest, fields)
    if present == row.digest:
        return page, Fate.UNCHANGED
    revision = latest.save_revision()
    if page.live:  # what a trainer has taken down stays down
        revision.publish()
    row.digest = present
    row.save(update_fields=["digest"])
    page.refresh_from_db()
    return page, Fate.UPDATED


def _create(
    kind: type[Page],
    key: str,
    slug: str,
    fields: Mapping[str, Any],
    parent: Page,
    before: Page | None,
) -> Page:
    page = kind(slug=slug, live=False, **fields)
    if before is not None and before.get_parent().pk == parent.pk:
        before.refresh_from_db()
        before.add_sibling(pos="right", instance=page)
    else:
        parent.refresh_from_db()
        parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    LoadedPage.objects.create(key=key, page=page, digest=_digest(page, fields))
    return page


def _digest(page: Page, names: Mapping[str, Any]) -> str:
    """Fingerprint of what a page says in these fields; the editor's block names don't count.

    Fields that came later are left out where they are empty, so that the fingerprints from before
    them still fit.
    """
    values = {name: _plain(getattr(page, name)) for name in names}
    said = json.dumps(
        {name: value for name, value in values.items() if value or name not in CAME_LATER},
        sort_keys=True,
    )
    return hashlib.sha256(BLOCK_KEY.sub("", said.replace('\\"', '"')).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, StreamValue):
        return as_data(value)
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value
