"""Lets the mails of a batch leave: each at most once, whatever breaks on the way.

A mail is marked as being handed over, and that is committed, before the mail server is spoken to.
Whoever finds it so afterwards cannot know whether the server took it: it counts as sent and stays
unsure, because nobody shall get the same twice. What the server refuses is known, and so is a
server that never answered: that is tried again, or is a bounce.
"""

import logging
import smtplib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from foundation.intervals import STOCKHOLM
from foundation.outbox import HandedBack
from foundation.stopping import stopping
from tracking.reminders.actions import put_batch
from tracking.reminders.bounces import code_of, is_for_good, record_refusal
from tracking.reminders.hours import leaves_at, may_leave
from tracking.reminders.models import (
    Kind,
    LeftOut,
    Reminder,
    ReminderBatch,
    ReminderLine,
    State,
)
from tracking.reminders.people import Addressee, addressees
from tracking.reminders.standing import NOWHERE, Line, standings, what_to_say
from tracking.reminders.timing import AHEAD
from tracking.reminders.writing import Letter, reminder_letter, summary_letter
from tracking.status.rules import EXPIRES_SOON_DAYS

log = logging.getLogger(__name__)

AT_ONCE = 50
HOST = "kompetens-mot-vald"


class TryLater(Exception):
    """The mail server asked to come back: those mails wait, and the outbox tries again."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A mail with its envelope."""

    mail: Reminder
    who: Addressee
    letter: Letter


def send_batch(batch: int, *, clock: Callable[[], datetime]) -> None:
    """Let everything of the batch that still waits leave, or see to it that it does later.

    `clock` is looked at before each mail: a slow server must not carry them into the evening.
    """
    now = clock()
    found = ReminderBatch.objects.filter(pk=batch).first()
    if found is None:
        return
    mails = Reminder.objects.filter(batch=found)
    # Whoever held this before is gone, in the middle of a mail.
    mails.filter(state=State.SENDING).update(state=State.UNSURE, sent_at=now)
    if not may_leave(now):
        _wait_for_morning(found, now)
        return
    waiting = mails.filter(state=State.WAITING).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    connection = get_connection()
    postponed = 0
    try:
        for at in range(0, len(keys), AT_ONCE):
            for ready in _prepare(found, keys[at : at + AT_ONCE], now):
                if stopping.is_set():
                    raise HandedBack
                now = clock()
                if not may_leave(now):
                    _wait_for_morning(found, now)
                    return
                postponed += not _send(connection, ready, now)
    finally:
        connection.close()
    if postponed:
        raise TryLater(postponed)


@transaction.atomic
def _wait_for_morning(batch: ReminderBatch, now: datetime) -> None:
    batch.leaves_at = leaves_at(now)
    batch.save(update_fields=["leaves_at"])
    put_batch(batch)


def _prepare(batch: ReminderBatch, keys: Sequence[int], now: datetime) -> list[Ready]:
    """Those that still have something to say today; the others are struck, each for its reason."""
    on = now.astimezone(STOCKHOLM).date()
    mails = list(Reminder.objects.filter(pk__in=keys, state=State.WAITING).order_by("pk"))
    people = addressees([mail.person_id for mail in mails], on, but_for=keys)
    if batch.kind == Kind.SUMMARY:
        return [ready for mail in mails if (ready := _summary(mail, people, on))]
    asked: dict[int, dict[tuple[str, str], ReminderLine]] = defaultdict(dict)
    for line in ReminderLine.objects.filter(reminder__in=keys):
        asked[line.reminder_id][line.target_code, line.why] = line
    targets = {target for lines in asked.values() for target, _why in lines}
    # The rule's mail says some days early what the week of silence after it would delay.
    where = standings(list(people), on, targets, within=EXPIRES_SOON_DAYS + AHEAD)
    found = []
    for mail in mails:
        who = people.get(mail.person_id)
        if who is None:
            _strike(mail, LeftOut.NO_ADDRESS)
            continue
        lines, reason = what_to_say(who, where.get(who.pk, NOWHERE), on)
        still = tuple(line for line in lines if _is_asked(line, asked[mail.pk], mail))
        if not still:
            _strike(mail, LeftOut.DONE if lines else reason)
            continue
        _keep_what_is_said(asked[mail.pk].values(), still)
        found.append(Ready(mail, who, _letter(batch, who, still, on)))
    return found


