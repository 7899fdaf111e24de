"""Writes: sources and law by file, and the edition that every change begins."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction

from courses.sources.models import LegalReference, Source, SourcesEdition


class Outcome(StrEnum):
    """What became of a source of a file."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # edited here since it was loaded: left alone


@transaction.atomic
def begin_edition() -> None:
    """Everything that was remembered of the sources is old from the commit on.

    The name is random and the row is one: of two changes at the same time the second waits, and
    no name comes twice, even where a change is undone.
    """
    row = SourcesEdition.objects.select_for_update().order_by("pk").first()
    if row is None:
        SourcesEdition.objects.create(pk=1)
        return
    row.token = uuid.uuid4()
    row.save(update_fields=["token"])


@transaction.atomic
def load_source(*, key: str, fields: Mapping[str, Any]) -> Outcome:
    """Bring a source of a file in. Raises ValidationError when it can't stand beside the others."""
    return _load(Source.objects.filter(key=key).first() or Source(key=key), fields)


@transaction.atomic
def load_law(*, key: str, fields: Mapping[str, Any], replaced_by: str) -> Outcome:
    """Bring a law of a file in; `replaced_by` is the key of one that is here, or "".

    Raises ValidationError and LegalReference.DoesNotExist.
    """
    after = LegalReference.objects.get(key=replaced_by) if replaced_by else None
    law = LegalReference.objects.filter(key=key).first() or LegalReference(key=key)
    return _load(law, {**fields, "replaced_by": after})


def _load(item: Source | LegalReference, fields: Mapping[str, Any]) -> Outcome:
    new = item.pk is None
    if not new and item.loaded_digest != _digest(item, fields):
        return Outcome.KEPT
    for name, value in fields.items():
        setattr(item, name, value)
    present = _digest(item, fields)
    if present == item.loaded_digest:
        return Outcome.UNCHANGED
    item.loaded_digest = present
    item.full_clean(exclude=["latest_revision"])
    item.save()
    item.save_revision(clean=False)
    return Outcome.NEW if new else Outcome.UPDATED


def _digest(item: Source | LegalReference, names: Mapping[str, Any]) -> str:
    """Fingerprint of what the files say of it."""
    said = {name: _plain(getattr(item, name)) for name in names}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, LegalReference):
        return value.key
    return value.isoformat() if isinstance(value, date) else value
