"""Every working day before seven: whom the rule writes to today, gathered to one mail each.

People are gone through in order of their keys, some thousands at a time. Each such part is one
transaction that also says how far it has come: whoever dies on the way is followed by somebody who
goes on there. At the same time what the week ahead will bring is counted, for the pages.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from foundation.intervals import STOCKHOLM
from foundation.outbox import HandedBack, put
from foundation.stopping import stopping
from tracking.organisation.models import Person
from tracking.reminders.actions import hold, put_batch
from tracking.reminders.hours import is_working_day, leaves_at
from tracking.reminders.models import (
    Kind,
    Reminder,
    ReminderBatch,
    ReminderLine,
    ReminderRun,
    SilentTarget,
    State,
    Why,
)
from tracking.reminders.people import Addressee, addressees
from tracking.reminders.timing import AHEAD, STEPS, Ending, Told, lines_on
from tracking.status.engine import ground_at
from tracking.status.known import Known
from tracking.status.rules import Status, TargetRow
from tracking.status.soon import ending_soon
from tracking.targets.models import Level

GATHER = "tracking.gather_reminders"
PEOPLE_AT_ONCE = 2000
MAILS_AT_ONCE = 200
WEEK = 7
# What waits longer than this has been given up: then the rule may write again.
GIVEN_UP_AFTER = timedelta(days=3)

Lines = list[tuple[Ending, int]]


@dataclass(slots=True)
class Coming:
    """What the rule will bring in the week after a day, as everything stands now."""

    mails: int = 0
    days: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)
    named: list[tuple[int, date, Lines]] = field(default_factory=list)

    def add(self, person: int, day: date, lines: Lines) -> None:
        """A mail of that week, to the person with this key."""
        self.mails += 1
        self.days[day.isoformat()] += 1
        self.targets.update({ending.target for ending, _step in lines})
        self.named.append((person, day, lines))


@transaction.atomic
def begin(*, now: datetime) -> ReminderRun | None:
    """Begin the day's round, or go on with it; none on a day off, or without a mail server."""
    day = now.astimezone(STOCKHOLM).date()
    if not settings.MAIL_IS_SET_UP or not is_working_day(day):
        return None
    late = Reminder.objects.filter(state=State.WAITING, day__lt=day - GIVEN_UP_AFTER)
    late.update(state=State.FAILED)
    total = Person.objects.filter(pseudonymised_on=None).count()
    run, _new = ReminderRun.objects.get_or_create(
        kind=Kind.RULE, day=day, defaults={"began_at": now, "total": total}
    )
    if run.ended_at is None:
        put(GATHER, key=f"gather-{day}", run=run.pk)
    return run


def gather(run: int, *, now: datetime) -> None:
    """Go through everybody who is left; what a part has written stays, however this ends."""
    while step(run, now=now):
        if stopping.is_set():
            raise HandedBack


@transaction.atomic
def step(run: int, *, now: datetime) -> bool:
    """The next part of a round; False when it is over."""
    found = ReminderRun.objects.select_for_update().filter(pk=run, ended_at=None).first()
    if found is None:
        return False
    people = _next_people(found.after)
    if not people or now.astimezone(STOCKHOLM).date() != found.day:  # a new day has its own round
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        return False
    today, coming = plan(people, on=found.day)
    if today:
        hold(sorted(today))  # and look again: somebody may have written to them meanwhile
        again, _coming = plan(sorted(today), on=found.day)
        found.mails += _write(found, again, now)
    found.after, found.seen = people[-1], found.seen + len(people)
    found.coming = _added(found.coming, coming)
    found.save(update_fields=["after", "seen", "mails", "coming"])
    return True


@transaction.atomic
def count_coming(*, on: date, now: datetime) -> ReminderRun:
    """A round that writes nothing: what the week after the day would bring, for the pages."""
    total = Person.objects.filter(pseudonymised_on=None).count()
    run, is_new = ReminderRun.objects.get_or_create(
        kind=Kind.RULE, day=on, defaults={"began_at": now, "ended_at": now, "total": total}
    )
    while is_new and (people := _next_people(run.after)):
        _today, coming = plan(people, on=on)
        run.after, run.seen = people[-1], run.seen + len(people)
        run.coming = _added(run.coming, coming)
    run.save()
    return run


