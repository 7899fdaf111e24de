"""The only ways an entry enters the audit log.

Call `record` last in the transaction of what it tells of: the log's lock is held until that
transaction ends, and whoever holds it must not go on to wait for the lock of facts.
"""

import os
import pwd
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import connection, models, transaction
from django.utils import timezone

from foundation.bulk import insert_rows
from tracking.audit.chain import (
    BEFORE_THE_FIRST,
    Detail,
    content_hash,
    entry_hash,
    people_hash,
)
from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditEvent, AuditSubject

# Any constant will do, as long as everybody who writes the log takes the same one.
LOG_LOCK = 7_316_205
# The same reader at the same page within this time has seen what they saw.
SAME_READING = timedelta(minutes=15)

Actor = AbstractUser | str | None
Person = models.Model | int


def record(
    event: AuditEvent,
    *,
    actor: Actor,
    about: Iterable[Person] = (),
    unit: str = "",
    detail: Mapping[str, str | int] | None = None,
) -> AuditEntry:
    """Write that something was done, inside the transaction that does it.

    `actor`: the account, the name of the machine's account (`system_account()`), or None where
    nobody was signed in. `about`: people, as Person or as the number of their row. `detail` never
    holds names, addresses or what somebody typed.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The log is written inside a transaction.")
    return _append(_Said(event, actor, about, unit, detail))


def record_reading(
    event: AuditEvent,
    *,
    actor: Actor,
    about: Iterable[Person] = (),
    unit: str = "",
    detail: Mapping[str, str | int] | None = None,
    within: timedelta = SAME_READING,
) -> AuditEntry | None:
    """Write that somebody saw something, before it is shown to them.

    None when the very same was written `within` the last minutes: nothing is written then.
    """
    said = _Said(event, actor, about, unit, detail)
    lately = AuditEntry.objects.filter(actor_id=said.actor, moment__gte=timezone.now() - within)
    if lately.filter(content=said.content).exists():
        return None
    with transaction.atomic():
        return _append(said)


def system_account() -> str:
    """The account of the machine this process runs as; the environment has no say in it."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # in a container the number may have no name
        return str(os.getuid())


class _Said:
    """What an entry is going to say, before it has its place."""

    def __init__(
        self,
        event: AuditEvent,
        actor: Actor,
        about: Iterable[Person],
        unit: str,
        detail: Mapping[str, str | int] | None,
    ) -> None:
        self.event = AuditEvent(event)
        self.actor = actor.pk if isinstance(actor, AbstractUser) else None
        self.account = actor[:64] if isinstance(actor, str) else ""
        self.unit = unit[:64]
        self.detail = _plain(detail or {})
        self.people = sorted({_number(one) for one in about})
        self.content = content_hash(
            event=self.event.value,
            actor=self.actor,
            account=self.account,
            unit=self.unit,
            detail=self.detail,
            people=people_hash(self.people),
        )


def _append(said: _Said) -> AuditEntry:
    take_log_lock()
    sequence, previous, last = _head()
    now = timezone.now()
    moment = max(now, last.moment) if last else now  # a clock that went back is held
    entry = AuditEntry(
        sequence=sequence,
        moment=moment,
        event=said.event,
        actor_id=said.actor,
        account=said.account,
        unit=said.unit,
        detail=said.detail,
        people=len(said.people),
        content=said.content,
        previous=previous,
        hash=entry_hash(previous=previous, sequence=sequence, moment=moment, content=said.content),
    )
    entry.save(force_insert=True)
    subjects = ((entry.pk, person) for person in said.people)
    insert_rows(AuditSubject, ["entry_id", "person_id"], subjects)
    return entry


def prune(*, before: datetime, limit: int) -> tuple[int, int, str]:
    """Take away the oldest entries, from before a moment; gives how many, the last's number and
    hash.

    Inside a transaction whose caller goes on to record an entry LOG_PRUNED that says `till` (the
    number) and `hash`: the check asks for it.
    """
    take_log_lock()
    old = AuditEntry.objects.filter(moment__lt=before).order_by("sequence")[:limit]
    last = list(old.values_list("sequence", "hash"))[-1:]
    if not last:
        return 0, 0, ""
    [(through, of)] = last
    AuditCheckpoint.objects.create(through=through, hash=of, made_at=timezone.now())
    AuditSubject.objects.filter(entry_id__lte=through).delete()
    gone, _tables = AuditEntry.objects.filter(sequence__lte=through).delete()
    return gone, through, of


def take_log_lock() -> None:
    """Hold the log until the transaction ends; on SQLite a write transaction is alone already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])


def _head() -> tuple[int, str, AuditEntry | None]:
    """The next number, the hash to build on, and the last entry if there is one."""
    last = AuditEntry.objects.order_by("-sequence").only("sequence", "hash", "moment").first()
    if last:
        return last.sequence + 1, last.hash, last
    pruned = AuditCheckpoint.objects.order_by("-through").first()
    return (pruned.through + 1, pruned.hash, None) if pruned else (1, BEFORE_THE_FIRST, None)


def _plain(detail: Mapping[str, str | int]) -> Detail:
    """As every database gives it back: text without what PostgreSQL can't hold, and numbers."""
    for name, value in detail.items():
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise TypeError(f"{name}: the log holds text and whole numbers")
    return {
        name: value if isinstance(value, int) else _storable(value)
        for name, value in detail.items()
    }


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")[:500]


def _number(person: Person) -> int:
    if isinstance(person, int):
        return person
    if person._meta.label != "tracking.Person":
        raise TypeError(f"An entry is about people, not {person._meta.label}.")
    return int(person.pk)
