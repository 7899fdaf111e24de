"""What was brought in, and what each file changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from foundation.facts import Fact, FactBatch
from tracking.imports.forms import LABELS
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.base import ORIGIN


@dataclass(frozen=True, slots=True)
class Import:
    """A file that changed something, in words."""

    batch: int
    moment: datetime
    kind: str
    file: str
    who: str  # empty: brought in at the machine's command line
    brought: int
    taken_away: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What one import did to the facts of its kind."""

    new: int
    replaced: int  # took the place of one with the same key
    gone: int  # taken away, with nothing in its place


def imports() -> QuerySet[FactBatch]:
    """Every import that changed something, the last one first."""
    there = FactBatch.objects.filter(origin__startswith=ORIGIN).order_by("-pk")
    return there.select_related("actor__person")


def in_words(batch: FactBatch) -> Import:
    """An import as a list shows it."""
    kind = batch.origin.removeprefix(ORIGIN)
    actor: Any = batch.actor
    return Import(
        batch=batch.pk,
        moment=batch.recorded_at,
        kind=str(LABELS.get(kind, kind)),
        file=batch.file_name,
        who=(actor.get_full_name() or actor.get_username()) if actor else "",
        brought=batch.brought,
        taken_away=batch.taken_away,
    )


def changed(batch: FactBatch) -> Changed | None:
    """What the import did to facts; None of a kind that is no more. Three queries."""
    kind = KINDS.get(batch.origin.removeprefix(ORIGIN))
    if kind is None:
        return None
    model: type[Fact] = kind.model
    brought = model.objects.filter(batch_in=batch)
    same = {field: OuterRef(field) for field in model.key_fields}
    replaced = brought.filter(Exists(model.objects.filter(batch_out=batch, **same))).count()
    new = brought.count() - replaced
    return Changed(new, replaced, model.objects.filter(batch_out=batch).count() - replaced)
