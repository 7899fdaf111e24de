"""Says whose a waiting row is, puts it aside, and takes either back. Done twice is done once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from foundation.facts import FactBatch, close_batch, open_batch, take_batch_lock
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.ledger.actions import withdraw_completions
from tracking.ledger.models import Completion, PendingCompletion
from tracking.organisation.models import Employment, Person, User

MATCHED = "completions matched"
UNMATCHED = "completions matched (undo)"


class MatchRefused(ValueError):
    """Why these rows can't be this person's; a word for the form: "own" or "unemployed"."""


@transaction.atomic
def match_rows(*, rows: Collection[int], person: Person, actor: User) -> int:
    """Let these waiting rows (keys) be this person's; gives how many of them were waiting still.

    One batch. What the person had completed already stays as it is. Raises MatchRefused.
    """
    take_batch_lock()
    if person.user_id == actor.pk:
        raise MatchRefused("own")
    if not Employment.objects.known_now().filter(person=person).exists():
        raise MatchRefused("unemployed")
    held = list(
        PendingCompletion.objects.waiting().filter(pk__in=rows).select_for_update().order_by("pk")
    )
    if not held:
        return 0
    batch = open_batch(origin=MATCHED, actor=actor)
    known = set(
        Completion.objects.known_now()
        .filter(person=person)
        .values_list("course_code", "on", "source")
    )
    # Two spellings of one address may both have waited with the same course and day.
    new = {(row.course_code, row.on, row.source): row.result for row in held}
    brought = Completion.objects.bulk_create(
        Completion(
            person=person,
            course_code=key[0],
            on=key[1],
            source=key[2],
            result=result,
            batch_in=batch,
        )
        for key, result in new.items()
        if key not in known
    )
    PendingCompletion.objects.filter(pk__in=[row.pk for row in held]).update(
        matched_in=batch, matched_to=person
    )
    close_batch(batch, brought=len(brought), people=[person.pk])
    record(
        AuditEvent.COMPLETIONS_MATCHED,
        actor=actor,
        about=[person],
        detail={"rader": len(held), "nya": len(brought), "sats": batch.pk},
    )
    return len(held)


@transaction.atomic
def undo_match(*, batch: FactBatch, actor: User) -> bool:
    """The rows of a match wait again, and what it brought is known no more; whether this call did.

    A row stays matched where the very same has come to wait since: one is enough.
    """
    take_batch_lock()
    rows = list(
        PendingCompletion.objects.filter(matched_in=batch, matched_in__origin=MATCHED)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not rows:
        return False
    brought = Completion.objects.known_now().filter(batch_in=batch)
    gone = withdraw_completions(completions=list(brought), actor=actor, origin=UNMATCHED)
    concerned = {row.matched_to_id for row in rows if row.matched_to_id}
    for row in rows:
        again = PendingCompletion.objects.filter(
            email=row.email,
            course_code=row.course_code,
            on=row.on,
            source=row.source,
            matched_in=None,
        )
        if again.exists():
            row.delete()
        else:
            row.matched_in = row.matched_to = None
            row.save(update_fields=["matched_in", "matched_to"])
    record(
        AuditEvent.MATCH_UNDONE,
        actor=actor,
        about=concerned,
        detail={"rader": len(rows), "aterkallade": len(gone), "sats": batch.pk},
    )
    return True


@transaction.atomic
def dismiss_rows(*, rows: Collection[int], reason: str, actor: User, now: datetime) -> int:
    """Put rows aside that are nobody's here; gives how many were waiting still.

    They are kept, so that the same list brought in again does not bring them back.
    """
    take_batch_lock()
    gone = PendingCompletion.objects.waiting().filter(pk__in=rows)
    count = gone.update(dismissed_at=now, dismissed_by=actor, dismissed_reason=reason)
    if count:
        record(AuditEvent.MATCH_DISMISSED, actor=actor, detail={"rader": count})
    return count


@transaction.atomic
def undo_dismissal(*, row: int, actor: User) -> bool:
    """Let rows put aside together wait again; whether this call did."""
    take_batch_lock()
    aside = PendingCompletion.objects.filter(matched_in=None, dismissed_at__isnull=False)
    one = aside.filter(pk=row).first()
    if one is None:
        return False
    together = aside.filter(dismissed_at=one.dismissed_at, dismissed_by=one.dismissed_by_id)
    count = together.update(dismissed_at=None, dismissed_by=None, dismissed_reason="")
    record(AuditEvent.MATCH_DISMISSED, actor=actor, detail={"rader": -count})
    return True
