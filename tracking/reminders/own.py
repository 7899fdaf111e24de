"""A manager's own reminder: who of those chosen gets which mail, who is left out, and why."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from foundation.sorting import swedish
from tracking.organisation.models import Employment, Person
from tracking.organisation.rules import PersonScope
from tracking.reminders.models import LeftOut
from tracking.reminders.people import Addressee, addressees
from tracking.reminders.standing import NOWHERE, Line, standings, what_to_say

# At once; more are asked for unit by unit.
MOST = 200


@dataclass(frozen=True, slots=True)
class Planned:
    """Somebody who gets a mail, and what it says."""

    who: Addressee
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Omitted:
    """Somebody who gets none, and why; only people the asker sees by name."""

    who: Addressee
    reason: LeftOut


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen. `unnamed`: how many are left out whom nobody is told the name of."""

    planned: tuple[Planned, ...]
    omitted: tuple[Omitted, ...]
    unnamed: dict[LeftOut, int]

    @property
    def left_out(self) -> dict[str, int]:
        """How many, by reason."""
        counts = Counter(str(one.reason) for one in self.omitted)
        counts.update({str(reason): number for reason, number in self.unnamed.items()})
        return dict(sorted(counts.items()))


def chosen_people(scope: PersonScope, chosen: Sequence[UUID]) -> tuple[list[int], Plan]:
    """Keys of those chosen whom the asker may remind, and the plan that says who may not be."""
    people = dict(Person.objects.filter(public_id__in=chosen).values_list("public_id", "pk"))
    seen = [pk for pk in people.values() if scope.roles.sees_staff and scope.sees(pk)]
    hidden = sum(pk in scope.hidden for pk in people.values())
    outside = len(set(chosen)) - len(seen) - hidden
    unnamed = {LeftOut.PROTECTED: hidden, LeftOut.OUTSIDE: outside}
    return seen, Plan((), (), {reason: count for reason, count in unnamed.items() if count})


def people_of(scope: PersonScope, unit: str) -> list[int]:
    """Keys of those who work in the unit or below it today and whom the asker sees by name.

    Without a unit: in any that they manage.
    """
    inside = scope.tree.subtree(unit) if unit else scope.staffed
    codes = scope.tree.counting_in(inside)
    there = Employment.objects.known_now().on(scope.on)
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    keys = there.values_list("person_id", flat=True).distinct()
    return [pk for pk in keys if scope.sees(pk)]


def plan_own(
    scope: PersonScope,
    people: Collection[int],
    *,
    on: date,
    target: str = "",
    unnamed: dict[LeftOut, int] | None = None,
) -> Plan:
    """Who of these people (keys, all of them the asker's to remind) would get what on the day.

    `target`: of that alone. Some ten queries, however many there are.
    """
    found = addressees(people, on)
    where = standings(list(found), on, [target] if target else None)
    planned, omitted = [], []
    for who in sorted(found.values(), key=lambda one: swedish(one.full_name)):
        if who.pk == scope.roles.person:
            omitted.append(Omitted(who, LeftOut.YOURSELF))
            continue
        lines, reason = what_to_say(who, where.get(who.pk, NOWHERE), on)
        if lines:
            planned.append(Planned(who, lines))
        else:
            omitted.append(Omitted(who, reason))
    return Plan(tuple(planned), tuple(omitted), unnamed or {})
