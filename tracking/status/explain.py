"""A person's status against a target with its reasons: the plain reading of the rule."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from foundation.intervals import Interval, common, day_after, merged
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment
from tracking.organisation.queries import OrganisationHistory, UnitPeriod
from tracking.status.audience import Place, placed_in, post
from tracking.status.engine.ground import remembered
from tracking.status.known import Known
from tracking.status.reasons import (
    AlternativeRead,
    ClauseRead,
    CompletionRead,
    ConditionRead,
    CourseRead,
    ExemptionRead,
    Explanation,
    LeaveRead,
    Placement,
    Stretch,
    StretchPart,
    Way,
    outside_because,
)
from tracking.status.results import TargetResult
from tracking.status.rules import (
    PersonFacts,
    TargetRow,
    best_of,
    counting_leaves,
    deciding_rule,
    due_steps,
    reached,
)
from tracking.targets.expressions import folded
from tracking.targets.models import Exemption


def explain(person: int, target_code: str, as_of: date, known: Known) -> Explanation:
    """Why the person (a primary key) has the status they have, or is not in the audience.

    Six queries, and two more where the process does not remember organisation and targets.
    """
    history, targets = remembered(known)
    target = next((row for row in targets if row.code == target_code), None)
    mine = Employment.objects.known_by(known.employments).filter(person=person)
    employments = list(mine.order_by("valid_from", "unit_code", "pk"))
    placements = tuple(
        _placement(history, target, each, as_of)
        for each in employments
        if each.interval.covers(as_of)
    )
    stretch = _stretch(history, target, employments, as_of) if target else None
    if target is None or stretch is None:
        why = outside_because(target, as_of, placements)
        return Explanation(person, target_code, as_of, known, why, target, placements)
    return _inside(person, target, as_of, known, placements, stretch)


def _inside(
    person: int,
    target: TargetRow,
    as_of: date,
    known: Known,
    placements: tuple[Placement, ...],
    stretch: Stretch,
) -> Explanation:
    leaves = _leaves(person, as_of, known)
    exemptions = _exemptions(person, target, as_of, known)
    courses = _courses(person, target, as_of, known)
    facts = PersonFacts(
        leaves=tuple(absence for leave in leaves for absence in leave.absences),
        completions={
            code: [each.on for each in course.completions] for code, course in courses.items()
        },
        starts={code: course.begun_on for code, course in courses.items() if course.begun_on},
    )
    counting = counting_leaves(facts.leaves)
    alternatives = _alternatives(target, courses, facts, as_of)
    best = next((each.reached for each in alternatives if each.is_best), None)
    steps = due_steps(target, start=stretch.start, leaves=counting, day=as_of)
    due = max((step.gives for step in steps), default=None)
    rule = deciding_rule(
        target,
        day=as_of,
        facts=facts,
        leaves=counting,
        exempt=bool(exemptions),
        best=best,
        due=due,
    )
    result = TargetResult(
        person=person,
        target=target.code,
        status=rule.status,
        completed_on=best.on if best else None,
        valid_through=best.valid_through if best else None,
        due_on=due,
        start=stretch.start,
        places=frozenset(
            Place(each.unit, folded(each.business_area))
            for each in placements
            if each.is_inside and each.unit is not None
        ),
    )
    return Explanation(
        person=person,
        target_code=target.code,
        as_of=as_of,
        known=known,
        rule=rule,
        target=target,
        placements=placements,
        result=result,
        stretch=stretch,
        due_steps=tuple(steps),
        leaves=leaves,
        exemptions=exemptions,
        alternatives=alternatives,
    )


def _clauses(
    target: TargetRow | None, path: Sequence[UnitPeriod], held: Employment
) -> tuple[ClauseRead, ...]:
    if target is None or not path:
        return ()
    placed = placed_in(
        path, post(held.unit_code, held.position, held.business_area, held.is_manager)
    )
    return tuple(
        ClauseRead(tuple(ConditionRead(each, each.holds(placed)) for each in clause))
        for clause in target.audience.clauses
    )


def _placement(
    history: OrganisationHistory, target: TargetRow | None, held: Employment, as_of: date
) -> Placement:
    placing = history.on(as_of).placing(held.unit_code)
    path = history.standing(held.unit_code, as_of)
    if placing.unit is None:
        way = Way.NOWHERE
    elif placing.chain[-1] == placing.unit:
        way = Way.ITSELF if len(placing.chain) == 1 else Way.SUCCESSOR
    else:
        way = Way.ENDED if history.has_begun(placing.chain[-1], as_of) else Way.UNKNOWN
    return Placement(
        interval=held.interval,
        unit_code=held.unit_code,
        position=held.position,
        business_area=held.business_area,
        is_manager=held.is_manager,
        way=way,
        chain=placing.chain,
        unit=placing.unit,
        path=tuple(unit.code for unit in path),
        clauses=_clauses(target, path, held),
    )


def _stretch(
    history: OrganisationHistory, target: TargetRow, held: Sequence[Employment], as_of: date
) -> Stretch | None:
    parts = [part for each in held for part in _parts(history, target, each, as_of)]
    runs = merged(part.interval for part in parts)
    run = next((run for run in runs if run.covers(as_of)), None)
    inside = run and common(run, target.in_force)
    if run is None or inside is None or not inside.covers(as_of):
        return None
    until = Interval(inside.start, day_after(as_of))
    cut = [
        StretchPart(days, part.unit_code, part.unit, part.clause)
        for part in parts
        if (days := common(part.interval, until))
    ]
    cut.sort(key=lambda part: (part.interval, part.unit_code))
    return Stretch(inside.start, tuple(cut), from_target=run.start < inside.start)


def _parts(
    history: OrganisationHistory, target: TargetRow, held: Employment, as_of: date
) -> list[StretchPart]:
    """The days of one employment in the audience, up to the day; those that go on are one."""
    found: list[StretchPart] = []
    for era in takewhile(lambda era: era.start <= as_of, history.eras()):
        days = common(era, held.interval)
        path = history.standing(held.unit_code, era.start) if days else ()
        if days is None or not path:
            continue
        clauses = _clauses(target, path, held)
        clause = next((at for at, each in enumerate(clauses) if each.holds), None)
        if clauses and clause is None:
            continue
        part = StretchPart(days, held.unit_code, path[0].code, clause)
        last = found[-1] if found else None
        if last and last.interval.end == days.start and last[1:] == part[1:]:
            found[-1] = part._replace(interval=Interval(last.interval.start, days.end))
        else:
            found.append(part)
    return found


def _leaves(person: int, as_of: date, known: Known) -> tuple[LeaveRead, ...]:
    away = Absence.objects.known_by(known.absences).filter(person=person)
    absences = sorted(each.interval for each in away)
    counting = counting_leaves(absences)
    return tuple(
        LeaveRead(
            interval=leave,
            absences=tuple(each for each in absences if common(each, leave)),
            counts=leave in counting,
            covers=leave.covers(as_of),
        )
        for leave in merged(absences)
    )


def _exemptions(
    person: int, target: TargetRow, as_of: date, known: Known
) -> tuple[ExemptionRead, ...]:
    held = Exemption.objects.known_by(known.exemptions).on(as_of)
    mine = held.filter(person=person, target_code=target.code).order_by("valid_from", "pk")
    return tuple(ExemptionRead(each.interval, each.reason) for each in mine)


def _courses(person: int, target: TargetRow, as_of: date, known: Known) -> dict[str, CourseRead]:
    """What was done of each course that the target needs, on or before the day."""
    codes = target.course_codes
    done = Completion.objects.known_by(known.completions).filter(
        person=person, course_code__in=codes, on__lte=as_of
    )
    completions: dict[str, list[CompletionRead]] = {code: [] for code in codes}
    for each in done.order_by("-on", "source"):
        completions[each.course_code].append(CompletionRead(each.on, each.source))
    begun = Start.objects.known_by(known.starts).filter(
        person=person, course_code__in=codes, on__lte=as_of
    )
    starts = dict(begun.values_list("course_code", "on"))
    return {
        code: CourseRead(
            code=code,
            completions=tuple(completions[code]),
            begun_on=starts.get(code),
            valid_through=_valid_through(target, code, completions[code], as_of),
        )
        for code in codes
    }


def _valid_through(
    target: TargetRow, code: str, done: Sequence[CompletionRead], as_of: date
) -> date | None:
    """The last day on which this course alone would be valid."""
    alone = reached(target, [code], {code: [each.on for each in done]}, as_of)
    return alone.valid_through if alone else None


def _alternatives(
    target: TargetRow, courses: dict[str, CourseRead], facts: PersonFacts, as_of: date
) -> tuple[AlternativeRead, ...]:
    found = [reached(target, each, facts.completions, as_of) for each in target.courses]
    best = best_of([each for each in found if each is not None])
    at = next((at for at, each in enumerate(found) if each is best), None) if best else None
    return tuple(
        AlternativeRead(
            courses=tuple(courses[code] for code in alternative),
            reached=found[number],
            is_best=number == at,
        )
        for number, alternative in enumerate(target.courses)
    )
