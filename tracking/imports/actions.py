"""Imports a kind of file: everything is checked before anything is written.

Read the rows into a staging table, compare them with the facts known, judge the state after the
file: all that while others write. Then one short transaction applies the difference as one batch;
of whom somebody has written something meanwhile is judged again there. The same file again makes
no difference, so no batch.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.facts import EarlierThanLast, FactBatch, open_batch, take_batch_lock
from foundation.jobs.progress import UNWATCHED, JobCancelled, Steps
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent
from tracking.imports.judging import CHANGED, ENDED, MOVED, NEW, WITHDRAWN, Judgement
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.base import ORIGIN, Kind, Options
from tracking.imports.kinds.people import DETAILS, bring_people
from tracking.imports.models import Arriving
from tracking.imports.problems import ImportRefused, Problem
from tracking.imports.reading import Sheet, opened
from tracking.imports.rows import header_warnings, stage_rows
from tracking.imports.staging import Staging, fingerprint, packed, staging
from tracking.imports.writing import make_ready, moment_before, people_of, write_facts
from tracking.organisation.models import Employment, Person, User

CHUNK = 500
# How often what others wrote meanwhile is looked at anew before they are made to wait.
ATTEMPTS = 5
ARRIVALS_WAIT = timedelta(hours=2)

Look = Callable[[Kind, Staging, Sequence[Sheet], list[Problem]], None]


def unseen(
    _kind: Kind, _table: Staging, _sheets: Sequence[Sheet], _problems: list[Problem]
) -> None:
    """Nobody looks."""


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
    look: Look = unseen,
) -> ImportResult:
    """Import files of one kind as one batch.

    Raises ImportRefused with every problem, and changes nothing, when any row is bad; with
    `partial` the bad rows are left out and given in the result instead. At each of `steps` it may
    be broken off: no fact is written before the last. Broken off by a worker's death, it goes on
    with the rows it had read when the same files are given again. `look` is shown what was judged,
    also of what is then refused.
    """
    kind = KINDS[kind_name](options)
    kind.files = ", ".join(path.name for path in paths)
    if partial and not kind.may_be_partial:
        expected = _("the whole file: this kind can't be taken in part")
        raise ImportRefused([Problem(kind.files, None, "", "--partial", expected)])
    with staging(_name_of(kind, paths)) as table:
        try:
            one = _Import(kind, table, actor, partial, recorded_at, look)
            result = one.run(paths, steps, dry_run=dry_run)
        except (ImportRefused, JobCancelled):
            table.remove()
            raise
        table.remove()
    return result


def _name_of(kind: Kind, paths: Sequence[Path]) -> str:
    """What makes it the same reading: rows named by address were looked up as they were read."""
    looked_up = FactBatch.objects.count() if kind.either else 0
    return fingerprint(paths, kind.name, kind.options.today, get_language(), looked_up)


@dataclass(frozen=True, slots=True)
class _Import:
    """One import on its way, in the table it uses."""

    kind: Kind
    table: Staging
    actor: User | None
    partial: bool
    recorded_at: datetime | None
    look: Look

    def run(self, paths: Sequence[Path], steps: Steps, *, dry_run: bool) -> ImportResult:
        phase = _("Opening the file")
        steps.begin(phase)
        with ExitStack() as stack:
            sheets = [
                stack.enter_context(opened(path, lambda: steps.begin(phase))) for path in paths
            ]
            result = ImportResult(warnings=header_warnings(self.kind, sheets))
            stage_rows(self.kind, sheets, self.table, steps)
            judgement = Judgement(self.kind, self.table, partial=self.partial)
            judgement.everything(steps)
            problems = in_order(unreadable(self.table) + judgement.problems)
            self.look(self.kind, self.table, sheets, problems)
        self._refuse(judgement)
        if not dry_run:
            steps.begin(_("Writing what is new"))
            result.batch = self._write(judgement)
        self._tell(judgement, result)
        return result

    def _refuse(self, judgement: Judgement) -> None:
        """Raise everything that is wrong, unless leaving rows out helps and was asked for."""
        bad = unreadable(self.table)
        partial = self.partial and not self.table.note("shapeless")
        if (bad and not partial) or judgement.is_refused:
            raise ImportRefused(in_order(bad + judgement.problems))
        if in_all := self.kind.problems_in_all(self.table):
            raise ImportRefused(in_order(bad + judgement.problems + in_all))
        if last := moment_before(self.recorded_at):
            assert self.recorded_at
            expected = _("a moment not before that of the last batch, %(moment)s") % {
                "moment": last.isoformat()
            }
            said = self.recorded_at.isoformat()
            raise ImportRefused([Problem(self.kind.files, None, "--recorded-at", said, expected)])

    def _write(self, judgement: Judgement) -> FactBatch | None:
        """Apply the difference; looks again outside the lock when a lot has changed meanwhile."""
        try:
            for attempt in range(ATTEMPTS):
                self._prepare()
                with transaction.atomic():
                    take_batch_lock()
                    moved = judgement.moved()
                    if moved is not None or attempt == ATTEMPTS - 1:
                        self._look_again(judgement, moved)
                        return self._apply()
                judgement.everything(UNWATCHED)
                self._refuse(judgement)
            raise AssertionError("the last attempt writes")
        finally:
            let_arrivals_be(self.table)

    def _prepare(self) -> None:
        if self.kind.model is Employment:
            bring_people(self.table, now=timezone.now())
        make_ready(self.kind, self.table)

    def _look_again(self, judgement: Judgement, moved: dict[str, int] | None) -> None:
        """Within the lock: what was judged of those whom somebody has written of meanwhile."""
        if moved == {}:
            return
        if moved is None:
            judgement.everything(UNWATCHED)
        else:
            judgement.again(moved)
        self._refuse(judgement)
        self._prepare()

    def _apply(self) -> FactBatch | None:
        batch = None
        needing = packed(list(self.kind.need_a_batch))
        more = "SELECT count(*) FROM effect WHERE name IN (SELECT value FROM json_each(?))"
        if self.table.number("SELECT count(*) FROM change") or self.table.number(more, needing):
            try:
                batch = open_batch(
                    origin=f"{ORIGIN}{self.kind.name}",
                    actor=self.actor,
                    recorded_at=self.recorded_at,
                    file_name=self.kind.files,
                )
            except EarlierThanLast as error:
                problem = Problem(self.kind.files, None, "--recorded-at", str(error), "")
                raise ImportRefused([problem]) from error
            write_facts(self.kind, self.table, batch)
        else:
            self.kind.write_effects(self.table, None)
        about = people_of(
            self.table,
            f"SELECT of FROM change UNION SELECT of FROM effect WHERE name = '{DETAILS}'",  # nosec B608
        )
        if batch or about:
            self._log(about)
        return batch

    def _log(self, about: list[int]) -> None:
        counts = counts_of(self.table)
        record(
            AuditEvent.FILE_IMPORTED,
            actor=self.actor or system_account(),
            about=about if self.kind.is_of_people else (),
            detail={
                "slag": self.kind.name,
                "nya": counts[NEW],
                "andrade": counts[CHANGED] + counts[ENDED],
                "aterkallade": counts[WITHDRAWN] + counts[MOVED],
            },
        )

    def _tell(self, judgement: Judgement, result: ImportResult) -> None:
        """Fill in what was, or would be, changed."""
        table, counts = self.table, counts_of(self.table)
        result.new, result.changed = counts[NEW], counts[CHANGED] + counts[ENDED]
        result.withdrawn = counts[WITHDRAWN] + counts[MOVED]
        rows = table.number("SELECT count(*) FROM row WHERE seq NOT IN (SELECT seq FROM left_out)")
        result.unchanged = rows - table.number("SELECT count(*) FROM change WHERE line IS NOT NULL")
        done = table.number("SELECT count(*) FROM effect WHERE name = ?", self.kind.counted)
        result.also = self.kind.also(done)
        result.problems = in_order(unreadable(table) + judgement.problems)
        result.warnings += self.kind.warnings(table)


def counts_of(table: Staging) -> Counter[str]:
    """How many facts change in which way."""
    return Counter(dict(table.db.execute("SELECT what, count(*) FROM change GROUP BY what")))


def unreadable(table: Staging) -> list[Problem]:
    """What is wrong with the rows that could not be read."""
    rows = table.db.execute("SELECT problems FROM bad ORDER BY seq")
    return [Problem(*problem) for (problems,) in rows for problem in json.loads(problems)]


def in_order(problems: list[Problem]) -> list[Problem]:
    """Each problem once, as they stand in the files."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file, problem.line or 0, problem.column))


def let_arrivals_be(table: Staging) -> None:
    """Those whose facts are here are people like others; those without go."""
    came = [pk for (pk,) in table.db.execute("SELECT pk FROM arrived ORDER BY pk")]
    for at in range(0, len(came), CHUNK):
        _settle_arrivals(Arriving.objects.filter(person__in=came[at : at + CHUNK]))
    table.db.execute("DELETE FROM arrived")


def remove_arrivals(*, now: datetime) -> None:
    """People whom an import brought that has died since: they go, unless their facts came."""
    while old := list(
        Arriving.objects.filter(since__lte=now - ARRIVALS_WAIT).values_list("pk", flat=True)[:CHUNK]
    ):
        _settle_arrivals(Arriving.objects.filter(pk__in=old))


@transaction.atomic
def _settle_arrivals(arrivals: "QuerySet[Arriving]") -> None:
    here = Employment.objects.filter(person=OuterRef("pk"))
    without = Person.objects.filter(arriving__in=arrivals, user=None).exclude(Exists(here))
    without.delete()
    arrivals.delete()
