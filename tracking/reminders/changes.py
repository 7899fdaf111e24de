"""What has happened among a unit's people since a day: who finished, who is late, what runs out.

Two readings of everybody are laid beside each other: how they stood then, as it was known then, and
how they stand now. So a list that came in late shows in the week it came in.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tracking.organisation.models import Person
from tracking.status.computing import computed_table
from tracking.status.queries import status_table
from tracking.status.results import TargetResult
from tracking.status.rules import Status
from tracking.targets.models import Level

PEOPLE_AT_ONCE = 2000
KINDS = ("finished", "overdue", "running_out")


@dataclass(slots=True)
class Changed:
    """People (keys) who changed, by unit and what they did; a unit has all below it."""

    units: dict[str, dict[str, set[int]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, units: frozenset[str], kind: str, person: int) -> None:
        """Somebody did this in these units."""
        for unit in units:
            self.units[unit].setdefault(kind, set()).add(person)

    def of(self, units: frozenset[str], but_for: int) -> dict[str, int]:
        """How many people of these units did what, without one of them; nothing that is none."""
        found = {
            kind: len(set().union(*(self.units[unit].get(kind, ()) for unit in there)) - {but_for})
            for kind in KINDS
            if (there := units & self.units.keys())
        }
        return {kind: count for kind, count in found.items() if count}


def changed_since(*, day: date, batch: int, on: date) -> Changed:
    """Changes from `day`, as known through `batch`, to `on`, as known now.

    Some twenty queries for each two thousand people. Whoever is new in an audience was not there
    to change, and is left out.
    """
    found = Changed()
    for people in _parts():
        now = status_table(as_of=on, persons=people)
        then = computed_table(as_of=day, batch=batch, persons=people)
        before = {(one.person, one.target): one for one in then.results}
        for one in now.results:
            if now.targets[one.target].level == Level.OFFERED:
                continue
            was = before.get((one.person, one.target))
            if was and (kind := _kind(was, one, day, on)):
                paths = (now.units.path(unit) for unit in one.units)
                found.add(frozenset(code for path in paths for code in path), kind, one.person)
    return found


def _parts() -> Iterator[list[int]]:
    after = 0
    while True:
        there = Person.objects.filter(pseudonymised_on=None, pk__gt=after).order_by("pk")
        people = list(there.values_list("pk", flat=True)[:PEOPLE_AT_ONCE])
        if not people:
            return
        yield people
        after = people[-1]


def _kind(then: TargetResult, now: TargetResult, day: date, on: date) -> str:
    """What somebody did about a target; empty when it is nothing a manager asks about."""
    if now.status is Status.DONE and then.status is not Status.DONE:
        return "finished"
    if now.status is Status.OVERDUE and then.status is not Status.OVERDUE:
        return "overdue"
    if now.expires_soon(on) and not then.expires_soon(day):
        return "running_out"
    return ""
