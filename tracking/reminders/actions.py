"""The only ways reminders are asked for, and what is chosen about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.intervals import STOCKHOLM
from foundation.outbox import put
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import DutyRole, Person, User
from tracking.organisation.rules import PersonScope
from tracking.reminders.hours import leaves_at
from tracking.reminders.models import (
    Bounce,
    Kind,
    Reminder,
    ReminderBatch,
    ReminderChoice,
    ReminderLine,
    SilentTarget,
)
from tracking.reminders.own import Plan, chosen_people, plan_own

SEND = "tracking.send_reminders"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a manager asks for. `token`: of the page it was asked on, the same for each press."""

    token: UUID
    unit: str
    people: Sequence[UUID]
    target: str = ""
    own_line: str = ""


@transaction.atomic
def send_own(*, asked: Asked, scope: PersonScope, actor: User, now: datetime) -> ReminderBatch:
    """Put a manager's reminders in the outbox. Asked for twice it is done once.

    Who gets one is judged here anew, with everybody concerned held: two who ask at the same moment
    wait for each other, and the second one finds that it is done.
    """
    key = f"{Kind.MANAGER}:{actor.pk}:{asked.token}"
    done = ReminderBatch.objects.filter(key=key).first()
    if done is not None:
        return done
    keys, nobody = chosen_people(scope, asked.people)
    hold(keys)
    done = ReminderBatch.objects.filter(key=key).first()
    if done is not None:
        return done
    leaves = leaves_at(now)
    on = leaves.astimezone(STOCKHOLM).date()
    plan = plan_own(scope, keys, on=on, target=asked.target, unnamed=nobody.unnamed)
    batch, is_new = ReminderBatch.objects.get_or_create(
        key=key,
        defaults={
            "kind": Kind.MANAGER,
            "sent_by": actor,
            "role": role_of(scope, asked.unit),
            "unit_code": asked.unit,
            "target_code": asked.target,
            "own_line": asked.own_line,
            "left_out": plan.left_out,
            "created_at": now,
            "leaves_at": leaves,
        },
    )
    if is_new:
        _write(batch, plan)
        _log(batch, plan, actor)
    return batch


def hold(people: Sequence[int]) -> None:
    """Hold these people until the transaction ends, so that nobody else plans mails to them.

    In order of their keys, so that nobody waits for somebody who waits for them.
    """
    rows = Person.objects.filter(pk__in=people).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def put_batch(batch: ReminderBatch) -> None:
    """Have the mails leave when they may. Last in the transaction."""
    put(SEND, key=f"reminders-{batch.pk}", not_before=batch.leaves_at, batch=batch.pk)


def _write(batch: ReminderBatch, plan: Plan) -> None:
    day = batch.leaves_at.astimezone(STOCKHOLM).date()
    made = batch.created_at.astimezone(STOCKHOLM).date()
    mails = Reminder.objects.bulk_create(
        Reminder(batch=batch, person_id=one.who.pk, kind=batch.kind, made_on=made, day=day)
        for one in plan.planned
    )
    ReminderLine.objects.bulk_create(
        ReminderLine(
            reminder=mail,
            person_id=mail.person_id,
            target_code=line.target,
            why=line.why,
            until=line.until,
        )
        for mail, one in zip(mails, plan.planned, strict=True)
        for line in one.lines
    )
    if mails:
        put_batch(batch)


def _log(batch: ReminderBatch, plan: Plan, actor: User) -> None:
    detail: dict[str, str | int] = {"roll": batch.role, "antal": len(plan.planned)}
    if batch.target_code:
        detail["mal"] = batch.target_code
    about = [one.who.pk for one in plan.planned]
    record(AuditEvent.REMINDER_SENT, actor=actor, about=about, unit=batch.unit_code, detail=detail)


def role_of(scope: PersonScope, unit: str) -> str:
    """As what somebody reminds the people of a unit: a DutyRole."""
    return DutyRole.MANAGER if scope.is_manager_of(unit) else DutyRole.COORDINATOR


@transaction.atomic
def choose(*, person: Person, optional: bool, summary: bool, language: str, actor: User) -> None:
    """What somebody wants of mails to themself; required reminders are not among it."""
    chosen = {"wants_optional": optional, "wants_summary": summary, "language": language}
    held = ReminderChoice.objects.filter(person=person).values(*chosen).first()
    default = {"wants_optional": True, "wants_summary": True, "language": ""}
    if (held or default) == chosen:
        return
    ReminderChoice.objects.update_or_create(person=person, defaults=chosen)
    detail = {"rekommenderat": _yes(optional), "sammanfattning": _yes(summary)}
    record(AuditEvent.REMINDERS_CHOSEN, actor=actor, about=[person], detail=detail)


@transaction.atomic
def switch_target(*, target: str, on: bool, actor: User, now: datetime) -> None:
    """Whether the rule reminds of a target; twice is once."""
    if on:
        changed = SilentTarget.objects.filter(target_code=target).delete()[0] > 0
    else:
        said = {"set_by": actor, "set_at": now}
        _row, changed = SilentTarget.objects.get_or_create(target_code=target, defaults=said)
    if changed:
        detail = {"mal": target, "paminns": _yes(on)}
        record(AuditEvent.REMINDER_RULE_CHANGED, actor=actor, detail=detail)


@transaction.atomic
def address_works(*, bounce: Bounce, actor: User, now: datetime) -> None:
    """Somebody has heard that the address works: mails go there again. Twice is once."""
    held = Bounce.objects.filter(person=bounce.person, address=bounce.address, ended_at=None)
    if held.update(ended_at=now):
        record(AuditEvent.ADDRESS_WORKS, actor=actor, about=[bounce.person])


def _yes(value: bool) -> str:
    return "ja" if value else "nej"
