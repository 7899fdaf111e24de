"""What is frozen when somebody signs: figures and text as plain data, and the hash over them."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from foundation.facts import batch_at
from foundation.intervals import STOCKHOLM
from tracking.scorecards.models import PeriodClosing, ReportingPeriod, SignOff
from tracking.status.figures import Figures, figures
from tracking.status.results import UnitSummary

# The columns of export_summary, in its order (docs/formats.md), as they are frozen.
MEASURES = (
    "malgrupp",
    "undantagna",
    "klara",
    "utgangna",
    "forsenade",
    "pagaende",
    "ej_paborjade",
    "andel",
    "uppfyllt",
)
Row = dict[str, Any]


class Frozen(NamedTuple):
    """Figures of a day as known at a moment. `batch`: through which they know; None: nothing."""

    as_of: date
    batch: int | None
    known_at: datetime
    rows: list[Row]


def figures_to_freeze(
    period: ReportingPeriod, units: Collection[str], *, now: datetime, wait: bool = True
) -> Frozen:
    """The figures of the period's last day as known now.

    What is frozen is what `export_summary` gives for the same day and moment: of several batches
    of one moment, all. Raises NotCounted where that takes long, unless told to `wait` for it.
    """
    found = figures(as_of=period.last_day, wait=wait)
    known = found.stand.known_through
    if known is not None and batch_at(known) != found.stand.batch:
        found = figures(as_of=period.last_day, known_at=known, wait=wait)
    return Frozen(
        period.last_day, found.stand.batch or None, known or now, figure_rows(found, units)
    )


def figure_rows(found: Figures, units: Collection[str]) -> list[Row]:
    """Every target's counts in these units, with what the target said that day."""
    rows = []
    for (unit, code), counts in sorted(found.of(units).items()):
        target = found.targets[code]
        rows.append(
            {
                "enhet": unit,
                "mal": code,
                **measures(counts),
                "namn": target.name,
                "programmal": target.programme_goal,
                "niva": target.level,
                "mal_andel": target.share,
                "senast": target.due_on.isoformat() if target.due_on else "",
                "antagande": target.is_assumption,
            }
        )
    return rows


def measures(counts: UnitSummary) -> dict[str, int | bool | None]:
    """The counts by the names of export_summary's columns."""
    return dict(
        zip(
            MEASURES,
            (
                counts.audience,
                counts.exempt,
                counts.done,
                counts.expired,
                counts.overdue,
                counts.started,
                counts.not_started,
                counts.share,
                counts.met,
            ),
            strict=True,
        )
    )


def hash_of(kind: str, parts: Sequence[Any]) -> str:
    """SHA-256 over what is signed, however a database orders the keys it gives back."""
    said = json.dumps([kind, *map(_plain, parts)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def sign_off_hash(one: SignOff) -> str:
    """What its `hash` must be: everything in the row but that."""
    where = one.period.code, one.committee, one.version
    stand = one.as_of, one.batch_id, one.known_at
    return hash_of(
        "sign-off", (*where, *stand, one.figures, one.text, one.signed_by_id, one.signed_at)
    )


def closing_hash(one: PeriodClosing) -> str:
    """The same for the closing of a period."""
    stand = one.as_of, one.batch_id, one.known_at
    signed = one.signed_by_id, one.signed_at
    return hash_of("closing", (one.period.code, *stand, one.figures, one.text, *signed))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).isoformat()
    return value.isoformat() if isinstance(value, date) else value
