"""Imports a kind of file: everything is checked before anything is written.

Read the rows, compare them with the facts known, judge the state after the file, and apply the
difference as one batch in one transaction. The same file again makes no difference, so no batch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.facts import EarlierThanLast, FactBatch, open_batch, take_batch_lock
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent
from tracking.imports.columns import WITHDRAWN, Column, parse, yes_or_no
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.base import ORIGIN, Key, Kind, Options, Plan, Row
from tracking.imports.problems import ImportRefused, Problem
from tracking.imports.reading import RawRow, Sheet, read_sheet
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
) -> ImportResult:
    """Import files of one kind as one batch.

    Raises ImportRefused with every problem, and changes nothing, when any row is bad; with
    `partial` the bad rows are left out and given in the result instead.
    """
    kind = KINDS[kind_name](options)
    kind.files = ", ".join(path.name for path in paths)
    if partial and not kind.may_be_partial:
        expected = _("the whole file: this kind can't be taken in part")
        raise ImportRefused([Problem(kind.files, None, "", "--partial", expected)])
    sheets = [read_sheet(path) for path in paths]
    result = ImportResult(warnings=_headers(kind, sheets))
    rows, bad = _rows(kind, sheets)
    spared = {cells.get("person_id", "") for cells in bad.values()} if partial else set()
    problems = list(_problems_of(bad))
    if problems and not partial:
        # What the state after the file says is worth hearing in the same run.
        kind.unread = [one.cells for one in bad.values()]
        with transaction.atomic():
            problems += _judged(kind, rows, set())[1]
        raise ImportRefused(_in_order(problems))
    result.problems = problems
    try:
        with transaction.atomic():
            take_batch_lock()
            _apply(kind, rows, spared, result, partial, recorded_at, actor, paths)
            if dry_run:
                raise _DryRun
    except _DryRun:
        result.batch = None
    result.warnings += kind.warnings
    return result


@dataclass(slots=True)
class _Bad:
    problems: list[Problem]
    cells: dict[str, str]

    def get(self, name: str, default: str) -> str:
        return self.cells.get(name, default)


def _problems_of(bad: dict[tuple[str, int], _Bad]) -> Iterable[Problem]:
    for one in bad.values():
        yield from one.problems


def _headers(kind: Kind, sheets: Iterable[Sheet]) -> list[str]:
    """Refuse files that lack a needed column; give warnings of unknown ones."""
    names = [column.name for column in kind.columns]
    needed = [column.name for column in kind.columns if column.required]
    problems, warnings = [], []
    for sheet in sheets:
        # What only withdraws needs no more than the keys; a row that does not is told so itself.
        keys = kind.key_columns if WITHDRAWN in sheet.header else needed
        missing = [name for name in needed if name in keys and name not in sheet.header]
        if kind.either and not set(kind.either) & set(sheet.header):
            missing.insert(0, _(" or ").join(kind.either))
        if missing:
            expected = _("the columns %(columns)s") % {"columns": ", ".join(missing)}
            problems.append(Problem(sheet.file, 1, "", ";".join(sheet.header)[:200], expected))
        warnings += [
            _("%(file)s: the column “%(column)s” is unknown and was ignored")
            % {"file": sheet.file, "column": name}
            for name in sheet.header
            if name and name not in names and name != WITHDRAWN
        ]
    if problems:
        raise ImportRefused(problems)
    return warnings


def _rows(kind: Kind, sheets: Iterable[Sheet]) -> tuple[list[Row], dict[tuple[str, int], _Bad]]:
    """Every row read, one per key, and the bad ones by place."""
    bad: dict[tuple[str, int], _Bad] = {}
    by_key: dict[Key, tuple[Row, dict[str, str]]] = {}
    withdrawn = Column(WITHDRAWN, yes_or_no, empty=False)
    for sheet in sheets:
        for raw in sheet.rows:
            row, problems = _row(kind, raw, withdrawn)
            if row is None:
                bad[raw.file, raw.line] = _Bad(problems, raw.cells)
                continue
            first, cells = by_key.setdefault(row.key, (row, raw.cells))
            if first is not row and (first.values, first.withdrawn) != (row.values, row.withdrawn):
                for one, other, of in ((first, row, cells), (row, first, raw.cells)):
                    expected = _("one row per key; line %(line)d of %(file)s says otherwise") % {
                        "line": other.line,
                        "file": other.file,
                    }
                    columns = ", ".join(kind.key_columns)
                    value = ";".join(map(str, row.key))
                    clash = _Bad([one.problem(columns, value, expected)], of)
                    bad.setdefault((one.file, one.line), clash)
    rows = [row for row, _cells in by_key.values() if (row.file, row.line) not in bad]
    return kind.prepare(rows), bad


def _row(kind: Kind, raw: RawRow, withdrawn: Column) -> tuple[Row | None, list[Problem]]:
    flag, problems = parse(raw, [withdrawn])
    is_withdrawn = flag.get(WITHDRAWN, False)
    only = {*kind.key_columns, *kind.either} if is_withdrawn else None
    values, found = parse(raw, kind.columns, only)
    problems += found
    if problems:
        return None, problems
    row = Row(
        raw.file,
        raw.line,
        kind.key(values),
        {} if is_withdrawn else kind.fields(values),
        values,
        is_withdrawn,
    )
    problems = [] if is_withdrawn else kind.row_problems(row)
    return (None, problems) if problems else (row, [])


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


def _apply(
    kind: Kind,
    rows: list[Row],
    spared: set[Any],
    result: ImportResult,
    partial: bool,
    recorded_at: datetime | None,
    actor: User | None,
    paths: Sequence[Path],
) -> None:
    plan, problems = _judged(kind, rows, spared)
    while problems:
        # Leaving a row out changes the state after the file, so the rest is judged again.
        places = {(problem.file, problem.line) for problem in problems if problem.line is not None}
        kept = [row for row in rows if (row.file, row.line) not in places]
        if not partial or len(kept) == len(rows):
            raise ImportRefused(_in_order(result.problems + problems))
        result.problems += problems
        spared = spared | {row.values.get("person_id") for row in rows if row not in kept}
        rows = kept
        plan, problems = _judged(kind, rows, spared)
    _refuse_earlier(recorded_at, paths)
    result.new, result.changed = plan.new, plan.changed
    result.withdrawn, result.unchanged = plan.withdrawn, plan.unchanged
    if plan.bring or plan.take_away or kind.has_more(rows):
        result.batch = _write(kind, plan, recorded_at, actor, paths)
    changed = kind.finish(rows, result.batch)
    result.also = kind.also(changed)
    result.problems = _in_order(result.problems)
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
    batch.brought, batch.taken_away = len(plan.bring), len(plan.take_away)
    batch.save(update_fields=["brought", "taken_away"])
    return batch


def _in_order(problems: list[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file, problem.line or 0, problem.column))