def _is_asked(line: Line, asked: Mapping[tuple[str, str], ReminderLine], mail: Reminder) -> bool:
    """Whether the mail was to say this. The rule's was of one deadline: another has its own day."""
    was = asked.get((line.target, line.why))
    return was is not None and (mail.kind != Kind.RULE or was.until == line.until)


def _keep_what_is_said(asked: Iterable[ReminderLine], said: Sequence[Line]) -> None:
    """The log says what the mail says: what fell away goes, a deadline that moved is the new."""
    until = {(line.target, str(line.why)): line.until for line in said}
    for line in asked:
        key = (line.target_code, line.why)
        if key not in until:
            line.delete()
        elif line.until != until[key]:
            line.until = until[key]
            line.save(update_fields=["until"])


def _letter(batch: ReminderBatch, who: Addressee, lines: Sequence[Line], on: date) -> Letter:
    return reminder_letter(who, lines, on=on, role=batch.role, own_line=batch.own_line)


def _summary(mail: Reminder, people: dict[int, Addressee], on: date) -> Ready | None:
    who = people.get(mail.person_id)
    reason = who.barred(on) if who else LeftOut.NO_ADDRESS
    if who and not who.wants_summary:
        reason = LeftOut.TURNED_OFF
    if who is None or reason is not None:
        _strike(mail, reason or LeftOut.NO_ADDRESS)
        return None
    since = date.fromisoformat(mail.counts["since"])
    return Ready(mail, who, summary_letter(who, mail.counts, since=since))


def _strike(mail: Reminder, reason: LeftOut) -> None:
    Reminder.objects.filter(pk=mail.pk, state=State.WAITING).update(
        state=State.DROPPED, dropped_for=reason
    )


def _send(connection: BaseEmailBackend, ready: Ready, now: datetime) -> bool:
    """Hand one mail over; False when the server wants it later. Raises when nobody answers."""
    connection.open()  # a server that is away ends it here: nothing has been handed over
    own = Reminder.objects.filter(pk=ready.mail.pk)
    claimed = own.filter(state=State.WAITING).update(
        state=State.SENDING,
        address=ready.who.email,
        language=ready.letter.language,
        day=now.astimezone(STOCKHOLM).date(),
    )
    if not claimed:  # somebody else has it
        return True
    try:
        connection.send_messages([message(ready.mail, ready.who.email, ready.letter)])
    except smtplib.SMTPRecipientsRefused as refused:
        return _refused(ready.mail, code_of(refused), now, is_address=True)
    except smtplib.SMTPResponseException as answer:
        return _refused(ready.mail, code_of(answer), now, is_address=False)
    except ValueError:  # an address that no mail can carry, also in its header
        return _refused(ready.mail, "5.1.3", now, is_address=True)
    except (OSError, smtplib.SMTPException) as error:
        # The line broke after the mail was begun: taken or not, nobody can say.
        log.warning("A mail may or may not have left: %s", type(error).__qualname__)
        own.filter(state=State.SENDING).update(state=State.UNSURE, sent_at=now)
        connection.close()
        return True
    own.filter(state__in=[State.SENDING, State.UNSURE]).update(state=State.SENT, sent_at=now)
    return True


def _refused(mail: Reminder, status: str, now: datetime, *, is_address: bool) -> bool:
    """What the server said no to: for now (False), or for good."""
    own = Reminder.objects.filter(pk=mail.pk, state=State.SENDING)
    if status.startswith("4"):
        own.update(state=State.WAITING)
        return False
    with transaction.atomic():
        own.update(state=State.FAILED)
        if is_address:
            mail.refresh_from_db()
            record_refusal(mail=mail, status=status, is_hard=is_for_good(status), at=now)
    return True


def message(mail: Reminder, address: str, letter: Letter) -> EmailMultiAlternatives:
    """The mail as it goes over the line."""
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        # Known again when it comes back, and by a mailbox that has it already.
        "Message-ID": f"<paminnelse-{mail.public_id.hex}@{HOST}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": letter.language,
    }
    if letter.turns_off:
        headers["List-Unsubscribe"] = f"<{letter.turns_off}>"
    made = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=envelope(mail),
        to=[address],
        headers=headers,
    )
    made.attach_alternative(letter.html, "text/html")
    return made


def envelope(mail: Reminder) -> str:
    """Where it is sent back to: an address of its own, where the city has set one up."""
    if not settings.MAIL_BOUNCES:
        return str(settings.DEFAULT_FROM_EMAIL)
    local, _at, domain = settings.MAIL_BOUNCES.rpartition("@")
    return f"{local}+{mail.public_id.hex}@{domain}"
