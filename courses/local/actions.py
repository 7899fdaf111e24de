"""Writes: a district's trainer words its note."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.local.models import LocalNote
from tracking.organisation.models import User


class NoteChanged(Exception):
    """Somebody has written since the form was opened; `note` is what stands there now."""

    def __init__(self, note: LocalNote) -> None:
        super().__init__(str(note))
        self.note = note


@transaction.atomic
def write_note(
    *,
    lesson_key: UUID,
    block_key: str,
    unit_code: str,
    text: str,
    seen: int | None,
    actor: User,
    at: datetime,
) -> None:
    """Keep a new wording; the same words again write nothing.

    `seen`: the wording the writer had before them (its primary key). Raises NoteChanged when there
    is a later one.
    """
    there = (
        LocalNote.objects.select_for_update()
        .filter(lesson_key=lesson_key, block_key=block_key, unit_code=unit_code)
        .order_by("pk")
        .last()
    )
    if there is not None and there.pk != seen:
        raise NoteChanged(there)
    if text == (there.text if there else ""):
        return
    LocalNote.objects.create(
        lesson_key=lesson_key,
        block_key=block_key,
        unit_code=unit_code,
        text=text,
        written_by=actor,
        written_at=at,
    )
