"""Why somebody has the status they have against a target, or why it does not apply: in words.

The reasons are those of tracking.status.explain; here they become sentences, the same whoever
reads them. Nothing is worked out a second time.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from foundation.components.dates import swedish_date
from foundation.facts import batch_at
from tracking.ledger.models import CompletionSource
from tracking.ledger.queries import known_courses
from tracking.organisation.queries import OrganisationHistory
from tracking.reports.condition_words import failed_words
from tracking.reports.why_days import days_words, due, exemptions, leaves
from tracking.status.engine.ground import remembered
from tracking.status.explain import explain
from tracking.status.known import Known
from tracking.status.reasons import (
    AlternativeRead,
    CourseRead,
    Explanation,
    Outside,
    Placement,
    StretchPart,
    Way,
)
from tracking.status.rules import Reached, Rule, Status, TargetRow
from tracking.targets.sentence import parts_of
from tracking.targets.words import Names, audience_words, part_words, plain


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the reasoning: what it is about, and what is said of it, line by line."""

    title: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Why:
    """The whole reasoning. `status` is None for somebody the target does not apply to."""

    name: str  # the target's; its code where nobody knows it
    status: Status | None
    conclusion: str
    steps: list[Step] = field(default_factory=list)


def why(
    person: int,
    code: str,
    as_of: date,
    *,
    known_at: datetime | None = None,
    tells_reasons: bool,
) -> Why:
    """The reasoning for a person (Person's key) and a target on a day, as known at a moment.

    `tells_reasons`: whether the reader may know why somebody has been made exempt.
    """
    known = Known.through(batch_at(known_at))
    explained = explain(person, code, as_of, known)
    history, _targets = remembered(known)
    target = explained.target
    if target is None:
        return Why(code, None, _outside(explained))
    names = Names(_units(history, as_of), _courses(target, known))
    whom = plain(audience_words(target.audience_text, names))
    steps = [
        Step(gettext("Whom the target is for"), [f"{whom}."]),
        Step(gettext("Employment on the day"), _employments(explained, target, names)),
    ]
    if explained.result is None:
        return Why(target.name, None, _outside(explained), steps)
    steps += [
        Step(gettext("Since when"), _stretch(explained, names)),
        Step(gettext("By when"), due(explained, target)),
        Step(gettext("Leave"), leaves(explained.leaves)),
        Step(gettext("Exemption"), exemptions(explained.exemptions, tells_reasons=tells_reasons)),
        Step(gettext("What has been completed"), _completed(explained, names)),
    ]
    steps = [step for step in steps if step.lines]
    return Why(target.name, explained.result.status, _conclusion(explained), steps)


def _units(history: OrganisationHistory, as_of: date) -> dict[str, str]:
    """Names on the day; of units that are not there then, the last there is."""
    last = {period.code: period.name for period in history.periods}
    return last | {code: unit.name for code, unit in history.on(as_of).units.items()}


def _courses(target: TargetRow, known: Known) -> dict[str, str]:
    courses = known_courses(target.course_codes, known.targets)
    return {code: course.name for code, course in courses.items()}


def _outside(explained: Explanation) -> str:
    match explained.rule:
        case Outside.UNKNOWN_TARGET:
            return gettext("There is no such target.")
        case Outside.NOT_IN_FORCE:
            return gettext("The target was not in force on that day.")
        case Outside.NOT_EMPLOYED:
            return gettext("No employment covers that day.")
        case Outside.NO_ORGANISATION:
            return gettext("The organisation is not known that far back.")
        case _:
            return gettext("No employment on that day is one that the target is for.")


def _employments(explained: Explanation, target: TargetRow, names: Names) -> list[str]:
    lines = []
    for held in explained.placements:
        lines.append(_employment(held, names))
        lines += _counted_in(held, names)
        if explained.rule is not Outside.NOT_IN_FORCE:
            lines += _clauses(held, target, names)
    return lines


def _employment(held: Placement, names: Names) -> str:
    role = held.position or gettext("no role given")
    role = role[:1].upper() + role[1:]
    if held.is_manager:
        role = gettext("%(role)s (manager)") % {"role": role}
    said = {
        "role": role,
        "area": held.business_area,
        "unit": names.units.get(held.unit_code, held.unit_code),
        "days": days_words(held.interval),
    }
    if held.business_area:
        return gettext("%(role)s within %(area)s in %(unit)s, %(days)s.") % said
    return gettext("%(role)s in %(unit)s, %(days)s.") % said


