"""Counts of units and targets on any day as known at any moment: what every report page reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from foundation.facts import FactBatch, batch_at
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.models import Person
from tracking.status.engine import Ground, ground_at
from tracking.status.kept import following, snapshots
from tracking.status.known import Known
from tracking.status.models import COUNTED, Generation, UnitCount, area_key
from tracking.status.results import UnitSummary
from tracking.status.rules import Status

# People of whom any day is counted while the reader waits; for more it is a job's.
WHILE_WAITING = 100_000


class NotCounted(LookupError):
    """The day is not kept, and counting it takes longer than a reader waits: begin a job."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What figures stand for: the day, and the last batch of facts they know of.

    `is_current`: they know of everything that is known now.
    """

    as_of: date
    batch: int
    is_current: bool
    batch_moment: datetime | None = None

    @property
    def known_through(self) -> datetime | None:
        """The moment of the last batch; None before the first. One query, or none."""
        if self.batch_moment is not None:
            return self.batch_moment
        moments = FactBatch.objects.filter(pk=self.batch).values_list("recorded_at", flat=True)
        return moments.first()


class Figures:
    """Counts on one stand. Read with `of`; a unit counts with all below it.

    `lags`: asked for as of today and known now, they are a little older, because much has changed
    and is being counted: `stand` says what they stand for until then.
    """

    def __init__(self, generation: Generation, *, ground: Ground, is_current: bool, lags: bool):
        moment = generation.batch_moment
        self.stand = Stand(generation.as_of, generation.batch, is_current, moment)
        self.lags = lags
        self.tree = ground.tree
        self.targets = {target.code: target for target in ground.targets}  # in force on the day
        # Business areas as written, by their folded form.
        self.area_names: dict[str, str] = generation.areas
        self._generation = generation

    def of(
        self,
        units: Collection[str],
        *,
        targets: Collection[str] | None = None,
        area: str | None = None,
    ) -> dict[tuple[str, str], UnitSummary]:
        """Counts by unit and target, without those where nobody is in the audience. One query.

        `area` (folded): only people in the audience through an employment in that business area.
        """
        rows = UnitCount.objects.filter(
            generation=self._generation, unit_code__in=units, area=area_key(area)
        )
        found = {}
        for unit, code, *numbers in rows.values_list("unit_code", "target_code", *COUNTED):
            target = self.targets.get(code)
            if target is None or not any(numbers) or (targets is not None and code not in targets):
                continue
            counts = dict(zip(Status, numbers, strict=True))
            found[unit, code] = UnitSummary(unit, code, target.share, counts, area or "")
        return found


def figures(
    *, as_of: date, known_at: datetime | None = None, steps: Steps = UNWATCHED, wait: bool = True
) -> Figures:
    """The figures of `as_of` as known at `known_at` (None: now).

    Today's are kept; another day's, or another moment's, are counted when first asked for and
    kept from then on. Raises NotCounted where that takes long, unless told to `wait` for it.
    """
    if known_at is None and as_of == today():
        generation, batch = following.catch_up_if_quick(as_of=as_of)
        if generation is not None:
            on_time = following.is_up_to_date(generation, as_of=as_of, batch=batch)
            return _figures(generation, is_current=on_time, lags=not on_time)
    asked = batch_at(known_at)
    batch = following.last_batch() if asked is None else asked
    kept = snapshots.kept_snapshot(as_of=as_of, batch=batch, follows=asked is None)
    if kept is None:
        if not wait and Person.objects.count() > WHILE_WAITING:
            raise NotCounted
        kept = snapshots.make_snapshot(as_of=as_of, batch=batch, follows=asked is None, steps=steps)
    return _figures(kept, is_current=asked is None, lags=False)


def _figures(generation: Generation, *, is_current: bool, lags: bool) -> Figures:
    ground = ground_at(generation.as_of, Known.through(generation.batch))
    return Figures(generation, ground=ground, is_current=is_current, lags=lags)
