"""What somebody did to courses and questions in the Wagtail admin, told to themself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry

from tracking.privacy.sections import Owner, Section, Value, register


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(EDITING)


def _editing(owner: Owner) -> Iterator[tuple[Value, ...]]:
    for log in (PageLogEntry, ModelLogEntry):
        mine = log.objects.filter(user_id=owner.user.pk).order_by("timestamp", "pk")
        for entry in mine:
            yield entry.timestamp, entry.action, str(entry.label)


EDITING = Section(
    "redigering",
    _("What I have done to courses and questions"),
    {"tidpunkt": _("moment"), "handling": _("act"), "titel": _("title")},
    _editing,
    frozenset({"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"}),
)
