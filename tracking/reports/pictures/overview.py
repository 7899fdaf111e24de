"""Uppföljning at a glance: how many targets of each goal the parts of a unit have reached."""

from django.utils.translation import gettext

from foundation.charts import Chart, heat
from foundation.charts.heat import Cell, Row
from foundation.components.numbers import number
from foundation.documents.parts import Column as Head
from foundation.documents.parts import Table
from tracking.reports.figures import Figure
from tracking.reports.overview import Column, Overview, OverviewRow, districts_or_parts
from tracking.reports.short_names import short_name
from tracking.status.figures import Figures
from tracking.targets.programme import GOALS

FEWEST_PARTS = 2


def goals_of_parts(table: Overview, found: Figures) -> Chart | None:
    """Units × goals; None where there are not two units to set beside each other."""
    parts = [at for at in districts_or_parts(table.columns, found) if at not in table.thin]
    places = [0, *parts]
    if len(places) <= FEWEST_PARTS or not table.required:
        return None
    goals = [
        (one.code, [row for row in table.required if row.target.programme_goal == one.code])
        for one in GOALS
    ]
    goals = [(code, rows) for code, rows in goals if rows]
    if not goals:
        return None
    labels = [gettext("Goal %(goal)s") % {"goal": code} for code, _rows in goals]
    title = _title(table, places[1:])
    grid = [
        Row(
            short_name(table.columns[at].name),
            [_cell(_figures(rows, at)) for _code, rows in goals],
            strong=at == 0,
        )
        for at in places
    ]
    words = [[row.label, *(cell.text for cell in row.cells)] for row in grid]
    described = "; ".join(
        f"{row.label}: "
        + ", ".join(f"{label} {cell.text}" for label, cell in zip(labels, row.cells, strict=True))
        for row in grid
    )
    heads = [Head(gettext("Unit")), *(Head(label) for label in labels)]
    note = gettext("Targets reached, of those that apply to somebody in the unit.")
    figures = Table(gettext("Targets reached, by goal and unit"), heads, words, note)
    return heat("mal-for-mal", title, described, labels, grid, figures)


def _figures(rows: list[OverviewRow], at: int) -> list[Figure]:
    found = (row.cells[at] for row in rows)
    return [cell for cell in found if cell and cell.counts.met is not None]


def _cell(figures: list[Figure]) -> Cell:
    if not figures:
        return Cell("–", None)
    met, is_late = (
        sum(bool(one.counts.met) for one in figures),
        any(one.verdict.is_late for one in figures),
    )
    said = {"done": number(met), "base": number(len(figures))}
    return Cell(gettext("%(done)s of %(base)s") % said, met / len(figures), is_late)


def _title(table: Overview, places: list[int]) -> str:
    """Who has come furthest, and who least far, by the share of targets reached."""

    def part(at: int) -> float:
        reached, of = table.tally[at]
        return reached / of if of else 0.0

    best, worst = max(places, key=part), min(places, key=part)
    if part(best) == part(worst):
        return gettext("Every unit has reached as large a part of its targets")
    said = {"best": _said(table, best), "worst": _said(table, worst)}
    return gettext("Furthest: %(best)s. Least far: %(worst)s") % said


def _said(table: Overview, at: int) -> str:
    column: Column = table.columns[at]
    reached, of = table.tally[at]
    words = gettext("%(unit)s, %(reached)s of %(all)s targets")
    return words % {"unit": short_name(column.name), "reached": number(reached), "all": number(of)}
