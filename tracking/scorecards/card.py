"""A committee's scorecard of a period: its undertakings, what is said of each, what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q

from tracking.scorecards.committees import Committee, is_in_force, is_received
from tracking.scorecards.models import (
    ReportingPeriod,
    Scorecard,
    SignOff,
    Undertaking,
    UndertakingReport,
    UndertakingStatus,
)
from tracking.targets.programme import GOALS, Goal


class CardState(StrEnum):
    """How far a committee has come with a period."""

    MISSING = "missing"  # nobody has written anything
    UNDER_WAY = "under_way"
    REOPENED = "reopened"  # signed once, and opened again
    SIGNED = "signed"


class Gap(StrEnum):
    """What an undertaking lacks before the scorecard can be signed."""

    STATUS = "status"
    COMMENT = "comment"  # off track and not relevant have to be explained
    EVIDENCE = "evidence"  # what is carried out has to be shown


EXPLAINED = (UndertakingStatus.OFF_TRACK, UndertakingStatus.NOT_RELEVANT)


@dataclass(frozen=True, slots=True)
class Line:
    """An undertaking, and what the committee says of it in the period."""

    undertaking: Undertaking
    report: UndertakingReport  # an empty one where nothing is said yet

    @property
    def gap(self) -> Gap | None:
        """What is missing first; None when nothing is."""
        report = self.report
        if not report.status:
            return Gap.STATUS
        if report.status in EXPLAINED and not report.comment.strip():
            return Gap.COMMENT
        shown = report.evidence.strip() or report.links.strip() or report.reference.strip()
        if report.status == UndertakingStatus.DONE and not shown:
            return Gap.EVIDENCE
        return None


@dataclass(frozen=True, slots=True)
class Section:
    """A goal of the programme, or none, with its undertakings."""

    goal: Goal | None
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything of one committee and period. `sign_offs`: every version, the last one last."""

    period: ReportingPeriod
    committee: Committee
    scorecard: Scorecard  # not saved where nobody has written anything
    lines: list[Line]
    sign_offs: list[SignOff] = field(default_factory=list)
    is_closed: bool = False

    @property
    def signed(self) -> SignOff | None:
        """What stands: the last version, unless it was opened again."""
        return standing(self.sign_offs)

    @property
    def state(self) -> CardState:
        """How far they have come."""
        is_begun = self.scorecard.pk is not None
        return state_of(self.sign_offs, is_begun=is_begun)

    @property
    def sections(self) -> list[Section]:
        """The lines by goal, in the programme's order; what serves none comes last."""
        by_goal = [
            Section(goal, [line for line in self.lines if line.undertaking.goal == goal.code])
            for goal in GOALS
        ]
        known = {goal.code for goal in GOALS}
        rest = Section(None, [one for one in self.lines if one.undertaking.goal not in known])
        return [section for section in (*by_goal, rest) if section.lines]

    @property
    def gaps(self) -> list[tuple[Line, Gap]]:
        """What is missing before it can be signed."""
        return [(line, gap) for line in self.lines if (gap := line.gap)]

    @property
    def counts(self) -> dict[str, int]:
        """How many undertakings have each status; "" those that have none."""
        return status_counts(line.report.status for line in self.lines)


def status_counts(statuses: Iterable[str]) -> dict[str, int]:
    """How many of each, those nobody has included."""
    found = Counter(statuses)
    return {status: found[status] for status in (*UndertakingStatus.values, "")}


def standing(sign_offs: list[SignOff]) -> SignOff | None:
    """The version that stands, of one committee's and period's."""
    last = sign_offs[-1] if sign_offs else None
    return last if last is not None and not hasattr(last, "reopening") else None


def state_of(sign_offs: list[SignOff], *, is_begun: bool) -> CardState:
    """How far a committee has come, from its versions and whether anything is written."""
    if standing(sign_offs) is not None:
        return CardState.SIGNED
    if sign_offs:
        return CardState.REOPENED
    return CardState.UNDER_WAY if is_begun else CardState.MISSING


def undertakings_in(period: ReportingPeriod) -> list[Undertaking]:
    """Those in force on some day of the period, by goal and code. One query."""
    begun = Undertaking.objects.filter(valid_from__lte=period.last_day)
    return list(begun.filter(Q(valid_to=None) | Q(valid_to__gt=period.first_day)))


def received(
    undertakings: Iterable[Undertaking], committee: Committee, period: ReportingPeriod
) -> list[Undertaking]:
    """Of these, what stands on the committee's scorecard of the period."""
    return [one for one in undertakings if is_in_force(one, period) and is_received(one, committee)]


def card_of(period: ReportingPeriod, committee: Committee) -> Card:
    """The scorecard as it stands now. Five queries, however many undertakings."""
    found = (
        Scorecard.objects.filter(period=period, committee=committee.code)
        .select_related("changed_by")
        .first()
    )
    card = found or Scorecard(period=period, committee=committee.code)
    reports = (
        {one.undertaking_id: one for one in UndertakingReport.objects.filter(scorecard=card)}
        if found
        else {}
    )
    mine = received(undertakings_in(period), committee, period)
    # What was ended after something had been said of it is not dropped silently.
    said = set(reports) - {one.pk for one in mine}
    mine += list(Undertaking.objects.filter(pk__in=said)) if said else []
    lines = [Line(one, reports.get(one.pk) or UndertakingReport(undertaking=one)) for one in mine]
    sign_offs = SignOff.objects.filter(period=period, committee=committee.code)
    return Card(
        period,
        committee,
        card,
        lines,
        list(sign_offs.select_related("reopening", "signed_by").order_by("version")),
        hasattr(period, "closing"),
    )


def is_late(period: ReportingPeriod, state: CardState, on: date) -> bool:
    """Whether the day to report by has passed without a signature."""
    return state != CardState.SIGNED and on > period.report_by


def is_owed(period: ReportingPeriod, committee: Committee) -> bool:
    """Whether the committee has something to sign in the period, and has not. Two queries."""
    versions = SignOff.objects.filter(period=period, committee=committee.code)
    if standing(list(versions.select_related("reopening").order_by("version"))):
        return False
    return bool(received(undertakings_in(period), committee, period))
