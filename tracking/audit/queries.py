"""Reads of the audit log: whether its chain is whole, and what it says."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from tracking.audit.chain import BEFORE_THE_FIRST, content_hash, entry_hash, people_hash
from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditEvent, AuditSubject

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found."""

    entries: int  # whole ones, counted up to the first that is not
    head: str  # hash of the last whole one
    broken_at: int | None = None  # number of the first entry that is missing or not as written
    anchored: bool = True  # whether the anchor asked for stands in the chain


def verify_chain(anchor: str = "") -> Verdict:
    """Compute every hash anew, from the beginning or from where a pruned log begins.

    `anchor`: a hash kept elsewhere, which must stand in the chain. Memory stays flat.
    """
    pruned = AuditCheckpoint.objects.order_by("-through").first()
    previous, sequence = (pruned.hash, pruned.through) if pruned else (BEFORE_THE_FIRST, 0)
    anchored = anchor in {"", previous}
    count = 0
    for entry, people in _in_order():
        sequence += 1
        if entry.sequence != sequence or not _is_as_written(entry, people, previous):
            return Verdict(count, previous, broken_at=sequence, anchored=anchored)
        previous = entry.hash
        anchored = anchored or previous == anchor
        count += 1
    if pruned and not _is_told(pruned):
        return Verdict(count, previous, broken_at=pruned.through, anchored=anchored)
    return Verdict(count, previous, anchored=anchored)


def _is_told(pruned: AuditCheckpoint) -> bool:
    """Whether the log itself says that its part up to the checkpoint was disposed of."""
    told = AuditEntry.objects.filter(event=AuditEvent.LOG_PRUNED).order_by("-sequence")
    return any(
        entry.detail.get("till") == pruned.through and entry.detail.get("hash") == pruned.hash
        for entry in told[:CHUNK]
    )


def head() -> tuple[int, str]:
    """Number and hash of the last entry."""
    last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    pruned = AuditCheckpoint.objects.order_by("-through").values_list("through", "hash").first()
    return last or pruned or (0, BEFORE_THE_FIRST)


def entries_about(person: int) -> QuerySet[AuditEntry]:
    """What concerns one person, latest first."""
    return AuditEntry.objects.filter(subjects__person_id=person).order_by("-sequence")


def _in_order() -> Iterator[tuple[AuditEntry, list[int]]]:
    """Every entry with the people it is about, a chunk at a time."""
    after = -1
    while True:
        chunk = list(AuditEntry.objects.filter(sequence__gt=after).order_by("sequence")[:CHUNK])
        if not chunk:
            return
        after = chunk[-1].sequence
        people: dict[int, list[int]] = defaultdict(list)
        pairs = AuditSubject.objects.filter(
            entry_id__gte=chunk[0].sequence, entry_id__lte=after
        ).values_list("entry_id", "person_id")
        for number, person in pairs.iterator():
            people[number].append(person)
        for entry in chunk:
            yield entry, people[entry.sequence]


def _is_as_written(entry: AuditEntry, people: list[int], previous: str) -> bool:
    content = content_hash(
        event=entry.event,
        actor=entry.actor_id,
        account=entry.account,
        unit=entry.unit,
        detail=entry.detail,
        people=people_hash(people),
    )
    expected = entry_hash(
        previous=previous, sequence=entry.sequence, moment=entry.moment, content=content
    )
    return (
        entry.previous == previous
        and entry.content == content
        and entry.hash == expected
        and entry.people == len(people)
    )
