"""What somebody wrote for their district, told to themself; their name goes with their account."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from courses.local.models import LocalNote
from courses.local.queries import titles_of
from tracking.organisation.models import User
from tracking.privacy.sections import Owner, Section, Value, register
from tracking.retention.people import register_trace


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(NOTES)
    register_trace(forget_author)


def forget_author(user: User, _pseudonym: str) -> None:
    """The district's text stays: it is the district's."""
    LocalNote.objects.filter(written_by=user).update(written_by=None)


def _notes(owner: Owner) -> Iterator[tuple[Value, ...]]:
    written = list(LocalNote.objects.filter(written_by=owner.user).order_by("pk"))
    titles = titles_of({one.lesson_key for one in written})
    for one in written:
        title = str(titles.get(one.lesson_key, one.lesson_key))
        yield one.written_at, title, one.block_key, one.unit_code, one.text


NOTES = Section(
    "sa_gor_vi_har",
    _("What I have written for my district"),
    {
        "tidpunkt": _("moment"),
        "lektion": _("lesson"),
        "plats": _("place"),
        "stadsdel": _("district"),
        "text": _("text"),
    },
    _notes,
    frozenset({"courses.LocalNote"}),
)
