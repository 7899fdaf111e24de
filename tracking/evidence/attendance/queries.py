"""Whom attendance can be recorded of, and what was recorded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from foundation.sorting import swedish
from tracking.evidence.attendance.actions import TAKEN_ELSEWHERE
from tracking.evidence.attendance.models import Attendance
from tracking.ledger.models import Completion, CompletionSource, Course
from tracking.organisation.models import Employment, Person
from tracking.organisation.rules import PersonScope

# As many as one can go through on a page; a larger unit is taken a part at a time.
MOST_LISTED = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the list."""

    person: Person
    position: str
    latest: Completion | None  # the latest time they took the course, before or after the day
    has_it: bool  # their attendance that very day is recorded already


def courses_elsewhere() -> list[Course]:
    """Courses of the catalogue that are not taken here, by name."""
    found = Course.objects.known_now().filter(form__in=TAKEN_ELSEWHERE)
    return sorted(found, key=lambda course: swedish(course.name))


def units_to_choose(scope: PersonScope, unit: str) -> list[tuple[str, str]]:
    """Code and name of every unit whose staff the reader may list: their own, whole.

    Somebody who sees everybody came with a unit: that one and those below it.
    """
    tops = scope.managed or ((unit,) if unit and scope.sees_staff_of(unit) else ())
    if unit and not any(unit in scope.tree.subtree(top) for top in tops):
        tops = (*tops, unit) if scope.sees_staff_of(unit) else tops
    listed: list[tuple[str, str]] = []
    for top in tops:
        if top in scope.tree.units:
            _unfold(scope, top, 0, listed)
    return listed


def _unfold(scope: PersonScope, code: str, depth: int, listed: list[tuple[str, str]]) -> None:
    listed.append((code, "\u2003" * depth + scope.tree.units[code].name))
    for child in scope.tree.children(code):
        _unfold(scope, child, depth + 1, listed)


def staff_of(
    scope: PersonScope, unit: str, *, only: Collection[UUID] = ()
) -> list[tuple[Person, str]]:
    """People employed today in the unit or below whom the reader sees by name, and their role.

    Never the reader, who can't record themself. `only`: of these alone (public ids).
    """
    codes = scope.tree.counting_in(scope.tree.subtree(unit))
    held = Employment.objects.known_now().on(scope.on).select_related("person")
    if codes is not None:
        held = held.filter(unit_code__in=codes)
    if only:
        held = held.filter(person__public_id__in=only)
    found: dict[int, tuple[Person, str]] = {}
    for one in held.order_by("valid_from", "pk"):
        if scope.sees(one.person_id) and one.person_id != scope.roles.person:
            found.setdefault(one.person_id, (one.person, one.position))
    return sorted(found.values(), key=lambda row: _by_name(row[0]))


def _by_name(person: Person) -> tuple[object, ...]:
    return swedish(person.last_name), swedish(person.first_name), person.pk


def candidates(staff: Collection[tuple[Person, str]], course: str, on: date) -> list[Candidate]:
    """The same people, each with how they stand on the course. One query."""
    latest: dict[int, Completion] = {}
    has_it: set[int] = set()
    people = [person.pk for person, _position in staff]
    taken = Completion.objects.known_now().filter(person__in=people, course_code=course)
    for one in taken.order_by("on"):
        latest[one.person_id] = one
        if one.on == on and one.source == CompletionSource.ATTENDANCE:
            has_it.add(one.person_id)
    return [
        Candidate(person, position, latest.get(person.pk), person.pk in has_it)
        for person, position in staff
    ]


def recorded_by(scope: PersonScope, user: int, unit: str) -> QuerySet[Attendance]:
    """One's own recordings; to somebody who sees everybody all of the unit, or all there are."""
    found = Attendance.objects.all()
    if not scope.everyone:
        found = found.filter(recorded_by=user)
    elif unit:
        found = found.filter(unit_code__in=scope.tree.subtree(unit) | {unit})
    return (
        found.annotate(
            new=Count("attended", filter=Q(attended__is_new=True)), named=Count("attended")
        )
        .select_related("recorded_by__person", "withdrawn_by__person")
        .order_by("-recorded_at", "-pk")
    )
