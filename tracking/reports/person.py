"""One person's targets, why each is due, and what they have completed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from foundation.facts import batch_at
from tracking.ledger.models import Completion
from tracking.ledger.queries import completions_of, known_courses
from tracking.organisation.models import Employment, Person
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import PersonScope
from tracking.reports.figures import in_order, level_words
from tracking.reports.staff import URGENCY
from tracking.status.queries import TargetResult, status_table
from tracking.status.rules import TargetRow


@dataclass(frozen=True, slots=True)
class PersonTarget:
    """A target that applies to the person, and the ways to reach it, as course names."""

    target: TargetRow
    result: TargetResult
    expires_soon: bool
    ways: tuple[str, ...]

    @property
    def level(self) -> str:
        """What is less than a requirement, in a word."""
        return level_words(self.target)


@dataclass(frozen=True, slots=True)
class PersonReport:
    """Everything the page says of a person on a day."""

    person: Person
    works: list[tuple[str, str]]  # role, unit's name
    targets: list[PersonTarget]
    completions: list[tuple[Completion, str]]  # with the course's name
    others: list[TargetRow]  # targets in force on the day that do not apply to the person

    @property
    def works_as(self) -> str:
        """Role and unit of each employment, in one line."""
        return " · ".join(", ".join(filter(None, work)) for work in self.works)


def reachable_person(scope: PersonScope, public_id: UUID) -> Person:
    """The person, if the reader may see them by name; otherwise as if there were nobody."""
    person = Person.objects.filter(public_id=public_id).first()
    if person is None or not scope.sees(person.pk):
        raise Http404
    return person


def own_person(scope: PersonScope) -> Person:
    """The reader themself, if HR knows them."""
    if scope.roles.person is None:
        raise Http404
    return Person.objects.get(pk=scope.roles.person)


def person_report(person: Person, as_of: date, known_at: datetime | None = None) -> PersonReport:
    """Where the person stands on `as_of`, as known at `known_at` (None: now)."""
    batch = batch_at(known_at)
    table = status_table(as_of=as_of, known_at=known_at, persons=[person.pk])
    completions = [one for one in completions_of(person, batch) if one.on <= as_of]
    codes = {one.course_code for one in completions}
    codes |= {code for target in table.targets.values() for code in target.course_codes}
    names = {code: course.name for code, course in known_courses(codes, batch).items()}
    targets = [
        PersonTarget(
            table.targets[result.target],
            result,
            result.expires_soon(as_of),
            _ways(table.targets[result.target].courses, names),
        )
        for result in table.results
    ]
    targets.sort(key=lambda one: _urgency(one.result))
    applying = {one.target.code for one in targets}
    return PersonReport(
        person,
        _works(person, as_of, table.units, batch),
        targets,
        [(one, names.get(one.course_code, one.course_code)) for one in completions],
        sorted((row for row in table.targets.values() if row.code not in applying), key=in_order),
    )


def _urgency(result: TargetResult) -> tuple[int, date, str]:
    return URGENCY.index(result.status), result.due_on or date.max, result.target


def _ways(courses: Sequence[Sequence[str]], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(" + ".join(names.get(code, code) for code in way) for way in courses)


def _works(
    person: Person, as_of: date, tree: OrganisationDay, batch: int | None
) -> list[tuple[str, str]]:
    held = Employment.objects.known_by(batch).on(as_of).filter(person=person).order_by("valid_from")
    works = []
    for position, code in held.values_list("position", "unit_code"):
        unit = tree.units.get(tree.place(code) or "")
        works.append((position, unit.name if unit else code))
    return works
