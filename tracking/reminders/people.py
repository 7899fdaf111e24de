"""What has to be known of people before a mail to them: few queries, however many they are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from foundation.intervals import FOREVER, Interval
from tracking.organisation.models import Absence, Person
from tracking.reminders.mails import LANGUAGES
from tracking.reminders.models import (
    COUNTING,
    Bounce,
    Kind,
    LeftOut,
    Reminder,
    ReminderLine,
)
from tracking.reminders.timing import APART, Told


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody a mail may go to."""

    pk: int
    public_id: UUID
    first_name: str
    full_name: str
    email: str
    protected: bool
    language: str
    signs_in_here: bool  # with a password of the platform's, not at the employer's
    wants_optional: bool
    wants_summary: bool
    bounces: bool  # mail to their present address came back for good
    leaves: tuple[Interval, ...]  # of any length
    told: Told = field(default_factory=Told)

    def barred(self, on: date) -> LeftOut | None:
        """Why no mail at all may go to them on the day; None when one may."""
        if not self.email:
            return LeftOut.NO_ADDRESS
        if self.bounces:
            return LeftOut.BOUNCED
        if any(leave.covers(on) for leave in self.leaves):
            return LeftOut.LEAVE
        return None


_FIELDS = (
    *("pk", "public_id", "first_name", "last_name", "person_id", "email", "protected"),
    *("user__language", "user__password", "reminder_choice__language"),
    *("reminder_choice__wants_optional", "reminder_choice__wants_summary"),
)


def addressees(
    people: Collection[int], on: date, *, but_for: Collection[int] = ()
) -> dict[int, Addressee]:
    """These people (primary keys) as a mail on the day would meet them. Five queries.

    `but_for`: mails (primary keys) that are not looked at among those they have had: the very
    ones that are about to leave.
    """
    away = _away(people, on)
    bounced = _bounced(people)
    told = _told(people, on, but_for)
    rows = Person.objects.filter(pk__in=people, pseudonymised_on=None).values(*_FIELDS)
    return {
        row["pk"]: _addressee(
            row,
            tuple(away.get(row["pk"], ())),
            bounced.get(row["pk"], set()),
            told.get(row["pk"], Told()),
        )
        for row in rows
    }


def _addressee(
    row: dict[str, Any], leaves: tuple[Interval, ...], bounced: set[str], told: Told
) -> Addressee:
    password = row["user__password"] or "!"
    return Addressee(
        pk=row["pk"],
        public_id=row["public_id"],
        first_name=row["first_name"],
        full_name=f"{row['first_name']} {row['last_name']}".strip() or row["person_id"],
        email=row["email"],
        protected=row["protected"],
        language=_language(row["reminder_choice__language"], row["user__language"]),
        signs_in_here=not password.startswith("!"),
        wants_optional=row["reminder_choice__wants_optional"] is not False,
        wants_summary=row["reminder_choice__wants_summary"] is not False,
        bounces=row["email"].casefold() in bounced,
        leaves=leaves,
        told=told,
    )


def _language(chosen: str | None, account: str | None) -> str:
    """What they chose for mails, else for pages, else the city's."""
    known = (one for one in (chosen, account) if one and one in LANGUAGES)
    return next(known, str(settings.LANGUAGE_CODE))


def _away(people: Collection[int], on: date) -> dict[int, list[Interval]]:
    """Absences that cover the day or come after it."""
    found: dict[int, list[Interval]] = defaultdict(list)
    known = Absence.objects.known_now().filter(person__in=people).exclude(valid_to__lte=on)
    for person, start, end in known.values_list("person_id", "valid_from", "valid_to"):
        found[person].append(Interval(start, end or FOREVER))
    return found


def _bounced(people: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    hard = Bounce.objects.filter(person__in=people, is_hard=True, ended_at=None)
    for person, address in hard.values_list("person_id", "address"):
        found[person].add(address.casefold())
    return found


def _told(people: Collection[int], on: date, but_for: Collection[int]) -> dict[int, Told]:
    """What they have been told: lately of anything, and by rule of what still lies ahead."""
    lately = Reminder.objects.filter(person__in=people).counting(on=on, within=APART)
    last: dict[int, date] = {}
    named = lately.exclude(kind=Kind.SUMMARY).exclude(pk__in=but_for)
    days = dict[int, date]()
    for pk, person, day in named.values_list("pk", "person_id", "day"):
        days[pk] = day
        last[person] = max(day, last.get(person, day))
    lines = ReminderLine.objects.filter(person__in=people, reminder__state__in=COUNTING)
    targets: dict[int, dict[str, date]] = defaultdict(dict)
    steps: dict[int, dict[tuple[str, str, date], int]] = defaultdict(dict)
    # What lies behind is remembered only as long as it was said lately.
    said = lines.exclude(reminder__in=but_for).filter(Q(until__gte=on) | Q(reminder__in=lately))
    columns = ("reminder_id", "person_id", "target_code", "why", "until", "step")
    for reminder, person, target, why, until, step in said.values_list(*columns):
        if reminder in days:
            held = targets[person]
            held[target] = max(days[reminder], held.get(target, days[reminder]))
        if step and until:
            key = (target, why, until)
            steps[person][key] = min(step, steps[person].get(key, step))
    return {
        person: Told(steps.get(person, {}), targets.get(person, {}), last.get(person))
        for person in {*last, *steps, *targets}
    }
