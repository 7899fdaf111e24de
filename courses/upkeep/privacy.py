"""Lessons that were flagged to somebody, told to themself."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.upkeep.models import LessonFlag
from tracking.privacy.sections import Owner, Section, Value, register


def register_sections() -> None:
    """Add it; called once, when the app is ready."""
    register(FLAGS)


def _flags(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = LessonFlag.objects.filter(Q(author=owner.user) | Q(closed_by=owner.user))
    for flag in mine.select_related("lesson", "law").order_by("raised_at", "pk"):
        own = flag.reason if flag.closed_by_id == owner.user.pk else ""
        yield flag.raised_at, str(flag.lesson.title), str(flag.law), flag.closed_at, own


FLAGS = Section(
    "flaggor",
    _("Lessons that were flagged to me because a law was replaced"),
    {
        "tidpunkt": _("moment"),
        "lektion": _("lesson"),
        "lagrum": _("law"),
        "avslutad": _("closed"),
        "skal": _("reason"),
    },
    _flags,
    frozenset({"courses.LessonFlag"}),
)
