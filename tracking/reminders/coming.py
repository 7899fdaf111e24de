"""What the rule is about to do: to one's own people by name, to the city in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.sorting import swedish
from tracking.organisation.models import Person
from tracking.reminders.gathering import plan
from tracking.reminders.models import Kind, ReminderRun, SilentTarget
from tracking.status.engine import ground_at
from tracking.status.known import Known
from tracking.targets.models import Level


@dataclass(frozen=True, slots=True)
class ComingMail:
    """A mail somebody will get, as everything stands now."""

    person: Person
    day: date
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuledTarget:
    """A target with its rule: whether it reminds, and how many it will remind in the week."""

    code: str
    name: str
    is_optional: bool
    reminds: bool
    mails: int


def coming_mails(people: Sequence[int], *, on: date) -> list[ComingMail]:
    """The rule's mails to these people (keys) from the day through the week that follows."""
    if not people:
        return []
    today, coming = plan(sorted(people), on=on)
    mails = [(person, on, lines) for person, lines in today.items()] + coming.named
    named = Person.objects.in_bulk({person for person, _day, _lines in mails})
    names = {row.code: row.name for row in ground_at(on, Known.through(None)).targets}
    found = [
        ComingMail(named[person], day, tuple(names[ending.target] for ending, _step in lines))
        for person, day, lines in mails
    ]
    return sorted(found, key=lambda one: (one.day, swedish(one.person.full_name), one.person.pk))


def latest_round() -> ReminderRun | None:
    """The rule's last round, or the one under way."""
    return ReminderRun.objects.filter(kind=Kind.RULE).order_by("-day").first()


def ruled_targets(run: ReminderRun | None, *, on: date) -> list[RuledTarget]:
    """Every target that somebody can be late for, by name."""
    silent = set(SilentTarget.objects.values_list("target_code", flat=True))
    counts = run.coming.get("targets", {}) if run else {}
    rows = [row for row in ground_at(on, Known.through(None)).targets if row.level != Level.OFFERED]
    return [
        RuledTarget(
            row.code,
            row.name,
            row.level != Level.SHALL,
            row.code not in silent,
            counts.get(row.code, 0) if row.code not in silent else 0,
        )
        for row in sorted(rows, key=lambda row: (row.level != Level.SHALL, swedish(row.name)))
    ]
