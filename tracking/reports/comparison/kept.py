"""Comparisons that took long, kept for a week: between two reports nothing ever changes.

A file holds people's keys and what moved, no names. Whoever opens one is judged by what they may
see that day, as if it had been worked out for them.
"""

import hashlib
from datetime import datetime, timedelta
from io import BytesIO

import numpy
from django.core.files.base import ContentFile

from foundation.facts import FactBatch
from foundation.jobs.models import private_storage
from tracking.status.compare.causes import CAUSES
from tracking.status.compare.comparison import Comparing, Comparison, Moved

FOLDER = "comparisons"
KEPT = timedelta(days=7)


def kept(asked: Comparing) -> Comparison | None:
    """The comparison, if it has been worked out."""
    try:
        with (
            private_storage().open(_place(asked)) as file,
            numpy.load(BytesIO(file.read())) as read,
        ):
            moves = Moved(**{name: read[name] for name in Moved._fields})
    except FileNotFoundError:
        return None
    return Comparison(asked.before, asked.after, asked.scope, moves)


def keep(asked: Comparing, comparison: Comparison) -> None:
    """Store it; done twice it is stored once."""
    file = BytesIO()
    numpy.savez_compressed(file, **comparison.moves._asdict())
    discard(asked)
    private_storage().save(_place(asked), ContentFile(file.getvalue()))


def discard(asked: Comparing) -> None:
    """Forget it."""
    private_storage().delete(_place(asked))


def remove_old_comparisons(*, now: datetime) -> int:
    """Delete what has been kept long enough; gives how many."""
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    old = [
        f"{FOLDER}/{name}"
        for name in names
        if storage.get_modified_time(f"{FOLDER}/{name}") <= now - KEPT
    ]
    for place in old:
        storage.delete(place)
    return len(old)


def _place(asked: Comparing) -> str:
    # Moments as well as numbers: after a restored backup a number can be another batch's. And the
    # names of the causes: a place in their order means what it did when it was kept.
    batches = {asked.before.batch, asked.after.batch}
    written = FactBatch.objects.filter(pk__in=batches).order_by("pk")
    moments = [moment.isoformat() for moment in written.values_list("recorded_at", flat=True)]
    causes = [cause.value for cause in CAUSES]
    said = repr((asked.before, asked.after, moments, asked.scope, causes))
    return f"{FOLDER}/{hashlib.sha256(said.encode()).hexdigest()}.npz"
