"""What is kept of somebody's way through courses, told to themself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from courses.learning.models import Enrolment, LessonProgress
from courses.pages.models import LessonPage
from tracking.privacy.sections import Owner, Section, Value, register


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(ENROLMENTS, PROGRESS)


def _enrolments(owner: Owner) -> Iterator[tuple[Value, ...]]:
    for one in Enrolment.objects.filter(user=owner.user).order_by("started_at", "pk"):
        yield one.course_code, one.started_at


def _progress(owner: Owner) -> Iterator[tuple[Value, ...]]:
    rows = list(LessonProgress.objects.filter(user=owner.user).order_by("resumed_at", "pk"))
    pages = LessonPage.objects.filter(translation_key__in={row.lesson_key for row in rows})
    titles = dict(pages.values_list("translation_key", "title"))
    for row in rows:
        title = str(titles.get(row.lesson_key, row.lesson_key))
        yield row.course_code, title, row.resume_screen, row.resumed_at, row.completed_at


ENROLMENTS = Section(
    "kurser",
    _("Courses taken here"),
    {"kurs": _("course"), "paborjad": _("started")},
    _enrolments,
    frozenset({"courses.Enrolment"}),
)
PROGRESS = Section(
    "lektioner",
    _("Progress in lessons"),
    {
        "kurs": _("course"),
        "lektion": _("lesson"),
        "skarm": _("screen to go on from"),
        "senast_dar": _("last there"),
        "slutford": _("completed"),
    },
    _progress,
    frozenset({"courses.LessonProgress"}),
)
