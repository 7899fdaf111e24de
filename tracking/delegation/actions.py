"""The only ways a deputy is named here, and the duty ended. Each done twice is done once."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from foundation.cells import Fault
from foundation.facts import close_batch, open_batch, take_batch_lock
from foundation.intervals import exclusive, half_open
from tracking.audit.actions import Actor, record, system_account
from tracking.audit.models import AuditEvent
from tracking.delegation.models import Delegation
from tracking.delegation.rules import DelegationRefused, faults_of_period, own_units
from tracking.organisation.models import Duty, DutyRole, Employment, Person, User
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.rules import stands_in


@transaction.atomic
def name_deputy(
    *,
    manager: Person,
    deputy: Person,
    unit: str,
    first: date,
    last: date,
    actor: User,
    on: date,
    now: datetime,
) -> Delegation:
    """Let `deputy` see the staff of `unit` and below, both days included.

    `deputy` was found by `manager`, who may name them. Raises DelegationRefused.
    """
    take_batch_lock()
    known = (
        _open_ones()
        .filter(manager=manager, deputy=deputy, unit_code=unit, valid_from=first)
        .first()
    )
    if known and _ends(known) == exclusive(last):
        return known
    faults = faults_of_period(first, last, on) + _faults_of_people(manager, deputy, unit, on)
    if not faults:
        faults = _faults_of_others(deputy, unit, first, last)
    if faults:
        raise DelegationRefused(faults)
    batch = open_batch(origin="deputy named", actor=actor)
    Duty.objects.create(
        person=deputy,
        role=DutyRole.DEPUTY,
        unit_code=unit,
        valid_from=first,
        valid_to=exclusive(last),
        batch_in=batch,
    )
    close_batch(batch, brought=1, people=[deputy.pk])
    delegation = Delegation.objects.create(
        manager=manager, deputy=deputy, unit_code=unit, valid_from=first, named_at=now
    )
    _log(AuditEvent.DEPUTY_NAMED, actor, delegation, till=last.isoformat())
    return delegation


@transaction.atomic
def end_delegation(
    *, delegation: Delegation, actor: User | None, on: date, now: datetime, why: str = "avslutat"
) -> bool:
    """The deputy sees nothing more by it, from this moment; whether this call made it so."""
    take_batch_lock()
    held = _open_ones().select_for_update(of=("self",)).filter(pk=delegation.pk).first()
    if held is None:
        return False
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    duty = duty_of(held)
    if duty is None or (duty.valid_to is not None and duty.valid_to <= on):
        return False  # run out, or taken away by a file: there is nothing to end
    batch = open_batch(origin="deputy's duty ended", actor=actor)
    Duty.objects.filter(pk=duty.pk).update(batch_out=batch)
    kept = duty.valid_from < on
    if kept:  # the days before today stay as they were
        Duty.objects.create(
            person_id=duty.person_id,
            role=duty.role,
            unit_code=duty.unit_code,
            valid_from=duty.valid_from,
            valid_to=on,
            batch_in=batch,
        )
    close_batch(batch, brought=int(kept), taken_away=1, people=[duty.person_id])
    who: Actor = actor or system_account()
    _log(AuditEvent.DEPUTY_ENDED, who, held, hur=why)
    return True


def end_outlived(*, on: date, now: datetime) -> int:
    """End those whose manager no longer manages the unit in their own right; how many there were.

    Each by itself, so that one may fail without the others.
    """
    tree = organisation_on(on)
    ended = 0
    for delegation in _open_ones().select_related("manager", "deputy"):
        duty = duty_of(delegation)
        if duty is None or (duty.valid_to is not None and duty.valid_to <= on):
            continue
        if not still_rests(delegation, on, tree):
            ended += end_delegation(
                delegation=delegation, actor=None, on=on, now=now, why="chefens uppdrag upphorde"
            )
    return ended


def still_rests(delegation: Delegation, on: date, tree: OrganisationDay) -> bool:
    """Whether the manager still has the power that was lent."""
    place = stands_in(tree, delegation.unit_code)
    return place is not None and place in own_units(delegation.manager_id, on, tree)


def duty_of(delegation: Delegation) -> Duty | None:
    """The duty known now that it brought."""
    found: Duty | None = (
        Duty.objects.known_now()
        .filter(
            person_id=delegation.deputy_id,
            role=DutyRole.DEPUTY,
            unit_code=delegation.unit_code,
            valid_from=delegation.valid_from,
        )
        .first()
    )
    return found


def _open_ones() -> QuerySet[Delegation]:
    return Delegation.objects.filter(ended_at=None)


def _ends(delegation: Delegation) -> date | None:
    duty = duty_of(delegation)
    return duty.valid_to if duty else None


def _faults_of_people(manager: Person, deputy: Person, unit: str, on: date) -> list[Fault]:
    tree = organisation_on(on)
    faults = []
    if unit not in own_units(manager.pk, on, tree):
        faults.append(Fault("enhet", unit, gettext("a unit you manage yourself today")))
    works = Employment.objects.known_now().on(on).filter(person=deputy)
    if manager.pk == deputy.pk:
        faults.append(Fault("person", "", gettext("somebody else than yourself")))
    elif deputy.protected or not works.exists():
        faults.append(Fault("person", "", gettext("somebody who can be named")))
    return faults


def _faults_of_others(deputy: Person, unit: str, first: date, last: date) -> list[Fault]:
    wanted = half_open(first, last)
    duties = Duty.objects.known_now().filter(person=deputy, role=DutyRole.DEPUTY, unit_code=unit)
    expected = gettext("days on which the person is not a deputy of the unit already")
    return [
        Fault("fran", f"{one.valid_from} – {one.interval.last_day or ''}".strip(), expected)
        for one in duties.order_by("valid_from")
        if one.interval.start < wanted.end and wanted.start < one.interval.end
    ]


def _log(event: AuditEvent, actor: Actor, delegation: Delegation, **more: str) -> None:
    """Both are whom the entry is about."""
    record(
        event,
        actor=actor,
        about=[delegation.manager_id, delegation.deputy_id],
        unit=delegation.unit_code,
        detail={
            "roll": DutyRole.MANAGER,
            "fran": delegation.valid_from.isoformat(),
            **more,
        },
    )
