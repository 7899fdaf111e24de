"""The facts behind people's moves: what came to be known of them, or happened to them, and when."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from foundation.facts import Fact, FactBatch, FactQuerySet
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment, Unit
from tracking.organisation.queries import OrganisationHistory, organisation_history
from tracking.status.compare.causes import CAUSES, Cause, Step
from tracking.status.compare.changed import KINDS, changed
from tracking.status.compare.comparison import Comparison, Moved
from tracking.status.compare.reading import Dates, State, dates
from tracking.status.known import Known
from tracking.status.queries import target_rows
from tracking.status.rules import TargetRow
from tracking.targets.models import Exemption, Target


class How(StrEnum):
    """What became of a fact."""

    ADDED = "added"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    HAPPENED = "happened"  # nothing: it was known of both days, and says what time did


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact that explains a move; or a day on which something ran out, without a fact."""

    how: How
    fact: Fact | None = None  # as known in the later report; as it was, when withdrawn
    was: Fact | None = None  # what a correction took the place of
    day: date | None = None  # the deadline, or the last valid day

    @property
    def batch(self) -> FactBatch | None:
        """The write that made the difference; None when time did."""
        if self.fact is None or self.how is How.HAPPENED:
            return None
        return self.fact.batch_out if self.how is How.WITHDRAWN else self.fact.batch_in


STEP_OF: Mapping[Cause, Step] = {
    Cause.COMPLETED_LATE: Step.COMPLETIONS,
    Cause.COMPLETION_CORRECTED: Step.COMPLETIONS,
    Cause.STARTED_LATE: Step.COMPLETIONS,
    Cause.EMPLOYED_LATE: Step.EMPLOYMENTS,
    Cause.EMPLOYMENT_REMOVED: Step.EMPLOYMENTS,
    Cause.MOVED_IN_LATE: Step.EMPLOYMENTS,
    Cause.MOVED_OUT_LATE: Step.EMPLOYMENTS,
    Cause.EMPLOYMENT_CORRECTED: Step.EMPLOYMENTS,
    Cause.REORGANISED_LATE: Step.UNITS,
    Cause.TARGET_CHANGED: Step.TARGETS,
    Cause.LEAVE_LATE: Step.ABSENCES,
    Cause.EXEMPTION_LATE: Step.EXEMPTIONS,
}


def evidence(comparison: Comparison, moves: Moved) -> list[list[Evidence]]:
    """The facts behind each of these moves; as many queries whatever their number.

    Meant for the people of a page: facts are read of everybody in `moves`.
    """
    behind = _Behind(comparison, {int(person) for person in moves.person})
    targets = comparison.scope.targets
    return [
        behind.move(CAUSES[cause], int(person), targets[target])
        for person, target, cause in zip(moves.person, moves.target, moves.cause, strict=True)
    ]