def plan(people: Sequence[int], *, on: date, ahead: int = WEEK) -> tuple[dict[int, Lines], Coming]:
    """What the rule writes to these people (keys, in order) on the day, and in the days after it.

    Some ten queries. On a day off nothing is written on the day itself.
    """
    targets = _targets(on)
    last = on + timedelta(days=STEPS[0] + AHEAD + ahead)
    endings: dict[int, list[tuple[Ending, bool]]] = defaultdict(list)
    for one in ending_soon(people=people, as_of=on, through=last):
        target = targets.get(one.target)
        if target is not None:
            why = Why.EXPIRES if one.status is Status.DONE else Why.DUE
            optional = target.level != Level.SHALL
            endings[one.person].append((Ending(one.target, why, one.until), optional))
    today: dict[int, Lines] = {}
    coming = Coming()
    days = [on + timedelta(days=number) for number in range(ahead + 1)]
    for person, who in _people(sorted(endings), on).items():
        asked = [one for one, optional in endings[person] if who.wants_optional or not optional]
        for day, lines in _mails(who, asked, days):
            if day == on:
                today[person] = lines
            else:
                coming.add(person, day, lines)
    return today, coming


def _people(people: Collection[int], on: date) -> dict[int, Addressee]:
    found = addressees(people, on) if people else {}
    return {pk: who for pk, who in found.items() if who.email and not who.bounces}


def _mails(who: Addressee, endings: list[Ending], days: list[date]) -> list[tuple[date, Lines]]:
    """The mails of these days, each as if those before it had been sent."""
    told, found = who.told, []
    for day in days:
        lines = lines_on(day, endings, told, who.leaves) if is_working_day(day) else []
        if lines:
            found.append((day, lines))
            told = _and_then(told, lines, day)
    return found


def _and_then(told: Told, lines: Lines, day: date) -> Told:
    steps = dict(told.steps) | {ending.key: step for ending, step in lines}
    targets = dict(told.targets) | {ending.target: day for ending, _step in lines}
    return replace(told, steps=steps, targets=targets, last=day)


def _targets(on: date) -> dict[str, TargetRow]:
    """Those the rule reminds of: in force, more than offered, and not turned off."""
    silent = set(SilentTarget.objects.values_list("target_code", flat=True))
    targets = ground_at(on, Known.through(None)).targets
    return {
        row.code: row for row in targets if row.level != Level.OFFERED and row.code not in silent
    }


def _next_people(after: int) -> list[int]:
    there = Person.objects.filter(pseudonymised_on=None, pk__gt=after).order_by("pk")
    return list(there.values_list("pk", flat=True)[:PEOPLE_AT_ONCE])


def _write(run: ReminderRun, mails: Mapping[int, Lines], now: datetime) -> int:
    """The mails as rows, some hundreds to a batch, each batch with its row of the outbox."""
    keys = sorted(mails)
    leaves = leaves_at(now)
    day = leaves.astimezone(STOCKHOLM).date()
    for at in range(0, len(keys), MAILS_AT_ONCE):
        some = keys[at : at + MAILS_AT_ONCE]
        batch = ReminderBatch.objects.create(
            key=f"{Kind.RULE}:{run.pk}:{some[0]}",
            kind=Kind.RULE,
            created_at=now,
            leaves_at=leaves,
        )
        written = Reminder.objects.bulk_create(
            Reminder(batch=batch, person_id=person, kind=Kind.RULE, made_on=run.day, day=day)
            for person in some
        )
        ReminderLine.objects.bulk_create(
            ReminderLine(
                reminder=mail,
                person_id=mail.person_id,
                target_code=ending.target,
                why=ending.why,
                until=ending.until,
                step=step,
            )
            for mail in written
            for ending, step in mails[mail.person_id]
        )
        put_batch(batch)
    return len(keys)


def _added(kept: dict[str, object], coming: Coming) -> dict[str, object]:
    """The counts of the rounds' parts so far, with this one's."""
    added: dict[str, object] = {"mails": coming.mails}
    before = kept.get("mails")
    if isinstance(before, int):
        added["mails"] = before + coming.mails
    for name, counts in (("days", coming.days), ("targets", coming.targets)):
        held = kept.get(name)
        added[name] = dict(counts + Counter(held if isinstance(held, dict) else {}))
    return added
