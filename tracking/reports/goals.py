"""Uppföljning goal by goal: each target's share, its trend and pace, and who will miss it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.safestring import SafeString

from foundation.charts import spark
from foundation.charts.trends import At
from foundation.components.numbers import signed
from tracking.forecast.pace import LOOKS_BACK
from tracking.reports.figures import Figure, Measure, shown
from tracking.reports.overview import Column, Overview, OverviewRow, districts_or_parts
from tracking.reports.paces import PaceWords, pace_words
from tracking.reports.prognoses import prognosis_pace, will_hardly_reach
from tracking.reports.progress import Progress, shares
from tracking.reports.short_names import short_name
from tracking.status.figures import Figures
from tracking.status.queries import UnitSummary
from tracking.targets.programme import GOALS, goal_of

# The address of a target's page, in the unit of the page or (second) in another one; and of its
# account (third: True).
Addresses = Callable[[str, str, bool], str]
# Units that are named; the rest are counted, and stand on the target's page.
NAMED = 3


class Missing(NamedTuple):
    """A part of the unit that will miss a target, and the target's page there."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A target of a goal in the whole unit. `misses`: the parts that will miss it, or have."""

    row: OverviewRow
    figure: Figure
    line: SafeString
    since: int | None  # percentage points more than some weeks ago
    pace: PaceWords | None
    misses: list[Missing]
    reported: SafeString
    target_url: str
    account_url: str

    @property
    def signed(self) -> str:
        """The same, as it is read."""
        return signed(self.since or 0)

    @property
    def named(self) -> list[Missing]:
        """The first few of those who miss it."""
        return self.misses if len(self.misses) == NAMED + 1 else self.misses[:NAMED]

    @property
    def others(self) -> int:
        """How many more there are."""
        return len(self.misses) - len(self.named)


@dataclass(frozen=True, slots=True)
class GoalSection:
    """A goal of the programme: `number` is empty for targets that serve none of the six."""

    number: str
    title: str
    lang: str
    required: list[GoalLine]
    offered: list[GoalLine]


def goal_sections(
    table: Overview, found: Figures, progress: Progress, addresses: Addresses, goal: str = ""
) -> list[GoalSection]:
    """The six goals in their order, then what serves none of them; or the one asked for."""
    lines: dict[str, list[GoalLine]] = {}
    for row in table.rows:
        if row.cells[0] is not None:
            line = _line(row, row.cells[0], table, found, progress, addresses)
            lines.setdefault(row.target.programme_goal.strip(), []).append(line)
    lang = settings.CONTENT_LANGUAGE
    sections = [
        _section(one.code, one.title, lang, lines.get(one.code, []))
        for one in GOALS
        if goal in {"", one.code}
    ]
    others = [(own, held) for own, held in sorted(lines.items()) if goal_of(own) is None]
    return sections + [_section("", own, lang, held) for own, held in others]


def _section(number: str, title: str, lang: str, lines: list[GoalLine]) -> GoalSection:
    required = [line for line in lines if not line.row.is_offered]
    offered = [line for line in lines if line.row.is_offered]
    return GoalSection(number, title, lang, required, offered)


def _line(
    row: OverviewRow,
    whole: Figure,
    table: Overview,
    found: Figures,
    progress: Progress,
    addresses: Addresses,
) -> GoalLine:
    counts, code = whole.counts, row.target.code
    points = shares(progress.points(counts))
    reported = progress.reported(counts)
    return GoalLine(
        row=row,
        figure=whole,
        line=spark(points, whole.goal),
        since=_since(points),
        pace=None if row.is_offered else heading_words(whole, found, progress),
        misses=[
            Missing(short_name(one.name), addresses(code, one.code, False))
            for one in _misses(row, table, found, progress)
        ],
        target_url=addresses(code, "", False),
        account_url=addresses(code, "", True),
        reported=_reported(reported, counts, table),
    )


def heading_words(figure: Figure, found: Figures, progress: Progress) -> PaceWords | None:
    """Where the target is heading: the forecast's words where it may be shown, else the pace's."""
    foretold = progress.forecast(found, figure.counts)
    if foretold is not None:
        return prognosis_pace(foretold, figure)
    return pace_words(progress.pace(found, figure.counts))


def _since(points: list[At]) -> int | None:
    """Percentage points more than eight weeks before the last point; None without one there."""
    if not points:
        return None
    before = [one for one in points if one.day <= points[-1].day - LOOKS_BACK]
    return int(points[-1].share) - int(before[-1].share) if before else None


def _misses(row: OverviewRow, table: Overview, found: Figures, progress: Progress) -> list[Column]:
    """The parts whose day has passed, or whose pace is too slow, the smallest share first."""
    if row.is_offered:
        return []
    missed = [
        (cell.counts.done / cell.counts.base, at)
        for at in districts_or_parts(table.columns, found)
        if (cell := row.cells[at]) and cell.counts.base and will_miss(cell, found, progress)
    ]
    return [table.columns[at] for _share, at in sorted(missed)]


def will_miss(cell: Figure, found: Figures, progress: Progress) -> bool:
    """Whether the goal's day has passed without it, or will, by the forecast or else the pace."""
    if cell.verdict.is_late:
        return True
    foretold = progress.forecast(found, cell.counts)
    if foretold is not None:
        return will_hardly_reach(foretold)
    told = progress.pace(found, cell.counts)
    return told is not None and told.reaches is False


def _reported(reported: UnitSummary | None, counts: UnitSummary, table: Overview) -> SafeString:
    """The share as it was reported then, where it differs from what is shown."""
    if reported is None or (reported.done, reported.base) == (counts.done, counts.base):
        return SafeString("")
    return shown(reported, Measure.SHARE, day=table.as_of)
