"""What is kept of somebody's playing, told to themself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from courses.h5p.results.actions import erase
from courses.h5p.results.models import H5PLaunch, H5PResult, H5PState, H5PStatement
from courses.h5p.results.places import title_of
from courses.h5p.results.shares import percent_of
from tracking.organisation.models import User
from tracking.privacy.erasures import Erasure, register_erasure
from tracking.privacy.sections import Owner, Section, Value, register

LONGEST_IN_PDF = 120  # of what a content says to itself; one reads it as data


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(LAUNCHES, RESULTS, STATEMENTS, STATES)
    register_erasure(PLAYING)


def _launches(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = H5PLaunch.objects.filter(user=owner.user).select_related("version")
    titles: dict[str, str] = {}
    for one in mine.order_by("opened_at", "pk"):
        where = titles.setdefault(one.place, title_of(one.place))
        yield one.opened_at, one.version.title, one.version.number, where, str(one.public_id)


def _results(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = H5PResult.objects.filter(user=owner.user).select_related("content")
    for one in mine.order_by("opened_at", "pk"):
        yield (
            one.content.title,
            title_of(one.place),
            one.opened_at,
            one.finished_at,
            one.times,
            one.number,
            None if one.raw is None else f"{one.raw:g}",
            None if one.maximum is None else f"{one.maximum:g}",
            None if one.share is None else percent_of(one.share),
            one.success,
            one.seconds,
        )


def _statements(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = H5PStatement.objects.filter(launch__user=owner.user).select_related("launch")
    for one in mine.order_by("received_at", "pk").iterator():
        yield one.received_at, str(one.launch.public_id), one.verb, one.sub, one.raw


def _states(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = H5PState.objects.filter(user=owner.user).exclude(data="").select_related("version")
    for one in mine.order_by("made_at", "pk"):
        yield one.made_at, one.version.title, title_of(one.place), one.sub, one.kind, one.data


def _kept_of(user: User) -> int:
    return H5PResult.objects.filter(user=user).count() + H5PLaunch.objects.filter(user=user).count()


PLAYING = Erasure(
    "interaktivt-innehall",
    _("Delete my answers in interactive content"),
    _(
        "What you have opened, answered and reached in interactive content goes, and how far you "
        "had come in it. Lessons and courses that you have completed stay completed; a lesson that "
        "waits for something you have done has to be done again."
    ),
    _kept_of,
    lambda user: erase(user=user),
)
LAUNCHES = Section(
    "h5p_oppnat",
    _("Interactive content I have opened"),
    {
        "tidpunkt": _("moment"),
        "innehall": _("content"),
        "version": _("version"),
        "plats": _("place"),
        "nyckel": _("key in addresses"),
    },
    _launches,
    frozenset({"courses.H5PLaunch"}),
)
RESULTS = Section(
    "h5p_resultat",
    _("My results in interactive content, as the content reported them"),
    {
        "innehall": _("content"),
        "plats": _("place"),
        "oppnat": _("first opened"),
        "slutfort": _("first finished"),
        "ganger": _("times finished"),
        "version": _("version"),
        "poang": _("points"),
        "max_poang": _("of points"),
        "procent": _("percent"),
        "godkant": _("passed, it says"),
        "sekunder": _("seconds"),
    },
    _results,
    frozenset({"courses.H5PResult"}),
)
STATEMENTS = Section(
    "h5p_utsagor",
    _("What interactive content reported while I used it"),
    {
        "tidpunkt": _("received"),
        "oppnat": _("what was opened"),
        "verb": _("verb"),
        "del": _("part"),
        "utsaga": _("statement"),
    },
    _statements,
    frozenset({"courses.H5PStatement"}),
    LONGEST_IN_PDF,
)
STATES = Section(
    "h5p_lagen",
    _("How far I have come in interactive content"),
    {
        "tidpunkt": _("saved"),
        "innehall": _("content"),
        "plats": _("place"),
        "del": _("part"),
        "slag": _("kind"),
        "lage": _("state"),
    },
    _states,
    frozenset({"courses.H5PState"}),
    LONGEST_IN_PDF,
)
