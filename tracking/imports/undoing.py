"""Undoes an import: a new batch takes away what it brought, and brings back what it took.

Nothing is deleted: what was known while the import stood can be asked for ever after. Refused where
something later rests on what the import brought, or has taken its place. Names, addresses and
protection are no facts and have no history; they stay as the file said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from foundation.bulk import copy_rows
from foundation.facts import Fact, FactBatch, close_batch, open_batch, take_batch_lock
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.base import AT_ONCE, ORIGIN, Key, Kind, Known, Options, Part, Plan, Row
from tracking.imports.models import UndoneImport
from tracking.imports.problems import ImportRefused, Problem
from tracking.ledger.models import Completion, PendingCompletion, Start
from tracking.organisation.actions import name_accounts
from tracking.organisation.models import Absence, Duty, Employment, Person, Unit, User
from tracking.targets.models import Exemption

PEOPLE_AT_ONCE = 2_000
# Whose facts changed is told one by one up to here; beyond, whoever follows looks at everything.
FEW_PEOPLE = 2_000
ATTEMPTS = 5
UNDO = " (undo)"
RESTING: tuple[type[Fact], ...] = (Absence, Start, Completion, Exemption, Duty)


@dataclass(slots=True)
class UndoResult:
    """What undoing took away and brought back, or would."""

    taken_away: int = 0
    brought_back: int = 0
    problems: list[Problem] = field(default_factory=list)
    batch: FactBatch | None = None


def kind_of(batch: FactBatch) -> str | None:
    """The kind of file a batch came from; None when it is no import."""
    name = batch.origin.removeprefix(ORIGIN).removesuffix(UNDO)
    return name if batch.origin.startswith(ORIGIN) and name in KINDS else None


def undo_import(
    batch: FactBatch,
    *,
    actor: User | None = None,
    dry_run: bool = False,
    steps: Steps = UNWATCHED,
) -> UndoResult:
    """Undo the import; raises ImportRefused with every reason why it can't be."""
    name = kind_of(batch)
    if name is None:
        raise _refused(batch, _("a batch that a file was imported as"))
    undoing = _Undoing(KINDS[name](Options(today=today())), batch, actor)
    for attempt in range(ATTEMPTS):
        seen = _last_batch()
        undoing.refuse_done()
        result = undoing.judged(steps)
        if result.problems:
            raise ImportRefused(result.problems)
        if dry_run:
            return result
        steps.begin(_("Writing what is new"))
        with transaction.atomic():
            take_batch_lock()
            undoing.refuse_done()
            if undoing.has_moved(seen):
                if attempt < ATTEMPTS - 1:
                    continue
                result = undoing.judged(UNWATCHED)
                if result.problems:
                    raise ImportRefused(result.problems)
            undoing.write(result)
            return result
    raise AssertionError("the last attempt writes")


def _last_batch() -> int:
    return FactBatch.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _refused(batch: FactBatch, expected: str, value: str = "") -> ImportRefused:
    return ImportRefused([Problem(_name(batch), None, "", value or str(batch.pk), expected)])


def _name(batch: FactBatch) -> str:
    return batch.file_name or _("batch %(number)d") % {"number": batch.pk}


