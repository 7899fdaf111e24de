"""A target's charts: the way it has come, how its parts stand, and each part's own way."""

from datetime import timedelta

from django.utils.translation import gettext, pgettext

from foundation.charts import Chart, multiples, stacked, trend
from foundation.charts.stacked import Kind, Stack
from foundation.charts.trends import At, Goal, Small, Way
from foundation.components.dates import swedish_date
from foundation.components.numbers import number, percent
from foundation.documents.parts import Cell, Column, Table
from tracking.forecast.foretold import Foretold
from tracking.forecast.pace import WEEK
from tracking.forecast.points import Point
from tracking.reports.figures import Figure, Measure, count_cell
from tracking.reports.prognoses import interval_words
from tracking.reports.progress import Progress, shares
from tracking.reports.short_names import short_name
from tracking.reports.target import TargetReport, UnitLine
from tracking.status.figures import Figures

# In the order a bar is laid: what is done first, then what is on its way, then what is late.
PARTS = (
    (Measure.DONE, "accent", 1.0),
    (Measure.STARTED, "accent", 0.4),
    (Measure.NOT_STARTED, "ink", 0.1),
    (Measure.EXPIRED, "due", 0.9),
    (Measure.OVERDUE, "late", 1.0),
)
FEWEST_POINTS = 2


def trend_of_target(report: TargetReport, found: Figures, progress: Progress) -> Chart | None:
    """The unit's line towards the goal; None before there are two points."""
    assert report.whole is not None
    figure, name = report.whole.figure, report.whole.unit.name
    points = progress.points(figure.counts)
    line = shares(points)
    if len(line) < FEWEST_POINTS:
        return None
    goal = _goal(figure, found, progress, line)
    foretold = progress.forecast(found, figure.counts)
    title = _trend_title(figure, goal, foretold)
    described = gettext("%(unit)s: %(first)s on %(then)s, %(last)s on %(now)s.") % {
        "unit": name,
        "first": percent(int(line[0].share)),
        "then": swedish_date(line[0].day),
        "last": percent(int(line[-1].share)),
        "now": swedish_date(line[-1].day),
    }
    if foretold:
        described += " " + gettext("Forecast: %(interval)s.") % {
            "interval": interval_words(foretold)
        }
    way = Way("", line)
    table = _points_table(points, progress)
    return trend("utveckling", title, described, [way], goal=goal, table=table)


def parts_of_target(report: TargetReport) -> Chart | None:
    """Every part's people by status, the whole first; None without parts."""
    lines = [line for line in report.lines if line.figure.counts.base]
    if report.whole is None or not lines:
        return None
    names = _status_words()
    kinds = [Kind(names[measure], ink, weight) for measure, ink, weight in PARTS]  # type: ignore[arg-type]
    everything = [report.whole, *_by_share(lines)]
    rows = [
        Stack(
            short_name(line.unit.name),
            [measure.of(line.figure.counts) or 0 for measure, _ink, _weight in PARTS],
            percent(line.figure.counts.share),
            strong=number == 0,
        )
        for number, line in enumerate(everything)
    ]
    described = "; ".join(
        f"{row.label}: "
        + ", ".join(f"{kind.label} {n}" for kind, n in zip(kinds, row.numbers, strict=True) if n)
        for row in rows
    )
    heads = [
        Column(gettext("Unit")),
        Column("enhet", "code"),
        *(Column(names[measure], "number") for measure, _ink, _weight in PARTS),
        Column(pgettext("figures", "Share"), "share"),
    ]
    cells: list[list[Cell]] = [
        [
            line.unit.name,
            line.unit.code,
            *(count_cell(line.figure.counts, measure) for measure, _ink, _weight in PARTS),
            count_cell(line.figure.counts, Measure.SHARE),
        ]
        for line in everything
    ]
    table = Table(gettext("People by status, in each unit"), heads, cells)
    return stacked("lage", _parts_title(report, lines), described, kinds, rows, table)


def ways_of_parts(report: TargetReport, progress: Progress) -> Chart | None:
    """Each part's own line beside the whole's; None where fewer than two have a line."""
    assert report.whole is not None
    whole = shares(progress.points(report.whole.figure.counts))
    small = []
    cells: list[list[Cell]] = []
    for line in _by_share(report.lines):
        points = progress.points(line.figure.counts)
        way = shares(points)
        if len(way) < FEWEST_POINTS:
            continue
        label, counts = short_name(line.unit.name), line.figure.counts
        small.append(Small(Way(label, way), percent(counts.share), line.figure.verdict.is_late))
        first, last = points[0], points[-1]
        cells.append(
            [
                line.unit.name,
                line.unit.code,
                first.day,
                count_cell(first.counts, Measure.SHARE, progress.day_of(first)),
                count_cell(last.counts, Measure.SHARE, progress.day_of(last)),
            ]
        )
    if len(small) < FEWEST_POINTS:
        return None
    first_day = min(one.way.points[0].day for one in small)
    beside = Way("", [one for one in whole if one.day >= first_day], "soft")
    heads = [
        Column(gettext("Unit")),
        Column("enhet", "code"),
        Column(gettext("First day"), "date"),
        Column(gettext("Share then"), "share"),
        Column(gettext("Share now"), "share"),
    ]
    table = Table(gettext("How each unit has moved"), heads, cells)
    described = "; ".join(
        f"{one.way.label}: {percent(int(one.way.points[0].share))} → {one.said}" for one in small
    )
    return multiples(
        "enheternas-vag",
        _ways_title(small),
        described,
        small,
        beside=beside,
        goal=report.whole.figure.goal,
        table=table,
    )


