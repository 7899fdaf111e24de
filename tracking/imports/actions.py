"""Imports a kind of file: everything is checked before anything is written.

Read the rows, compare them with the facts known, judge the state after the file: all that while
others write. Then one short transaction applies the difference as one batch; what was judged is
judged again there if somebody has changed what it rested on. The same file again makes no
difference, so no batch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.facts import EarlierThanLast, FactBatch, close_batch, open_batch, take_batch_lock
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.base import ORIGIN, Kind, Options, Plan, Row
from tracking.imports.problems import ImportRefused, Problem
from tracking.imports.reading import read_sheet
from tracking.imports.rows import header_warnings, problems_of, read_rows
from tracking.organisation.models import User

CHUNK = 500


@dataclass(slots=True)
class ImportResult:
    """What an import changed, or with a dry run would change."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    also: str = ""  # what else was done, in words: people's current rows brought up to date
    problems: list[Problem] = field(default_factory=list)  # rows left out with `partial`
    warnings: list[str] = field(default_factory=list)
    batch: FactBatch | None = None


class _DryRun(Exception):
    """Undoes the transaction of a dry run."""


def import_files(
    kind_name: str,
    paths: Sequence[Path],
    *,
    options: Options,
    actor: User | None = None,
    partial: bool = False,
    dry_run: bool = False,
    recorded_at: datetime | None = None,
    steps: Steps = UNWATCHED,
) -> ImportResult:
    """Import files of one kind as one batch.

    Raises ImportRefused with every problem, and changes nothing, when any row is bad; with
    `partial` the bad rows are left out and given in the result instead. At each of `steps` it may
    be broken off: nothing is written before the last.
    """
    kind = KINDS[kind_name](options)
    kind.files = ", ".join(path.name for path in paths)
    if partial and not kind.may_be_partial:
        expected = _("the whole file: this kind can't be taken in part")
        raise ImportRefused([Problem(kind.files, None, "", "--partial", expected)])
    steps.begin(_("Opening the file"))
    sheets = [read_sheet(path) for path in paths]
    result = ImportResult(warnings=header_warnings(kind, sheets))
    rows, bad = read_rows(kind, sheets, steps)
    steps.begin(_("Comparing with what is known"))
    spared = {cells.get("person_id", "") for cells in bad.values()} if partial else set()
    problems = list(problems_of(bad))
    if problems and not partial:
        # What the state after the file says is worth hearing in the same run.
        kind.unread = [one.cells for one in bad.values()]
        problems += _judged(kind, rows, set())[1]
        raise ImportRefused(_in_order(problems))
    seen = _last_batch()
    plan = _settled(kind, rows, spared, problems, partial)
    steps.begin(_("Writing what is new"))
    try:
        with transaction.atomic():
            take_batch_lock()
            if kind.has_moved_since(seen):
                plan = _settled(kind, rows, spared, problems, partial)
            _apply(kind, plan, result, recorded_at, actor, paths)
            if dry_run:
                raise _DryRun
    except _DryRun:
        result.batch = None
    result.warnings += kind.warnings
    return result


def _last_batch() -> int:
    return FactBatch.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _compare(kind: Kind, rows: Iterable[Row]) -> Plan:
    plan = Plan(kind.known())
    for row in rows:
        known = plan.known.get(row.key)
        if row.withdrawn:
            if known:
                plan.take_away.add(row.key)
                plan.withdrawn_by[row.key] = row
            else:
                plan.unchanged += 1
        elif known and known.fields == row.fields:
            plan.unchanged += 1
        else:
            plan.bring[row.key] = row
            if known:
                plan.take_away.add(row.key)
    return plan


def _judged(kind: Kind, rows: list[Row], spared: set[Any]) -> tuple[Plan, list[Problem]]:
    kind.warnings.clear()
    plan = _compare(kind, rows)
    problems = kind.complete(plan, rows, spared)
    return plan, problems + kind.problems_after(plan)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What will be done, with which rows, and what was wrong with those left out."""

    plan: Plan
    rows: list[Row]
    problems: list[Problem]


def _settled(
    kind: Kind, rows: list[Row], spared: set[Any], bad: list[Problem], partial: bool
) -> _Settled:
    """Judge until nothing is wrong; raises ImportRefused when rows may not be left out."""
    left_out = list(bad)
    plan, problems = _judged(kind, rows, spared)
    while problems:
        # Leaving a row out changes the state after the file, so the rest is judged again.
        places = {(problem.file, problem.line) for problem in problems if problem.line is not None}
        kept = [row for row in rows if (row.file, row.line) not in places]
        if not partial or len(kept) == len(rows):
            raise ImportRefused(_in_order(left_out + problems))
        left_out += problems
        spared = spared | {row.values.get("person_id") for row in rows if row not in kept}
        rows = kept
        plan, problems = _judged(kind, rows, spared)
    return _Settled(plan, rows, _in_order(left_out))


def _apply(
    kind: Kind,
    settled: _Settled,
    result: ImportResult,
    recorded_at: datetime | None,
    actor: User | None,
    paths: Sequence[Path],
) -> None:
    plan, rows = settled.plan, settled.rows
    _refuse_earlier(recorded_at, paths)
    result.problems = settled.problems
    result.new, result.changed = plan.new, plan.changed
    result.withdrawn, result.unchanged = plan.withdrawn, plan.unchanged
    if plan.bring or plan.take_away or kind.has_more(rows):
        result.batch = _write(kind, plan, recorded_at, actor, paths)
    changed = kind.finish(rows, result.batch)
    result.also = kind.also(changed)
    if result.batch:
        close_batch(result.batch, brought=len(plan.bring), taken_away=len(plan.take_away))
    if result.batch or changed:
        _log(kind, result, actor)


def _log(kind: Kind, result: ImportResult, actor: User | None) -> None:
    record(
        AuditEvent.FILE_IMPORTED,
        actor=actor or system_account(),
        about=kind.concerned(result.batch),
        detail={
            "slag": kind.name,
            "nya": result.new,
            "andrade": result.changed,
            "aterkallade": result.withdrawn,
        },
    )


def _refuse_earlier(recorded_at: datetime | None, paths: Sequence[Path]) -> None:
    last = FactBatch.objects.order_by("-id").first()
    if recorded_at and last and recorded_at < last.recorded_at:
        expected = _("a moment not before that of the last batch, %(moment)s") % {
            "moment": last.recorded_at.isoformat()
        }
        files = ", ".join(path.name for path in paths)
        raise ImportRefused(
            [Problem(files, None, "--recorded-at", recorded_at.isoformat(), expected)]
        )


def _write(
    kind: Kind,
    plan: Plan,
    recorded_at: datetime | None,
    actor: User | None,
    paths: Sequence[Path],
) -> FactBatch:
    names = ", ".join(path.name for path in paths)
    try:
        batch = open_batch(
            origin=f"{ORIGIN}{kind.name}", actor=actor, recorded_at=recorded_at, file_name=names
        )
    except EarlierThanLast as error:
        raise ImportRefused([Problem(names, None, "--recorded-at", str(error), "")]) from error
    gone = [plan.known[key].pk for key in plan.take_away]
    for at in range(0, len(gone), CHUNK):
        kind.model.objects.filter(pk__in=gone[at : at + CHUNK]).update(batch_out=batch)
    kind.model.objects.bulk_create(kind.instances(plan, batch), batch_size=CHUNK)
    return batch


def _in_order(problems: list[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file, problem.line or 0, problem.column))
