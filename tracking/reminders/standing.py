"""What there is to remind somebody of, from where they stand: one reading for every reminder.

The same question is asked when a manager looks at a reminder beforehand, when it is asked for,
and once more when the mail leaves: what has been done meanwhile falls away.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.reminders.models import LeftOut, Why
from tracking.reminders.people import Addressee
from tracking.reminders.timing import is_apart
from tracking.status.queries import TargetResult, status_table
from tracking.status.rules import EXPIRES_SOON_DAYS, Status, TargetRow
from tracking.targets.models import Level


@dataclass(frozen=True, slots=True)
class Line:
    """A target that somebody is to be reminded of."""

    target: str
    name: str  # as the city wrote it, in Swedish
    why: Why
    until: date | None
    status: Status
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One person: what could be said, and how the rest of their targets stand."""

    lines: tuple[Line, ...]
    statuses: frozenset[Status]  # of every target that is more than offered


NOWHERE = Standing((), frozenset())


def line_of(
    result: TargetResult, target: TargetRow, on: date, within: int = EXPIRES_SOON_DAYS
) -> Line | None:
    """What can be said of a result; None of what is exempt or only offered, and of what is reached
    and holds for more than `within` days.
    """
    if target.level == Level.OFFERED:
        return None
    optional = target.level != Level.SHALL
    match result.status:
        case Status.EXEMPT:
            return None
        case Status.DONE:
            why, until = Why.EXPIRES, result.valid_through
            if until is None or until > on + timedelta(days=within):
                return None
        case Status.EXPIRED:
            why, until = Why.EXPIRES, result.valid_through
        case _:
            why, until = Why.DUE, result.due_on
    return Line(target.code, target.name, why, until, result.status, optional)


def standings(
    people: Collection[int],
    on: date,
    targets: Collection[str] | None = None,
    *,
    within: int = EXPIRES_SOON_DAYS,
) -> dict[int, Standing]:
    """Where these people (primary keys) stand on the day, those in no audience left out."""
    table = status_table(as_of=on, persons=people, targets=targets)
    lines: dict[int, list[Line]] = defaultdict(list)
    statuses: dict[int, set[Status]] = defaultdict(set)
    for result in table.results:
        target = table.targets[result.target]
        if target.level == Level.OFFERED:
            continue
        statuses[result.person].add(result.status)
        line = line_of(result, target, on, within)
        if line is not None:
            lines[result.person].append(line)
    return {
        person: Standing(tuple(sorted(lines[person], key=_soonest)), frozenset(found))
        for person, found in statuses.items()
    }


def what_to_say(who: Addressee, where: Standing, on: date) -> tuple[tuple[Line, ...], LeftOut]:
    """The lines a reminder to them on the day may have; without any, why there are none."""
    barred = who.barred(on)
    if barred is not None:
        return (), barred
    if not where.lines:
        return (), _nothing(where.statuses)
    wanted = [one for one in where.lines if who.wants_optional or not one.is_optional]
    if not wanted:
        return (), LeftOut.TURNED_OFF
    fresh = tuple(one for one in wanted if is_apart(who.told.targets.get(one.target), on))
    return fresh, LeftOut.RECENT


def _nothing(statuses: Iterable[Status]) -> LeftOut:
    found = set(statuses)
    if not found:
        return LeftOut.NO_TARGET
    return LeftOut.EXEMPT if found == {Status.EXEMPT} else LeftOut.DONE


def _soonest(line: Line) -> tuple[date, str]:
    return line.until or date.max, line.target
