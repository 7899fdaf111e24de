"""What of playing is disposed of: what was reported and how far somebody came, after a while.

Where somebody stands is kept with their account, as progress in lessons is: it is what a lesson's
demands were met by.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.h5p.results.actions import erase
from courses.h5p.results.models import H5PLaunch, H5PState, H5PStatement
from tracking.organisation.models import Person, User
from tracking.retention.people import register_trace
from tracking.retention.rules import Disposed, Rule, midnight, register


def register_rules() -> None:
    """Add them; called once, when the app is ready."""
    register(REPORTED, STATES)
    register_trace(forget_playing)


def forget_playing(user: User, _pseudonym: str) -> None:
    """All of it: it is nobody's any more."""
    erase(user=user)


def _opened(before: date) -> QuerySet[H5PLaunch]:
    return H5PLaunch.objects.filter(opened_at__lt=midnight(before))


def _drop_reported(before: date, limit: int) -> Disposed:
    some = list(_opened(before).order_by("pk").values_list("pk", "user_id")[:limit])
    keys = [pk for pk, _user in some]
    H5PStatement.objects.filter(launch__in=keys).delete()
    H5PLaunch.objects.filter(pk__in=keys).delete()
    return Disposed(len(keys), _people(user for _pk, user in some))


def _saved(before: date) -> QuerySet[H5PState]:
    return H5PState.objects.filter(made_at__lt=midnight(before))


def _drop_states(before: date, limit: int) -> Disposed:
    some = list(_saved(before).order_by("pk").values_list("pk", "user_id")[:limit])
    H5PState.objects.filter(pk__in=[pk for pk, _user in some]).delete()
    return Disposed(len(some), _people(user for _pk, user in some))


def _people(users: Iterable[int]) -> frozenset[int]:
    found = Person.objects.filter(user_id__in=set(users))
    return frozenset(found.values_list("pk", flat=True))


REPORTED = Rule(
    "h5p-utsagor",
    _("What interactive content reported of those who used it"),
    12,
    lambda before: _opened(before).count(),
    _drop_reported,
)
STATES = Rule(
    "h5p-lagen",
    _("How far somebody came in interactive content"),
    12,
    lambda before: _saved(before).count(),
    _drop_states,
)