class _Behind:
    """Reads each kind of fact once, when first asked for."""

    def __init__(self, comparison: Comparison, people: Collection[int]) -> None:
        sides = comparison.before, comparison.after
        self._first, self._last = sorted(sides, key=lambda side: (side.batch, side.as_of))
        self._early, self._late = sorted((self._first.as_of, self._last.as_of))
        self._people = people
        self._changes: dict[type[Fact], dict[int, list[Evidence]]] = {}
        self._read: dict[type[Fact], dict[int, list[Fact]]] = {}
        self._near: dict[str, frozenset[str]] = {}
        self._scope = comparison.scope

    def move(self, cause: Cause, person: int, target: str) -> list[Evidence]:
        """What explains one person's move."""
        if cause.is_of_time:
            return self._of_time(cause, person, target)
        step = STEP_OF[cause]
        match step:
            case Step.UNITS:
                codes = self._codes_around(person)
                return [one for one in self._unit_changes if _code(one.fact) in codes]
            case Step.TARGETS:
                return [one for one in self._target_changes if _code(one.fact) == target]
            case _:
                found = [
                    one for kind in KINDS[step].values() for one in self._changed(kind, person)
                ]
                return [one for one in found if self._is_about(one.fact, target)]

    # What came to be known

    def _changed(self, kind: type[Fact], person: int) -> list[Evidence]:
        if kind not in self._changes:
            facts = changed(kind, self._first.batch, self._last.batch)
            rows = facts.filter(person__in=self._people)
            by_person: dict[int, list[Evidence]] = defaultdict(list)
            for one in self._paired(rows):
                by_person[one.fact.person_id].append(one)  # type: ignore[union-attr]
            self._changes[kind] = by_person
        return self._changes[kind].get(person, [])

    @cached_property
    def _unit_changes(self) -> list[Evidence]:
        return self._paired(changed(Unit, self._first.batch, self._last.batch))

    @cached_property
    def _target_changes(self) -> list[Evidence]:
        return self._paired(changed(Target, self._first.batch, self._last.batch))

    def _paired(self, rows: FactQuerySet) -> list[Evidence]:
        """Old and new facts of one key laid beside each other; those that say the same are not."""
        old: dict[tuple[object, ...], Fact] = {}
        new: dict[tuple[object, ...], Fact] = {}
        for fact in rows.select_related("batch_in", "batch_out").order_by("pk"):
            key = tuple(getattr(fact, name) for name in fact.key_fields)
            (new if fact.batch_in_id > self._first.batch else old)[key] = fact
        found = []
        for key in dict.fromkeys([*old, *new]):
            was, fact = old.get(key), new.get(key)
            if fact is None and was is not None:
                found.append(Evidence(How.WITHDRAWN, was))
            elif was is None:
                found.append(Evidence(How.ADDED, fact))
            elif _says(was) != _says(fact):
                found.append(Evidence(How.CORRECTED, fact, was))
        return found

    def _is_about(self, fact: Fact | None, target: str) -> bool:
        """Whether the fact can matter to the target, in the earlier report."""
        match fact:
            case Exemption():
                return fact.target_code == target
            case Completion() | Start():
                return (
                    fact.course_code in self._targets[target].course_codes
                    and fact.on <= self._first.as_of
                )
            case _:
                return True

    # What time did

    def _of_time(self, cause: Cause, person: int, target: str) -> list[Evidence]:
        if cause in {Cause.COMPLETED, Cause.STARTED}:
            return self._done_between(person, target)
        if cause is Cause.VALIDITY_ENDED:
            ended = Evidence(How.HAPPENED, day=self._days.valid_through[person, target])
            return [*self._done_between(person, target), ended]
        if cause in {Cause.DEADLINE_PASSED, Cause.NEW_DEADLINE}:
            return [Evidence(How.HAPPENED, day=self._days.due_on[person, target])]
        return self._turning(cause, person, target)

    def _turning(self, cause: Cause, person: int, target: str) -> list[Evidence]:
        """The facts that began or ended to hold."""
        match cause:
            case Cause.TARGET_BEGAN | Cause.TARGET_ENDED:
                return self._happened(Target, lambda row: _code(row) == target)
            case Cause.REORGANISED:
                codes = self._codes_around(person)
                return self._happened(Unit, lambda row: _code(row) in codes and self._turned(row))
            case Cause.LEAVE_BEGAN | Cause.EXEMPTION_BEGAN:
                return self._exempting(cause, person, target, self._late)
            case Cause.LEAVE_ENDED | Cause.EXEMPTION_ENDED:
                return self._exempting(cause, person, target, self._early)
            case _:
                return self._happened(Employment, self._turned, person)

    def _done_between(self, person: int, target: str) -> list[Evidence]:
        courses = self._targets[target].course_codes
        return [
            one
            for kind in (Completion, Start)
            for one in self._happened(
                kind,
                lambda row: row.course_code in courses and self._early < row.on <= self._late,
                person,
            )
        ]

    def _exempting(self, cause: Cause, person: int, target: str, day: date) -> list[Evidence]:
        """The leaves, or the exemptions from the target, that cover the day."""
        if cause in {Cause.LEAVE_BEGAN, Cause.LEAVE_ENDED}:
            return self._happened(Absence, lambda row: row.interval.covers(day), person)
        return self._happened(
            Exemption,
            lambda row: row.target_code == target and row.interval.covers(day),
            person,
        )

    def _happened(
        self, kind: type[Fact], matters: Callable[..., bool], person: int | None = None
    ) -> list[Evidence]:
        """Facts known in the later report, of the person or of nobody, that matter."""
        if kind not in self._read:
            known = kind.objects.known_by(self._last.batch).order_by("pk")
            rows: dict[int, list[Fact]] = defaultdict(list)
            if person is not None:
                known = known.filter(person__in=self._people)
            for row in known:
                rows[0 if person is None else row.person_id].append(row)
            self._read[kind] = rows
        rows = self._read[kind]
        return [Evidence(How.HAPPENED, row) for row in rows.get(person or 0, []) if matters(row)]

    def _turned(self, row: Unit | Employment) -> bool:
        """Whether it holds on one of the days and not on the other."""
        return row.interval.covers(self._early) != row.interval.covers(self._late)

    @cached_property
    def _days(self) -> Dates:
        state = State(self._late, Known.through(self._last.batch))
        return dates(state, self._scope, sorted(self._people))

    @cached_property
    def _targets(self) -> dict[str, TargetRow]:
        return {row.code: row for row in target_rows(self._last.batch, self._scope.targets)}

    # Units

    def _codes_around(self, person: int) -> frozenset[str]:
        """Every unit that has a say in where the person's employments count, on any day."""
        for code in self._worked_in[person] - self._near.keys():
            self._near[code] = self._around(code)
        return frozenset().union(*(self._near[code] for code in self._worked_in[person]))

    @cached_property
    def _worked_in(self) -> dict[int, set[str]]:
        codes: dict[int, set[str]] = defaultdict(set)
        for side in {self._first, self._last}:
            held = Employment.objects.known_by(side.batch).filter(person__in=self._people)
            for person, code in held.values_list("person_id", "unit_code"):
                codes[person].add(code)
        return codes

    @cached_property
    def _histories(self) -> list[OrganisationHistory]:
        return [organisation_history(batch) for batch in {self._first.batch, self._last.batch}]

    def _around(self, code: str) -> frozenset[str]:
        found = {code}
        for history in self._histories:
            for era in history.eras():
                tree = history.on(era.start)
                placing = tree.placing(code)
                found.update(placing.chain)
                found.update(tree.path(placing.unit or ""))
        return frozenset(found)


def _says(fact: Fact | None) -> list[object]:
    return [getattr(fact, name) for name in fact.value_fields] if fact else []


def _code(fact: Fact | None) -> str:
    return str(getattr(fact, "code", ""))
