"""Mail that did not arrive: what the mail server refused, and what came back later.

A delivery status notification (RFC 3464) comes from anywhere and may say anything. What is taken
from it is whether it is about a mail of ours, known by a key that only its reader has seen, and
the status code. Nothing it says in words is kept.
"""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import Message
from email.parser import BytesParser
from uuid import UUID

from django.db import transaction

from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.reminders.models import Bounce, Reminder, State

# A notification is some thousand characters; with the mail it returns, some tens of thousands.
LARGEST = 1_000_000
MOST_PARTS = 50
STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})")
KEY = re.compile(r"(?:paminnelse-|\+)([0-9a-f]{32})@", re.IGNORECASE)
# The mailbox is full, the mail is too large, somebody's policy: the address itself is right.
NOT_THE_ADDRESS = ("5.2.2", "5.2.3", "5.3.", "5.4.", "5.6.", "5.7.")
LEFT = (State.SENDING, State.SENT, State.UNSURE, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Notification:
    """What a notification says that can be used: which mail, and the worst status of it."""

    key: UUID
    status: str


def is_for_good(status: str) -> bool:
    """Whether a status says that the address itself takes no mail."""
    return status.startswith("5.") and not status.startswith(NOT_THE_ADDRESS)


def code_of(error: smtplib.SMTPException) -> str:
    """The status of RFC 3463 in a server's answer; from its three digits where it gives none."""
    code, said = 0, b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        given = error.smtp_error
        code, said = error.smtp_code, given if isinstance(given, bytes) else str(given).encode()
    found = STATUS.match(said[:40].decode("ascii", "replace"))
    if found and found[1] == str(code)[:1]:
        return ".".join(found.groups())
    # 421, 450 …: later. 550, 551 and 553 are said of an address, 552 of a full mailbox.
    if 400 <= code < 500:
        return "4.0.0"
    return {550: "5.1.1", 551: "5.1.6", 552: "5.2.2", 553: "5.1.3"}.get(code, "5.7.0")


def record_refusal(*, mail: Reminder, status: str, is_hard: bool, at: datetime) -> None:
    """Write down that a mail did not arrive. Twice is once. Inside a transaction."""
    Bounce.objects.get_or_create(
        reminder=mail,
        status=status,
        defaults={
            "person_id": mail.person_id,
            "address": mail.address,
            "at": at,
            "is_hard": is_hard,
        },
    )


@transaction.atomic
def record_notification(*, found: Notification, actor: str, at: datetime) -> bool:
    """Write down what a notification says of a mail of ours; False when there is no such mail.

    What only says that a mail is late, or has arrived, changes nothing.
    """
    mail = Reminder.objects.filter(public_id=found.key, state__in=LEFT).first()
    if mail is None:
        return False
    if found.status.startswith("5."):
        hard = is_for_good(found.status)
        record_refusal(mail=mail, status=found.status, is_hard=hard, at=at)
        changed = Reminder.objects.filter(pk=mail.pk).exclude(state=State.RETURNED)
        if changed.update(state=State.RETURNED):
            detail = {"kod": found.status, "for_gott": "ja" if hard else "nej"}
            record(AuditEvent.MAIL_RETURNED, actor=actor, about=[mail.person_id], detail=detail)
    return True


def read_notification(raw: bytes) -> Notification | None:
    """What a delivery status notification says; None of anything else, however it is made."""
    if len(raw) > LARGEST:
        return None
    try:
        parsed = BytesParser(policy=policy.compat32).parsebytes(raw)
        parts = _parts(parsed)
        statuses = [status for part in parts for status in _statuses(part)]
        key = _key(parsed, parts)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return None  # made to be hard to read
    if key is None or not statuses:
        return None
    # Of several recipients only one was ours: the worst that is said is said of it.
    return Notification(key, max(statuses, key=lambda one: (one[0], one)))


def _parts(parsed: Message) -> list[Message]:
    found: list[Message] = []
    for part in parsed.walk():
        found.append(part)
        if len(found) >= MOST_PARTS:
            break
    return found


def _statuses(part: Message) -> Iterator[str]:
    """The codes of a part that is a delivery status: `Action` and `Status` of each recipient."""
    if part.get_content_type() != "message/delivery-status":
        return
    fields = part.get_payload()
    for one in fields if isinstance(fields, list) else ():
        if not isinstance(one, Message):
            continue
        said = STATUS.match(str(one.get("Status", "")))
        action = str(one.get("Action", "")).strip().lower()
        if said and action == "failed":
            yield ".".join(said.groups())
        elif said and action in {"delayed", "delivered", "relayed", "expanded"}:
            yield f"4.{said[2]}.{said[3]}"  # it is under way: nothing has come back


def _key(parsed: Message, parts: list[Message]) -> UUID | None:
    """The mail's key: from the address it came back to, or from the mail it brings back."""
    names = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
    for name in names:
        for value in parsed.get_all(name, [])[:5]:
            if found := KEY.search(str(value)[:1000]):
                return UUID(found[1])
    for part in parts:
        texts = [str(part.get("Message-ID", ""))]
        if part.get_content_type() == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            texts.append(
                body[:20_000].decode("utf-8", "replace") if isinstance(body, bytes) else ""
            )
        for text in texts:
            if found := KEY.search(text):
                return UUID(found[1])
    return None
