"""Reads: which published page teaches a course, and which screen asks a quiz."""

from collections.abc import Collection

from django.db.models import Case, QuerySet, When
from django.utils.translation import get_language

from courses.pages.models import CourseCode, CoursePage, LessonPage, SupportInformation
from courses.pages.translated import SOURCE
from foundation.prepared import Prepared


def course_pages(codes: Collection[str] | None = None) -> dict[str, CoursePage]:
    """The published pages of courses, by code; a code without a page is left out. Two queries.

    Each in the reader's language where it is in that, else as the source. `codes`: only these
    (None: every course).
    """
    language = get_language() or SOURCE
    owned = CourseCode.objects.all() if codes is None else CourseCode.objects.filter(code__in=codes)
    code_of = dict(owned.values_list("translation_key", "code"))
    pages = (
        CoursePage.objects.live()
        .filter(translation_key__in=code_of, alias_of__isnull=True)
        .filter(locale__language_code__in={language, SOURCE})
        .select_related("quiz", "locale")
        .order_by(Case(When(locale__language_code=language, then=1), default=0))
    )
    return {code_of[page.translation_key]: page for page in pages}


def course_of(lesson: LessonPage) -> CoursePage | None:
    """The published page of a lesson's course, in the reader's language where it is in that."""
    language = get_language() or SOURCE
    pages: QuerySet[CoursePage] = (
        CoursePage.objects.live()
        .exclude(course_code="")
        .filter(translation_key=lesson.get_parent().translation_key)
        .filter(locale__language_code__in={language, SOURCE})
        .select_related("locale")
        .order_by(Case(When(locale__language_code=language, then=0), default=1))
    )
    return pages.first()


def languages_of(page: CoursePage) -> list[str]:
    """The languages it is published in, the source's first."""
    rows = CoursePage.objects.live().filter(translation_key=page.translation_key)
    codes = set(rows.values_list("locale__language_code", flat=True))
    return sorted(codes, key=lambda code: (code != SOURCE, code))


def course_page_for(code: str) -> CoursePage | None:
    """The published page of a course; None when it has none."""
    return course_pages([code]).get(code)


def screen_that_asks(lesson: LessonPage, quiz_id: int) -> int | None:
    """The first screen with this quiz to practise on, counted from 1; None when none has it."""
    for number, screen in enumerate(lesson.body.raw_data, start=1):
        for block in screen["value"]["content"]:
            if block["type"] == "quiz" and block["value"].get("quiz") == quiz_id:
                return number
    return None


_SUPPORT = Prepared(
    lambda: SupportInformation.objects.order_by("-reviewed_on", "-pk").values_list("title", "body")[
        :1
    ]
)


def support_information() -> tuple[str, str] | None:
    """What the support panel says, title and text; None as long as no editor has written it."""
    for title, body in _SUPPORT.rows():
        return title, body
    return None
