"""The programme's goals with their targets, and what one target has said over time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from foundation.components.dates import swedish_date
from foundation.facts import FactBatch
from foundation.intervals import inclusive
from foundation.sorting import swedish
from tracking.organisation.rules import PersonScope
from tracking.targets.models import Level, Target
from tracking.targets.programme import GOALS, Goal, goal_of
from tracking.targets.words import (
    Names,
    audience_words,
    courses_words,
    more_sentences,
    plain,
    sentence,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A target as the list has it."""

    target: Target
    sentence: SafeString
    stands: str  # "coming", "ended" or "" on the day


@dataclass(frozen=True, slots=True)
class Section:
    """A goal of the programme (None: of none) and the targets that serve it."""

    goal: Goal | None
    lines: list[Line]
    ended: list[Line]


def programme(on: date, names: Names) -> list[Section]:
    """Every goal with its targets as known now; those of no goal last. One query."""
    lines = [
        Line(target, sentence(target, names), stands_on(target, on))
        for target in Target.objects.known_now()
    ]
    lines.sort(key=lambda line: (line.target.level == Level.OFFERED, swedish(line.target.name)))
    found = [_section(goal, lines) for goal in (*GOALS, None)]
    return [one for one in found if one.goal or one.lines or one.ended]


def stands_on(target: Target, on: date) -> str:
    """Whether the target is still to come, or has ended, on the day."""
    if target.valid_from and on < target.valid_from:
        return "coming"
    return "ended" if target.valid_to and target.valid_to <= on else ""


def _section(goal: Goal | None, lines: Iterable[Line]) -> Section:
    mine = [line for line in lines if goal_of(line.target.programme_goal) == goal]
    return Section(
        goal,
        [line for line in mine if line.stands != "ended"],
        [line for line in mine if line.stands == "ended"],
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What a version says otherwise than the one before it."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a target said, from when to when it was what the platform knew, and who wrote it."""

    target: Target
    brought: FactBatch
    taken_away: FactBatch | None
    who: str
    how: str
    sentence: SafeString
    changes: list[Change]

    @property
    def last_day(self) -> date | None:
        """The last day on which the target holds, by this version."""
        return inclusive(self.target.valid_to)


def versions(code: str, names: Names, scope: PersonScope) -> list[Version]:
    """Every version of a target, the latest first. One query."""
    rows = Target.objects.filter(code=code).order_by("batch_in_id", "pk")
    found: list[Version] = []
    before: Target | None = None
    for target in rows.select_related("batch_in__actor__person", "batch_out"):
        changes = compared(before, target, names) if before else []
        brought = target.batch_in
        found.append(
            Version(
                target,
                brought,
                target.batch_out,
                _who(brought, scope),
                _how(brought),
                sentence(target, names),
                changes,
            )
        )
        before = target
    return found[::-1]


def compared(before: Target, after: Target, names: Names) -> list[Change]:
    """What two versions say otherwise, in words."""
    return [
        Change(label, old or gettext("nothing"), new or gettext("nothing"))
        for (label, said) in SAID
        if (old := said(before, names)) != (new := said(after, names))
    ]


def _who(batch: FactBatch, scope: PersonScope) -> str:
    """Who wrote it, by name to those who may see them."""
    if batch.actor is None:
        return gettext("the platform's administration")
    person = getattr(batch.actor, "person", None)
    own = person is not None and person.pk == scope.roles.person
    if person is not None and (own or scope.sees(person.pk)):
        return str(person.full_name or person.person_id)
    return gettext("somebody with the right to change targets")


def _how(batch: FactBatch) -> str:
    if batch.file_name:
        return gettext("the file %(file)s") % {"file": batch.file_name}
    return gettext("made on this page") if batch.origin.startswith("target ") else ""


def _goal_words(target: Target) -> str:
    goal = goal_of(target.programme_goal)
    return f"{goal.code}. {goal.title}" if goal else target.programme_goal


def _date_words(day: date | None) -> str:
    return swedish_date(day) if day else ""


def _number_words(number: int | None) -> str:
    return "" if number is None else str(number)


SAID: tuple[tuple[str | Promise, Callable[[Target, Names], str]], ...] = (
    (_("Name"), lambda target, _names: target.name),
    (_("Programme goal"), lambda target, _names: _goal_words(target)),
    (_("Whom it is for"), lambda target, names: plain(audience_words(target.audience, names))),
    (_("Courses"), lambda target, names: plain(courses_words(target.courses, names))),
    (_("How binding it is"), lambda target, _names: str(Level(target.level).label)),
    (_("Share to reach, per cent"), lambda target, _names: str(target.share)),
    (_("By when"), lambda target, _names: _date_words(target.due_on)),
    (_("Days for who is new"), lambda target, _names: _number_words(target.days_new_employee)),
    (_("Months a completion counts"), lambda target, _names: _number_words(target.validity_months)),
    (_("Holds from"), lambda target, _names: _date_words(target.valid_from)),
    (_("Holds through"), lambda target, _names: _date_words(inclusive(target.valid_to))),
    (_("Source"), lambda target, _names: target.source),
    (
        _("Holds an assumption"),
        lambda target, _names: pgettext("answer", "yes") if target.is_assumption else gettext("no"),
    ),
)


@dataclass(frozen=True, slots=True)
class TargetPage:
    """One target: what it says now, or said last, and all its versions."""

    target: Target
    goal: Goal | None
    sentence: SafeString
    more: list[SafeString]
    stands: str
    versions: list[Version]

    @property
    def is_known(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.target.batch_out_id is None


def target_page(code: str, on: date, names: Names, scope: PersonScope) -> TargetPage | None:
    """The page of a target; None for a code no target has ever had."""
    found = versions(code, names, scope)
    if not found:
        return None
    target = found[0].target
    return TargetPage(
        target,
        goal_of(target.programme_goal),
        sentence(target, names),
        more_sentences(target),
        stands_on(target, on),
        found,
    )


def known_target(code: str) -> Target | None:
    """The target with this code as known now."""
    found: Target | None = Target.objects.known_now().filter(code=code).first()
    return found
