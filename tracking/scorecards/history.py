"""What an undertaking has said, change by change, in words."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from foundation.intervals import inclusive
from tracking.scorecards.models import Undertaking
from tracking.scorecards.undertakings import SAID

# Whether something was worked out follows from what it is about.
SHOWN = [name for name in SAID if not name.endswith("_is_inferred")]


class Difference(NamedTuple):
    """A field of an undertaking before and after a change."""

    label: str
    before: str
    after: str


class Change(NamedTuple):
    """A change, the latest first in a page's list."""

    moment: datetime
    reason: str
    differences: list[Difference]


def history_of(undertaking: Undertaking) -> list[Change]:
    """Every change of it, the latest first. One query."""
    changes = list(undertaking.changes.order_by("version"))
    says = [change.said for change in changes]
    says.append({name: getattr(undertaking, name) for name in SAID})
    found = []
    for at, change in enumerate(changes):
        pairs = [(name, says[at].get(name), says[at + 1].get(name)) for name in SHOWN]
        said = [
            Difference(_label(name), _text(name, was), _text(name, is_)) for name, was, is_ in pairs
        ]
        differing = [one for one in said if one.before != one.after]
        found.append(Change(change.changed_at, change.reason, differing))
    return found[::-1]


def _label(name: str) -> str:
    if name == "valid_to":
        return gettext("Through")
    return capfirst(str(Undertaking._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _text(name: str, value: Any) -> str:
    if name in {"valid_from", "valid_to"}:
        day = date.fromisoformat(value) if isinstance(value, str) else value
        if name == "valid_from":
            return swedish_date(day)
        return swedish_date(inclusive(day)) if day else gettext("until further notice")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value or "")
