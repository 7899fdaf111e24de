"""All that is found on a page, what keeps it from being published first."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.pages.checks.films import missing_captions
from courses.pages.checks.findings import Finding
from courses.pages.checks.headings import misplaced_headings
from courses.pages.checks.images import missing_alternatives
from courses.pages.checks.interactive import unplayable
from courses.pages.checks.links import unclear_links
from courses.pages.checks.places import Place, places, stored_of
from courses.pages.checks.questions import is_silent, quiz_without_feedback
from courses.pages.checks.reading_ease import hard_texts
from courses.pages.checks.review import unreviewed
from courses.pages.checks.sources import uncited
from courses.pages.checks.targets import counts_without_quiz
from courses.pages.checks.time import wrong_time
from courses.pages.models import CoursePage, LessonPage
from quizzes.bank.models import Question, Quiz


class PublishingRefused(ValidationError):
    """The page lacks what nobody may be left without."""

    def __init__(self, page: Page, findings: list[Finding]) -> None:
        super().__init__([finding.says for finding in findings])
        self.page = page
        self.findings = findings


def findings_of(page: Page, *, on: date) -> list[Finding]:
    """What is found on a lesson or a course, a draft of it too; nothing for other pages."""
    found: Iterator[Finding] = iter(())
    if isinstance(page, LessonPage):
        found = _of_lesson(page)
    elif isinstance(page, CoursePage):
        found = _of_course(page, on)
    return sorted(found, key=lambda one: (not one.blocks, one.screen))


def content_of(page: LessonPage) -> list[Place]:
    """The places of a lesson."""
    return list(places(page.body.stream_block, stored_of(page)))


def refuse_what_blocks(page: Page, *, on: date) -> None:
    """Raise PublishingRefused where the page lacks what nobody may be left without."""
    blocking = [finding for finding in findings_of(page, on=on) if finding.blocks]
    if blocking:
        raise PublishingRefused(page, blocking)


def _of_lesson(page: LessonPage) -> Iterator[Finding]:
    content = content_of(page)
    yield from missing_alternatives(content)
    yield from missing_captions(content)
    yield from unplayable(content)
    yield from misplaced_headings(content)
    yield from unclear_links(content)
    yield from hard_texts(content)
    yield from uncited(content)
    yield from wrong_time(content, minutes=page.minutes)
    yield from _questions(content)


def _questions(content: list[Place]) -> Iterator[Finding]:
    """The checks of a lesson, and its quizzes to practise on."""
    for place in content:
        if place.is_empty:
            continue
        if place.kind == "check" and place.name == "question":
            question = Question.objects.filter(pk=place.value).first()
            if question and is_silent(question):
                words = _("The question %(key)s has no feedback that explains.")
                yield Finding(words % {"key": question.key}, place.path, place.screen)
        elif place.kind == "quiz" and place.name == "quiz":
            quiz = Quiz.objects.filter(pk=place.value).first()
            yield from quiz_without_feedback(quiz, path=place.path, screen=place.screen)


def _of_course(page: CoursePage, on: date) -> Iterator[Finding]:
    yield from unreviewed(reviewer=page.reviewer, reviewed_on=page.reviewed_on, on=on)
    yield from quiz_without_feedback(page.quiz, path="quiz")
    yield from counts_without_quiz(course_code=page.course_code, quiz=page.quiz, on=on)
    takes = page.content_minutes() if page.path else page.minutes
    if page.minutes and takes != page.minutes:
        words = _("The course says %(minutes)d minutes; its lessons and quiz take %(takes)d.")
        yield Finding(words % {"minutes": page.minutes, "takes": takes}, "minutes")
