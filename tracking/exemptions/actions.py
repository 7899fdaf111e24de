"""The only ways a manager records, ends or withdraws an exemption. Each done twice is done once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from foundation.cells import Fault
from foundation.facts import close_batch, open_batch, take_batch_lock
from foundation.intervals import exclusive, half_open
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.exemptions.rules import Asked, ExemptionRefused, faults_of_period
from tracking.organisation.models import DutyRole, Person, User
from tracking.targets.models import Exemption, Target


@dataclass(frozen=True, slots=True)
class Recorded:
    """The exemptions that stand now: those this call brought, and those known already."""

    brought: list[Exemption]
    known: list[Exemption]


@transaction.atomic
def record_exemptions(
    *, people: Collection[Person], asked: Asked, unit: str, actor: User, on: date
) -> Recorded:
    """Exempt these people from a target: all of them, or nobody. `on`: the day it is judged.

    `people` are the actor's own staff, by the gate that let the actor in. Raises ExemptionRefused.
    """
    take_batch_lock()
    faults = faults_of_period(asked.first, asked.last, on)
    if not Target.objects.known_now().filter(code=asked.target).exists():
        faults.append(Fault("mal", asked.target, gettext("the code of a known target")))
    if any(person.user_id == actor.pk for person in people):
        faults.append(Fault("person", "", gettext("somebody else than yourself")))
    known, overlapping = _those_known(people, asked)
    if faults or overlapping:
        raise ExemptionRefused(faults + overlapping)
    new = [person for person in people if person.pk not in {one.person_id for one in known}]
    if not new:
        return Recorded([], known)
    batch = open_batch(origin="exemption recorded", actor=actor)
    brought = [
        Exemption.objects.create(
            person=person,
            target_code=asked.target,
            valid_from=asked.first,
            valid_to=exclusive(asked.last),
            reason=asked.reason,
            batch_in=batch,
        )
        for person in new
    ]
    close_batch(batch, brought=len(brought), people=[person.pk for person in new])
    _log(AuditEvent.EXEMPTION_RECORDED, actor, unit, brought)
    return Recorded(brought, known)


@transaction.atomic
def end_exemption(*, exemption: Exemption, last_day: date, unit: str, actor: User) -> bool:
    """It holds through `last_day` and no longer; whether this call made it so.

    Raises ExemptionRefused for a day that is not earlier than the last one now, or is before the
    first.
    """
    take_batch_lock()
    present = _present(exemption)
    if present is None:
        return False
    end = exclusive(last_day)
    if present.valid_to == end:
        return False
    if last_day < present.valid_from:
        expected = gettext("a day on or after fran (%(day)s)") % {"day": present.valid_from}
        raise ExemptionRefused([Fault("till", last_day.isoformat(), expected)])
    until = present.interval.last_day
    if until is not None and last_day > until:
        expected = gettext("a day before %(day)s, when it ends anyway") % {"day": until}
        raise ExemptionRefused([Fault("till", last_day.isoformat(), expected)])
    batch = open_batch(origin="exemption ended", actor=actor)
    Exemption.objects.filter(pk=present.pk).update(batch_out=batch)
    ended = Exemption.objects.create(
        person_id=present.person_id,
        target_code=present.target_code,
        valid_from=present.valid_from,
        valid_to=end,
        reason=present.reason,
        batch_in=batch,
    )
    close_batch(batch, brought=1, taken_away=1, people=[present.person_id])
    _log(AuditEvent.EXEMPTION_ENDED, actor, unit, [ended])
    return True


@transaction.atomic
def withdraw_exemption(*, exemption: Exemption, unit: str, actor: User) -> bool:
    """From now on it is known never to have been; whether this call made it so."""
    take_batch_lock()
    present = _present(exemption)
    if present is None or present.pk != exemption.pk:
        return False
    batch = open_batch(origin="exemption withdrawn", actor=actor)
    Exemption.objects.filter(pk=present.pk).update(batch_out=batch)
    close_batch(batch, taken_away=1, people=[present.person_id])
    _log(AuditEvent.EXEMPTION_WITHDRAWN, actor, unit, [present])
    return True


def _those_known(people: Collection[Person], asked: Asked) -> tuple[list[Exemption], list[Fault]]:
    """The very same that are known already; and what is wrong with the others that share a day."""
    wanted = half_open(asked.first, asked.last)
    names = {person.pk: person.full_name or person.person_id for person in people}
    there = Exemption.objects.known_now().filter(person__in=names, target_code=asked.target)
    known, faults = [], []
    expected = gettext("days that no exemption from the target covers already")
    for one in there.order_by("valid_from"):
        if one.interval == wanted and one.reason == asked.reason:
            known.append(one)
        elif one.interval.start < wanted.end and wanted.start < one.interval.end:
            until = one.interval.last_day
            value = f"{names[one.person_id]}: {one.valid_from} – {until or ''}".strip()
            faults.append(Fault("fran", value, expected))
    return known, faults


def _present(exemption: Exemption) -> Exemption | None:
    """What is known now of the same exemption."""
    found: Exemption | None = (
        Exemption.objects.known_now()
        .filter(
            person_id=exemption.person_id,
            target_code=exemption.target_code,
            valid_from=exemption.valid_from,
        )
        .first()
    )
    return found


def _log(event: AuditEvent, actor: User, unit: str, about: list[Exemption]) -> None:
    """The reason is not in the log: it is somebody's own words."""
    one = about[0]
    last = one.interval.last_day
    record(
        event,
        actor=actor,
        about=[exemption.person_id for exemption in about],
        unit=unit,
        detail={
            "roll": DutyRole.MANAGER,
            "mal": one.target_code,
            "fran": one.valid_from.isoformat(),
            "till": last.isoformat() if last else "",
        },
    )
