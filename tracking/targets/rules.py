"""What a target may say, judged by what else is known; the same for a file and for a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from foundation.cells import Fault
from tracking.ledger.models import Course
from tracking.organisation.models import Unit, UnitKind
from tracking.targets.expressions import parse_audience, parse_courses


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The codes a target may name: courses of the catalogue, units of the organisation."""

    courses: frozenset[str]
    units: frozenset[str]

    @classmethod
    def now(cls) -> Self:
        """As known now. Two queries."""
        courses = Course.objects.known_now().values_list("code", flat=True)
        units = Unit.objects.known_now().values_list("code", flat=True)
        return cls(frozenset(courses), frozenset(units))

    def faults(self, courses: str) -> Iterator[Fault]:
        """The courses nobody knows: a target that needs one could never be reached."""
        for alternative in parse_courses(courses):
            for code in alternative:
                if code not in self.courses:
                    yield Fault("kurser", code, _("the code of a known course"))

    def doubts(self, audience: str) -> Iterator[str]:
        """Units and types nobody knows are taken, and most often are slips of the hand."""
        named = parse_audience(audience)
        by_unit = _("no unit has the code “%(code)s”; it matches nobody")
        by_kind = _("no unit has the type “%(code)s”; it matches nobody")
        for words, unknown in (
            (by_unit, named.named("enhet") - self.units),
            (by_kind, named.named("enhetstyp") - set(UnitKind.values)),
        ):
            for name in sorted(unknown):
                yield words % {"code": name}


class TargetRefused(Exception):
    """What a target says can't be taken; `faults` is everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{one.column}: {one.expected}" for one in self.faults))