def _counted_in(held: Placement, names: Names) -> list[str]:
    """Where it counts, when that is not where HR has it."""
    said = {
        "unit": names.units.get(held.unit or "", held.unit),
        "last": names.units.get(held.chain[-1], held.chain[-1]),
    }
    match held.way:
        case Way.SUCCESSOR:
            text = gettext("That unit has ended. %(unit)s took over, so it counts there.")
        case Way.ENDED:
            text = gettext("%(last)s has ended without a successor, so it counts in %(unit)s only.")
        case Way.UNKNOWN:
            text = gettext("The organisation knows no such unit, so it counts in %(unit)s only.")
        case Way.NOWHERE:
            text = gettext("The organisation is not known on that day, so it counts nowhere.")
        case _:
            return []
    return [text % said]


def _clauses(held: Placement, target: TargetRow, names: Names) -> list[str]:
    """What of the target it meets; else what it lacks for each of the target's groups."""
    if held.unit is None:
        return []
    if not held.clauses:
        return [gettext("The target is for everybody, so it applies.")]
    groups = [plain(part_words(part, names)) for part in parts_of(target.audience_text)]
    if len(groups) == 1:
        lacks = {"lacks": failed_words(held.clauses[0], names)}
        if held.clause is None:
            return [gettext("The employment %(lacks)s.") % lacks]
        return [gettext("The employment is one that the target is for.")]
    if held.clause is not None:
        return [gettext("The target applies to %(group)s.") % {"group": groups[held.clause]}]
    return [
        gettext("The target applies to %(group)s. The employment %(lacks)s.")
        % {"group": group, "lacks": failed_words(clause, names)}
        for group, clause in zip(groups, held.clauses, strict=True)
    ]


def _stretch(explained: Explanation, names: Names) -> list[str]:
    stretch = explained.stretch
    assert stretch is not None
    since = {"day": swedish_date(stretch.start)}
    lines = [gettext("The target has applied without a break since %(day)s.") % since]
    if stretch.from_target:
        lines.append(gettext("That day the target came into force."))
    if len(stretch.parts) > 1:
        lines += [_part(part, names) for part in stretch.parts]
    return lines


def _part(part: StretchPart, names: Names) -> str:
    unit = names.units.get(part.unit, part.unit)
    return f"{days_words(part.interval).capitalize()}: {unit}."


def _completed(explained: Explanation, names: Names) -> list[str]:
    several = len(explained.alternatives) > 1
    lines = []
    for number, way in enumerate(explained.alternatives, start=1):
        head = gettext("Way %(number)d: ") % {"number": number} if several else ""
        lines += [head + _course(course, names) for course in way.courses]
        lines += _reached(way, several=several)
    return lines


def _course(course: CourseRead, names: Names) -> str:
    said = {"course": names.courses.get(course.code, course.code)}
    if not course.completions:
        if course.begun_on:
            said["day"] = swedish_date(course.begun_on)
            return gettext("%(course)s was begun on %(day)s and is not completed.") % said
        return gettext("%(course)s is not completed.") % said
    latest = course.completions[0]
    said |= {"day": swedish_date(latest.on), "source": _source(latest.source)}
    text = gettext("%(course)s was completed on %(day)s (%(source)s).")
    if len(course.completions) > 1:
        earlier = {"count": len(course.completions) - 1}
        text += " " + ngettext(
            "%(count)d earlier time is superseded by it.",
            "%(count)d earlier times are superseded by it.",
            earlier["count"],
        )
        return text % (said | earlier)
    return text % said


def _source(source: str) -> str:
    known = source in CompletionSource.values
    return str(CompletionSource(source).label).lower() if known else source


def _reached(way: AlternativeRead, *, several: bool) -> list[str]:
    if way.reached is None:
        return []
    lines = [_reached_words(way.reached)]
    if several and way.is_best:
        lines.append(gettext("This is the way that counts: it is valid longest."))
    return lines


def _reached_words(reached: Reached) -> str:
    said = {"day": swedish_date(reached.on), "through": swedish_date(reached.valid_through)}
    if reached.valid_through is None:
        return gettext("The target was reached on %(day)s, without end.") % said
    return gettext("The target was reached on %(day)s and is valid through %(through)s.") % said


def _conclusion(explained: Explanation) -> str:
    result = explained.result
    assert result is not None
    said = {
        "day": swedish_date(explained.as_of),
        "due": swedish_date(result.due_on),
        "through": swedish_date(result.valid_through),
    }
    match explained.rule:
        case Rule.ON_LEAVE:
            text = gettext("On leave on %(day)s, and therefore exempt.")
        case Rule.EXEMPTED:
            text = gettext("A decision says exempt on %(day)s.")
        case Rule.VALID:
            text = gettext("What is needed is completed, and was valid on %(day)s.")
        case Rule.NO_LONGER_VALID:
            text = gettext("What is needed was completed, but was valid through %(through)s only.")
        case Rule.PAST_DUE:
            text = gettext("Not completed, and the last day was %(due)s.")
        case Rule.BEGUN:
            text = gettext("Not completed yet, but begun.")
        case _:
            text = gettext("Neither completed nor begun.")
    return text % said