def _goal(figure: Figure, found: Figures, progress: Progress, line: list[At]) -> Goal | None:
    if figure.goal is None:
        return None
    due, foretold, span = figure.target.due_on, None, None
    forecast = progress.forecast(found, figure.counts)
    told = progress.pace(found, figure.counts)
    base = figure.counts.base
    if forecast:
        foretold, span = forecast.prognosis.middle, forecast.prognosis
    elif due and told and told.per_week is not None and base and due > figure.as_of:
        more = told.per_week * (due - figure.as_of) / timedelta(days=WEEK)
        foretold = min(max(line[-1].share + more * 100 / base, 0.0), 100.0)
    return Goal(
        figure.goal,
        gettext("goal %(goal)s") % {"goal": percent(figure.goal)},
        due,
        gettext("by %(day)s") % {"day": swedish_date(due)} if due else "",
        foretold,
        (span.low, span.high) if span else None,
    )


def _trend_title(figure: Figure, goal: Goal | None, foretold: Foretold | None) -> str:
    counts = figure.counts
    said = {"share": percent(counts.share)}
    if foretold:
        text = gettext("%(share)s are done; the forecast says %(interval)s")
        return text % (said | {"interval": interval_words(foretold)})
    if goal is None:
        return gettext("%(share)s are done") % said
    if counts.met:
        return gettext("%(share)s are done: the goal is reached") % said
    short = goal.share - (counts.share or 0)
    said["short"] = number(short)
    if goal.foretold is not None and goal.by is not None:
        said |= {"foretold": percent(int(goal.foretold)), "day": swedish_date(goal.by)}
        text = gettext("%(share)s are done; at this pace %(foretold)s on %(day)s")
        return text % said
    return gettext("%(share)s are done, %(short)s percentage points below the goal") % said


def _parts_title(report: TargetReport, lines: list[UnitLine]) -> str:
    """How far the part that is furthest behind lies from the whole."""
    assert report.whole is not None
    whole = report.whole.figure.counts.share or 0
    last = min(lines, key=lambda line: line.figure.counts.share or 0)
    below = whole - (last.figure.counts.share or 0)
    said = {
        "unit": short_name(last.unit.name),
        "whole": report.whole.unit.name,
        "points": number(below),
    }
    if below <= 0:
        return gettext("No unit lies below %(whole)s as a whole") % said
    return gettext("%(unit)s lies %(points)s percentage points below %(whole)s") % said


def _ways_title(small: list[Small]) -> str:
    def moved(one: Small) -> int:
        return int(one.way.points[-1].share) - int(one.way.points[0].share)

    most = max(small, key=moved)
    if moved(most) <= 0:
        return gettext("No unit has moved upwards")
    said = {"unit": most.way.label, "points": number(moved(most))}
    return gettext("%(unit)s has moved most: %(points)s percentage points up") % said


def _by_share(lines: list[UnitLine]) -> list[UnitLine]:
    counted = [line for line in lines if line.figure.counts.base]
    return sorted(counted, key=lambda line: line.figure.counts.share or 0)


def _points_table(points: list[Point], progress: Progress) -> Table:
    """Every point, the latest first. The page's own figure is of its day, the rest of theirs."""
    heads = [
        Column(gettext("Day"), "date"),
        Column(pgettext("figures", "Done"), "number"),
        Column(gettext("Of"), "number"),
        Column(pgettext("figures", "Share"), "share"),
    ]
    cells: list[list[Cell]] = []
    for point in reversed(points):
        measures = (Measure.DONE, Measure.BASE, Measure.SHARE)
        day = progress.day_of(point)
        cells.append([point.day, *(count_cell(point.counts, one, day) for one in measures)])
    note = gettext("Each day as it was known on that day.")
    return Table(gettext("The share over time"), heads, cells, note)


def _status_words() -> dict[Measure, str]:
    return {
        Measure.DONE: pgettext("figures", "Done"),
        Measure.STARTED: pgettext("figures", "Has begun"),
        Measure.NOT_STARTED: pgettext("figures", "Not begun"),
        Measure.EXPIRED: pgettext("figures", "Expired"),
        Measure.OVERDUE: pgettext("figures", "Overdue"),
    }
