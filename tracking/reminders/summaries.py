"""Once a week, a mail to managers among whose people something has happened: numbers, no names.

It is made on the first working day of the week. What it compares with is the round before it; a
manager among whose people nothing happened gets nothing, and next week's is still compared with
the week before, so nothing is told twice or missed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from foundation.intervals import STOCKHOLM
from foundation.outbox import put
from tracking.organisation.models import Duty, Employment, Person
from tracking.organisation.queries import organisation_on
from tracking.organisation.roles import MANAGING
from tracking.organisation.rules import stands_in
from tracking.reminders.actions import hold, put_batch
from tracking.reminders.changes import changed_since
from tracking.reminders.hours import is_working_day, leaves_at
from tracking.reminders.models import Kind, Reminder, ReminderBatch, ReminderRun
from tracking.reminders.people import addressees
from tracking.status.kept.following import last_batch

SUMMARISE = "tracking.summarise"
MAILS_AT_ONCE = 200
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Summary:
    """What one manager is told."""

    person: int
    counts: dict[str, int | str]


@transaction.atomic
def begin(*, now: datetime) -> ReminderRun | None:
    """Begin the week's round, or go on with it, on its first working day and no other."""
    day = now.astimezone(STOCKHOLM).date()
    if not settings.MAIL_IS_SET_UP or not is_working_day(day):
        return None
    monday = day - timedelta(days=day.weekday())
    this_week = ReminderRun.objects.filter(kind=Kind.SUMMARY, day__gte=monday)
    run = this_week.order_by("day").first()
    if run is None:
        total = Person.objects.filter(pseudonymised_on=None).count()
        run = ReminderRun.objects.create(
            kind=Kind.SUMMARY, day=day, began_at=now, batch=last_batch(), total=total
        )
    if run.ended_at is None:
        put(SUMMARISE, key=f"summary-{run.day}", run=run.pk)
    return run


def summarise(run: int, *, now: datetime) -> None:
    """Compare, then write; broken off in between, it is compared again and nothing is doubled."""
    found = ReminderRun.objects.filter(pk=run, ended_at=None).first()
    if found is None:
        return
    before = _before(found)
    summaries = _summaries(found, before) if before else []
    _write(found, summaries, now)


def _before(run: ReminderRun) -> ReminderRun | None:
    """What the round is compared with. The first one only begins the counting."""
    earlier = ReminderRun.objects.filter(kind=Kind.SUMMARY, day__lt=run.day, ended_at__isnull=False)
    return earlier.order_by("-day").first()


def _summaries(run: ReminderRun, before: ReminderRun) -> list[Summary]:
    changed = changed_since(day=before.day, batch=before.batch, on=run.day)
    managers = managed_units(run.day)
    found = []
    for person, units in sorted(managers.items()):
        counts: dict[str, int | str] = dict(changed.of(units, but_for=person))
        if counts:
            found.append(Summary(person, counts | {"since": before.day.isoformat()}))
    people = addressees([one.person for one in found], run.day)
    return [
        one
        for one in found
        if (who := people.get(one.person)) and who.wants_summary and who.barred(run.day) is None
    ]


def managed_units(on: date) -> dict[int, frozenset[str]]:
    """The units each manager and deputy answers for, themselves and not those below. Two queries
    beside the organisation.
    """
    tree = organisation_on(on)
    held: dict[int, set[str]] = defaultdict(set)
    employed = Employment.objects.known_now().on(on).filter(is_manager=True)
    duties = Duty.objects.known_now().on(on).filter(role__in=MANAGING)
    for holders in (employed, duties):
        for person, code in holders.values_list("person_id", "unit_code"):
            if place := stands_in(tree, code):
                held[person].add(place)
    return {person: frozenset(units) for person, units in held.items()}


@transaction.atomic
def _write(run: ReminderRun, summaries: list[Summary], now: datetime) -> None:
    """All of them, and the round's end, in one transaction: some hundreds, seldom thousands."""
    held = ReminderRun.objects.select_for_update().filter(pk=run.pk, ended_at=None).first()
    if held is None:
        return
    hold([one.person for one in summaries])
    leaves = leaves_at(now)
    day = leaves.astimezone(STOCKHOLM).date()
    for at in range(0, len(summaries), MAILS_AT_ONCE):
        some = summaries[at : at + MAILS_AT_ONCE]
        batch = ReminderBatch.objects.create(
            key=f"{Kind.SUMMARY}:{run.pk}:{some[0].person}",
            kind=Kind.SUMMARY,
            created_at=now,
            leaves_at=leaves,
        )
        Reminder.objects.bulk_create(
            Reminder(
                batch=batch,
                person_id=one.person,
                kind=Kind.SUMMARY,
                made_on=run.day,
                day=day,
                counts=one.counts,
            )
            for one in some
        )
        put_batch(batch)
    held.ended_at, held.mails, held.seen = now, len(summaries), held.total
    held.save(update_fields=["ended_at", "mails", "seen"])