@dataclass(frozen=True, slots=True)
class _Undoing:
    kind: Kind
    batch: FactBatch
    actor: User | None

    def refuse_done(self) -> None:
        """Once is enough."""
        if UndoneImport.objects.filter(batch=self.batch).exists():
            raise _refused(self.batch, _("an import that has not been undone already"))

    @property
    def brought(self) -> Any:
        return self.kind.model.objects.filter(batch_in=self.batch)

    @property
    def taken(self) -> Any:
        return self.kind.model.objects.filter(batch_out=self.batch)

    def people(self) -> list[int]:
        """Whose facts the import changed."""
        if not self.kind.is_of_people:
            return []
        keys = self.brought.values_list("person").union(self.taken.values_list("person"))
        return sorted(pk for (pk,) in keys)

    def has_moved(self, seen: int) -> bool:
        """Whether what the judgement rests on has changed since that batch."""
        later = Q(batch_in__gt=seen) | Q(batch_out__gt=seen)
        of_people = self.kind.is_of_people
        concerned = frozenset(self.people())
        facts: set[type[Fact]] = {self.kind.model, *(self.kind.rests_on or ()), *RESTING}
        for fact in facts | {Employment, Unit}:
            found = fact.objects.filter(later)
            if not (of_people and "person_id" in fact.key_fields):
                if found.exists():
                    return True
            elif not concerned.isdisjoint(found.values_list("person_id", flat=True)):
                return True
        return False

    def judged(self, steps: Steps) -> UndoResult:
        """What would be done, and why it can't be."""
        phase = _("Comparing with what is known")
        steps.begin(phase)
        people = self.people()
        parts = [
            people[at : at + PEOPLE_AT_ONCE] for at in range(0, len(people), PEOPLE_AT_ONCE)
        ] or [[]]
        result = UndoResult()
        for some in steps.each(parts, phase) if len(parts) > 1 else parts:
            self._judge(some, result)
        result.problems += self._matched_since()
        return result

    def _judge(self, people: list[int], result: UndoResult) -> None:
        keys = dict(
            Person.objects.filter(pk__in=people).values_list("pk", "person_id") if people else ()
        )
        part = Part({key: pk for pk, key in keys.items()})
        plan = Plan(self.kind.known(part.people if self.kind.is_of_people else None))
        ours = {known.pk: key for key, known in plan.known.items()}
        some = Q(person__in=people) if self.kind.is_of_people else Q()
        for key, known, moment in self._facts(self.brought.filter(some), keys):
            if known.pk in ours:
                plan.take_away.add(key)
                plan.withdrawn_by[key] = self._row(key, {})
            else:
                expected = _("a fact that nothing has taken the place of since; this was %(day)s")
                result.problems.append(self._problem(key, expected % {"day": moment}))
        for key, known, _moment in self._facts(self.taken.filter(some), keys):
            if key in plan.known and key not in plan.take_away:
                expected = _("no later fact in the place of the one to bring back")
                result.problems.append(self._problem(key, expected))
            else:
                plan.bring[key] = self._row(key, known.fields)
                plan.withdrawn_by.pop(key, None)
        result.taken_away += len(plan.take_away)
        result.brought_back += len(plan.bring)
        found = self.kind.problems_after(plan, part)
        found += self._resting(plan, part)
        result.problems += [replace(each, file=_name(self.batch), line=None) for each in found]

    def _facts(self, facts: Any, keys: dict[int, str]) -> Iterator[tuple[Key, Known, str]]:
        names = self.kind.model.value_fields
        asked = facts.values_list(
            "pk", "batch_out__recorded_at", *self.kind.model.key_fields, *names
        )
        for pk, moment, *values in asked.iterator(chunk_size=5000):
            parts = values[: len(self.kind.model.key_fields)]
            if self.kind.is_of_people:
                parts[0] = keys[parts[0]]
            known = Known(pk, dict(zip(names, values[len(parts) :], strict=True)))
            yield tuple(parts), known, f"{moment:%Y-%m-%d}" if moment else ""

    def _row(self, key: Key, fields: dict[str, Any]) -> Row:
        named = dict(zip(self.kind.key_columns, key, strict=True))
        return Row(_name(self.batch), 0, key, fields, named, not fields)

    def _problem(self, key: Key, expected: str) -> Problem:
        columns, value = ", ".join(self.kind.key_columns), ";".join(map(str, key))
        return Problem(_name(self.batch), None, columns, value, expected)

    def _resting(self, plan: Plan, part: Part) -> list[Problem]:
        """What was recorded after the import, and would be left without what it rests on."""
        gone = {key[0] for key in plan.take_away}
        left = gone - {key[0] for key, _fields, _row in plan.after()}
        facts: tuple[type[Fact], ...]
        if self.kind.model is Unit:
            facts, column, keys = (Employment, Duty), "unit_code", {code: code for code in left}
        elif self.kind.model is Employment:
            facts, column = RESTING, "person"
            keys = {part.people[key]: key for key in left}
        else:
            return []
        expected = _("nothing recorded later that rests on it: there are %(what)s")
        found = []
        for fact in facts:
            later = fact.objects.known_now().filter(batch_in__gt=self.batch.pk)
            named = {
                keys[value]
                for some in _some(sorted(keys))
                for value in later.filter(**{f"{column}__in": some}).values_list(column, flat=True)
            }
            what = {"what": fact._meta.verbose_name_plural}
            columns = self.kind.key_columns[0]
            found += [
                Problem("", None, columns, str(one), expected % what) for one in sorted(named)
            ]
        return found

    def write(self, result: UndoResult) -> None:
        """Take away and bring back, within the lock."""
        about = self.people()
        batch = open_batch(
            origin=f"{ORIGIN}{self.kind.name}{UNDO}",
            actor=self.actor,
            file_name=self.batch.file_name,
        )
        taken_away = self.brought.filter(batch_out=None).update(batch_out=batch)
        brought = copy_rows(
            self.kind.model,
            {"batch_in": batch.pk, "batch_out": None},
            where="batch_out",
            equals=self.batch.pk,
        )
        if self.kind.model is Completion:
            self._waiting(batch)
        if self.kind.model is Employment:
            cover(about)
        UndoneImport.objects.create(batch=self.batch, by=batch)
        few = self.kind.is_of_people and len(about) <= FEW_PEOPLE
        close_batch(batch, brought=brought, taken_away=taken_away, people=about if few else None)
        record(
            AuditEvent.IMPORT_UNDONE,
            actor=self.actor or system_account(),
            about=about,
            detail={
                "slag": self.kind.name,
                "sats": self.batch.pk,
                "aterkallade": taken_away,
                "aterforda": brought,
            },
        )
        result.batch, result.taken_away, result.brought_back = batch, taken_away, brought

    def _waiting(self, batch: FactBatch) -> None:
        """Rows that the import let wait wait no more; those it found somebody for wait again,
        unless the very same has come to wait since: one is enough.
        """
        PendingCompletion.objects.filter(batch_in=self.batch, matched_in=None).update(
            matched_in=batch
        )
        same = ("email", "course_code", "on", "source")
        again = PendingCompletion.objects.filter(
            matched_in=None, **{name: OuterRef(name) for name in same}
        )
        found = PendingCompletion.objects.filter(matched_in=self.batch).filter(~Exists(again))
        rows = found.values_list(*same, "result").order_by("pk").iterator(chunk_size=AT_ONCE)
        once = {values[:4]: values for values in rows}
        PendingCompletion.objects.bulk_create(
            (
                PendingCompletion(
                    **dict(zip((*same, "result"), values, strict=True)), batch_in=batch
                )
                for values in once.values()
            ),
            batch_size=AT_ONCE,
        )

    def _matched_since(self) -> list[Problem]:
        """Rows that the import let wait, and somebody has said whose they are."""
        theirs = PendingCompletion.objects.filter(
            batch_in=self.batch, matched_in__isnull=False, matched_to__isnull=False
        )
        count = theirs.count() if self.kind.model is Completion else 0
        if not count:
            return []
        expected = _("no row of it that somebody has said whose it is: take those %(count)d back")
        return [Problem(_name(self.batch), None, "epost", "", expected % {"count": count})]


def _some(values: Sequence[Any]) -> Iterator[list[Any]]:
    left = iter(values)
    while some := list(islice(left, AT_ONCE)):
        yield some


def cover(people: Sequence[int]) -> None:
    """Protect those whom an employment brought back protects. Undoing uncovers nobody."""
    for some in _some(people):
        says = Employment.objects.known_now().filter(says_protected=True, person__in=some)
        hidden = list(Person.objects.filter(pk__in=says.values("person"), protected=False))
        for person in hidden:
            person.protected = True
        Person.objects.bulk_update(hidden, ["protected"])
        name_accounts(people=hidden)
