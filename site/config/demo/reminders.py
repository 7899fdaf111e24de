"""Reminders that the demo's unit has been sent: by rule, by its manager, and one that came back."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from foundation.intervals import STOCKHOLM
from tracking.organisation.models import DutyRole, Employment, User
from tracking.reminders.bounces import record_refusal
from tracking.reminders.gathering import count_coming
from tracking.reminders.hours import is_working_day
from tracking.reminders.models import Kind, Reminder, ReminderBatch, ReminderLine, State
from tracking.reminders.people import Addressee, addressees
from tracking.reminders.standing import Line, standings

UNIT = "SDN-JARVA-EB"
SHOWN = 6
OWN_LINE = "På fredag eftermiddag har alla tid avsatt. Kom förbi om något krånglar."


@transaction.atomic
def tell_of_reminders(*, on: date) -> None:
    """Everything of this kind the demo has to show; a second time changes nothing."""
    if ReminderBatch.objects.filter(key__startswith="demo:").exists():
        return
    works = Employment.objects.known_now().on(on).filter(unit_code=UNIT, is_manager=False)
    there = sorted(set(works.values_list("person_id", flat=True)))
    people, where = addressees(there, on), standings(there, on)
    lines = [(people[pk], where[pk].lines) for pk in there if pk in people and pk in where]
    due = [(who, said) for who, said in lines if said and who.email and not who.protected]
    manager = User.objects.get(username="enhetschef", is_demo=True)
    _sent(due[:SHOWN], kind=Kind.RULE, on=_working_day(on - timedelta(days=33)))
    mails = _sent(due[: SHOWN // 2], Kind.MANAGER, _working_day(on - timedelta(days=9)), manager)
    if mails:
        Reminder.objects.filter(pk=mails[-1].pk).update(state=State.RETURNED)
        at = mails[-1].sent_at
        assert at is not None
        record_refusal(mail=mails[-1], status="5.1.1", is_hard=True, at=at + timedelta(minutes=2))
    count_coming(on=on, now=datetime.combine(on, time(5, 40), STOCKHOLM))


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _sent(
    whom: list[tuple[Addressee, tuple[Line, ...]]], kind: Kind, on: date, by: User | None = None
) -> list[Reminder]:
    """Mails that left on a day."""
    at = datetime.combine(on, time(9, 12), STOCKHOLM)
    batch = ReminderBatch.objects.create(
        key=f"demo:{kind}",
        kind=kind,
        sent_by=by,
        role=DutyRole.MANAGER if by else "",
        unit_code=UNIT if by else "",
        own_line=OWN_LINE if by else "",
        created_at=at,
        leaves_at=at,
    )
    found = []
    for who, lines in whom:
        mail = Reminder.objects.create(
            batch=batch,
            person_id=who.pk,
            kind=kind,
            made_on=on,
            day=on,
            state=State.SENT,
            address=who.email,
            language=who.language,
            sent_at=at,
        )
        ReminderLine.objects.bulk_create(
            ReminderLine(
                reminder=mail,
                person_id=who.pk,
                target_code=line.target,
                why=line.why,
                until=line.until,
            )
            for line in lines
        )
        found.append(mail)
    return found
